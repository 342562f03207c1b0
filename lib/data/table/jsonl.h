#ifndef LIKELY_DATA_TABLE_JSONL_H
#define LIKELY_DATA_TABLE_JSONL_H

#include "base/err.h"
#include "base/slice.h"
#include "data/table/records.h"

#include <stdbool.h>
#include <stddef.h>

/* JSON Lines: a JSON object a line, whose values are those of the columns that its keys name (jsonl_walk.h), in any
 * order. A key that a line lacks, and null, are missing values; numbers and strings are the text of fields. */

/* The columns: keys, in order. */
struct jsonl;

void jsonl_free(struct jsonl *jsonl);

/* The columns that are listed, separated by commas; other keys are not read. */
void jsonl_of_names(struct jsonl **jsonl, const char *names);

/* The keys of all objects in a block, in the order in which they are found, as records_split finds records: up to a
 * fault, of which records tell. The key of a null is a column unless there are values below it ("a" beside "a.b").
 * Other keys are faults from then on. */
void jsonl_of_block(struct jsonl **jsonl, struct records *records, const char *raw, size_t n);

size_t jsonl_width(const struct jsonl *jsonl);
struct slice jsonl_name(const struct jsonl *jsonl, size_t column);

/* The key of an array of objects, if the block has one object only; else NULL. */
const char *jsonl_array(const struct jsonl *jsonl);

/* As records_split. */
void jsonl_split(const struct jsonl *jsonl, struct records *records, const char *raw, size_t n);

/* What a file that begins so is. */
enum jsonl_look {
    JSONL_NONE,
    JSONL_LINES,
    JSONL_ARRAY,  /* of objects */
    JSONL_ARRAYS, /* of arrays, or an array a line */
    JSONL_SPREAD, /* an object over several lines */
};
enum jsonl_look jsonl_look(struct slice head);

#endif
