#ifndef LIKELY_DATA_TABLE_SNIFF_H
#define LIKELY_DATA_TABLE_SNIFF_H

#include "base/slice.h"
#include "data/table/dialect.h"

/* The dialect with its format and delimiter, which the first record shows unless they are given: a tab outside quotes
 * means TSV, else a comma CSV, else a semicolon CSV with semicolons, else blanks blank-separated text, or svmlight
 * where the fields behind the first are INDEX:VALUE; a record of one field is CSV. The header is not looked for. */
struct dialect sniff_dialect(struct slice head, const struct dialect *given);

#endif
