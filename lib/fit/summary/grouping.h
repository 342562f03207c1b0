#ifndef LIKELY_FIT_SUMMARY_GROUPING_H
#define LIKELY_FIT_SUMMARY_GROUPING_H

#include "base/err.h"
#include "data/table/table.h"

#include <stdbool.h>
#include <stddef.h>

/* The columns of a table that are summarised, the column whose values define groups
 * (which may stand for several: data/table/joint.h), and the column of weights. */
struct grouping {
    size_t *columns; /* n_columns columns; memory of the caller */
    size_t n_columns;
    bool by_group, weighted;
    bool importances;     /* only the ratios of weights matter: their sums become effective numbers of rows */
    size_t group, weight; /* valid if the flags are set */
};

/* Finds the columns of group and weight by name; NULL: none. The columns to summarise are not set. */
enum status grouping_find(struct grouping *by, struct table *table, const char *group, const char *weight,
                          struct err *err);

/* Whether a column is that of the group or of the weight. */
bool grouping_uses(const struct grouping *by, const struct table *table, size_t column);

/* Checks the weights w[0..rows) of a block, which are those of a number slot. Errors: a weight is missing,
 * negative or infinite. */
enum status grouping_check_weights(const struct block *block, const double *w, size_t slot, struct err *err);

/* Fills *err: the sum of the weights is infinite. */
enum status grouping_overflow(const struct grouping *by, const struct table *table, struct err *err);

/* Fills *err: no row has a weight above 0. */
enum status grouping_weightless(const struct grouping *by, const struct table *table, struct err *err);

#endif
