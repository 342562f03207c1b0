#ifndef LIKELY_DATA_TABLE_COLUMNS_H
#define LIKELY_DATA_TABLE_COLUMNS_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* Which of n columns a user means. A spec is a comma-separated list of: a name; a 1-based position "3"; "@3", always
 * a position; a range of positions "2-5"; a range of names "age..sex"; a glob "px*" (*, ?, [a-z]). A name wins over
 * every other reading, also a name that holds commas. Order is that of the list, a glob's that of the table. */

/* The columns of the list, each once (a repeated column is an error unless it comes from a range or glob); *columns is
 * malloc'ed. */
enum status columns_find(const char *const *names, size_t n, const char *spec, size_t **columns, size_t *count,
                         struct err *err);

/* Exactly one column. Not there: "no column 'aeg'; did you mean 'age'?" */
enum status columns_find_one(const char *const *names, size_t n, const char *spec, size_t *column, struct err *err);

/* Whether the list of n columns has this one. */
bool columns_contain(const size_t *columns, size_t n, size_t column);

#endif
