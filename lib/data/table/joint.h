#ifndef LIKELY_DATA_TABLE_JOINT_H
#define LIKELY_DATA_TABLE_JOINT_H

#include "base/err.h"
#include "data/table/table.h"

#include <stdbool.h>
#include <stddef.h>

/* Several columns taken together, as a column of texts behind those of the table: a row has a value there if it has one
 * in all of them. The parts of a value, and of its name, are separated by JOINT_SEPARATOR; messages show it as ", ". */

#define JOINT_SEPARATOR '\x1f' /* the unit separator of ASCII */

/* Finds columns (columns.h); *column is the one that stands for all, or the only one. */
enum status joint_find(struct table *table, const char *spec, size_t *column, struct err *err);

/* Whether a column is that one, or one of those that it stands for. */
bool joint_has(const struct table *table, size_t joint, size_t column);

#endif
