#ifndef LIKELY_DATA_TABLE_TABLE_JSONL_H
#define LIKELY_DATA_TABLE_TABLE_JSONL_H

#include "data/table/table_state.h"

/* Opening of a table of JSON Lines (jsonl.h). */

/* Sets the dialect to JSON Lines if a file that begins so, or the given dialect, has that format. Error: JSON of
 * another shape. */
enum status table_jsonl_choose(struct table *table, struct slice head, const struct dialect *given, struct err *err);

/* Splits the block that has been read, whose keys become the columns unless they are listed. */
enum status table_jsonl_split(struct table *table, struct err *err);

/* Names the columns of the table. */
void table_jsonl_name(struct table *table);

#endif
