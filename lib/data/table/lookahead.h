#ifndef LIKELY_DATA_TABLE_LOOKAHEAD_H
#define LIKELY_DATA_TABLE_LOOKAHEAD_H

#include "base/err.h"
#include "data/table/records.h"
#include "data/table/source.h"

#include <stdbool.h>
#include <stddef.h>

struct table;

/* Blocks that are read before their turn, in search of the kinds of columns. */
struct lookahead;

/* Finds the kind of a column without a value in the blocks before: reads on until it has one. The kind stays
 * COLUMN_EMPTY where there is none, and where the search is given up (lookahead_gave_up). Errors of the input come
 * again when the rows are read. */
void lookahead_find(struct table *table, size_t column);

/* Whether blocks remain in which the search has not looked for a value of the column, because they would have to wait
 * in memory or on a disk. */
bool lookahead_gave_up(const struct table *table, size_t column);

/* The next block of the table, as source_next. */
enum status lookahead_take(struct table *table, struct source_block *block, bool *more, struct err *err);

/* Whether blocks wait to be taken. */
bool lookahead_holds(const struct table *table);

void lookahead_free(struct lookahead *lookahead);

/* Sets the kinds of the columns that have none yet by their first value in the records from `first_row` on. */
void lookahead_see(struct table *table, const struct records *records, size_t first_row);

#endif
