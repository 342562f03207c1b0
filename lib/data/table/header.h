#ifndef LIKELY_DATA_TABLE_HEADER_H
#define LIKELY_DATA_TABLE_HEADER_H

#include "base/err.h"
#include "data/table/records.h"

#include <stddef.h>

struct table;

/* The names of the columns, and the headers of files. */

/* Names the columns of a table whose first record is that of the records: by the list of names (NULL = none), else by
 * the header, else by numbers. Errors: another number of names than of fields; the first record is the list itself. */
enum status header_name_columns(struct table *table, const struct records *records, const char *names, struct err *err);

/* Finds in which order a file behind the first has the columns; the records begin with its header. Called again, it
 * does nothing. Errors: a column is missing, another is not in the first file; the file has no record. */
enum status header_match(struct table *table, size_t file, const struct records *records, struct err *err);

/* Brings the fields of the records of a file into the order of the table. */
void header_reorder(const struct table *table, size_t file, struct records *records);

#endif
