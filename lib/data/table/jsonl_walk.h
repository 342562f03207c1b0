#ifndef LIKELY_DATA_TABLE_JSONL_WALK_H
#define LIKELY_DATA_TABLE_JSONL_WALK_H

#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

/* Walks over the values of a JSON object (RFC 8259, and the NaN and Infinity that Python writes) in a line of text. A
 * value in nested objects and arrays has a dotted name: {"a":{"b":[5,6]}} has the values a.b.1 and a.b.2. An array of
 * objects is one value: its text. */

enum { JSONL_REASON = 320 };

enum jsonl_kind { JSONL_SCALAR, JSONL_NULL, JSONL_OBJECTS }; /* JSONL_OBJECTS: an array of objects */

struct jsonl_walk {
    char *text;     /* of the block; strings with escapes are replaced by what they mean, in place */
    size_t at, end; /* where the walk is; where the line ends */

    /* Called for each value: text[begin .. end), without quotes; true and false are 1 and 0, null is empty. False ends
     * the walk; the callee has set the reason, then. */
    bool (*value)(struct jsonl_walk *walk, struct slice name, size_t begin, size_t end, enum jsonl_kind kind);
    void *context;

    /* Of a walk that has ended early. */
    char reason[JSONL_REASON];
    bool is_cut; /* the line ends inside of the object */

    char *name; /* the dotted name of nested values, … */
    size_t name_n, name_capacity;
    size_t depth;
};

void jsonl_walk_free(struct jsonl_walk *walk);

/* Walks over the object in text[at .. end), the only thing there but blanks. False: walk->reason. */
bool jsonl_walk_line(struct jsonl_walk *walk, size_t at, size_t end);

#endif
