#ifndef LIKELY_DATA_TABLE_SNIFF_H
#define LIKELY_DATA_TABLE_SNIFF_H

#include "base/slice.h"
#include "data/table/table.h"

/* The format that the first record shows (quoted text apart): a tab means TSV, else a comma CSV, else a
 * semicolon CSV with semicolons, else blanks blank-separated text, or svmlight where the fields behind the
 * first are INDEX:VALUE; a record of one field is CSV. *delimiter is set for CSV and TSV. */
enum table_format sniff_format(struct slice head, char *delimiter);

/* Why bytes that begin so are no table: what they are instead, and what to do; NULL when they may be one. */
const char *sniff_stranger(struct slice head);

#endif
