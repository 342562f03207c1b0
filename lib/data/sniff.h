#ifndef LIKELY_DATA_SNIFF_H
#define LIKELY_DATA_SNIFF_H

#include "base/slice.h"
#include "data/table.h"

/* The format that the first record shows (quoted text apart): a tab means TSV, else a comma CSV, else a
 * semicolon CSV with semicolons, else blanks blank-separated text, or svmlight where the fields behind the
 * first are INDEX:VALUE; a record of one field is CSV. *delimiter is set for CSV and TSV. */
enum table_format sniff_format(struct slice head, char *delimiter);

/* Whether the bytes begin as UTF-16 or UTF-32 text does. */
bool sniff_is_wide(struct slice head);

#endif
