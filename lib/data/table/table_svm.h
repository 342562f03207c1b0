#ifndef LIKELY_DATA_TABLE_TABLE_SVM_H
#define LIKELY_DATA_TABLE_TABLE_SVM_H

#include "data/table/table_state.h"

/* svmlight text as a table with the columns label, 1, 2, ... up to the greatest index of the first block, for commands
 * that do not read sparse rows. A value that a row lacks is 0. */

/* Splits the block that has been read, which shows the columns. */
void table_svm_split_first(struct table *table);

/* Splits a block with known columns. */
void table_svm_split(const struct table *table, struct records *records, const struct source_block *raw);

/* Names the columns of the table. */
void table_svm_name(struct table *table);

#endif
