#ifndef LIKELY_FIT_SUMMARY_GROUPING_H
#define LIKELY_FIT_SUMMARY_GROUPING_H

#include "base/err.h"
#include "data/table/table.h"

#include <stdbool.h>
#include <stddef.h>

/* Which columns of a table are summarised, apart for each value of which column, weighted by which. */
struct grouping {
    size_t *columns; /* n_columns of them; whose memory they are is the caller's matter */
    size_t n_columns;
    bool by_group, weighted;
    size_t group, weight; /* columns, where the flags say so */
};

/* Finds the columns of the group and of the weight by their names; NULL = none. The columns to summarise stay unset. */
enum status grouping_find(struct grouping *by, const struct table *table, const char *group, const char *weight,
                          struct err *err);

/* Whether the column is that of the group or of the weight. */
bool grouping_uses(const struct grouping *by, size_t column);

/* An error if one of a block's weights w[0..rows), those of a number slot, is missing, negative or infinite. */
enum status grouping_check_weights(const struct block *block, const double *w, size_t slot, struct err *err);

/* The error of weights whose sum is infinite. */
enum status grouping_overflow(const struct grouping *by, const struct table *table, struct err *err);

/* The error of rows of which none has a weight above 0. */
enum status grouping_weightless(const struct grouping *by, const struct table *table, struct err *err);

#endif
