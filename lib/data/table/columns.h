#ifndef LIKELY_DATA_TABLE_COLUMNS_H
#define LIKELY_DATA_TABLE_COLUMNS_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* Finds the columns, among n, that a user names. A list has, between commas: a name; a position from 1, "3", or "@3"
 * when a column is named 3; a range of positions "2-5" or of names "age..sex"; a glob "px*" (*, ?, [a-z]). A name has
 * precedence over every other reading, also a name with commas. The columns are in the order of the list, those of a
 * glob in the order of the table. */

/* The columns of the list, each once; *columns is malloc'ed. Errors: no such column; a column named twice, unless by a
 * range or glob. */
enum status columns_find(const char *const *names, size_t n, const char *spec, size_t **columns, size_t *count,
                         struct err *err);

/* Exactly one column. Error: "no column 'aeg'; did you mean 'age'?" */
enum status columns_find_one(const char *const *names, size_t n, const char *spec, size_t *column, struct err *err);

/* Whether the list of n columns has this one. */
bool columns_contain(const size_t *columns, size_t n, size_t column);

#endif
