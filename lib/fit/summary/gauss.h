#ifndef LIKELY_FIT_SUMMARY_GAUSS_H
#define LIKELY_FIT_SUMMARY_GAUSS_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "data/table/table.h"
#include "fit/summary/grouping.h"
#include "math/moments.h"

#include <stdbool.h>
#include <stddef.h>

/* Gaussian fits of columns of a table, by groups of rows, in one pass and in memory that grows with the groups only. */
struct gauss_options {
    struct grouping by; /* numeric columns */
    bool cross;
    size_t threads;
};

struct gauss_fit {
    size_t groups, columns;
    struct dict *names;      /* of the groups, in the order of their first rows; one group "" without by_group */
    struct moments *moments; /* groups x columns */
    size_t *missing;         /* groups x columns */
    /* groups x columns (columns - 1) / 2: sums of products of deviations, pairs (0,1), (0,2), … (1,2), …; NULL unless
     * asked for. Then rows with a value missing in any column are left out of everything. */
    struct dd *cross;
    size_t incomplete; /* rows left out so */
    size_t ungrouped;  /* rows left out because their group is missing */
};

/* Reads the table, opened by column, to its end. Errors: an infinite value; a weight that is missing, negative or
 * infinite. */
enum status gauss_fit(struct gauss_fit **fit, struct table *table, const struct gauss_options *options,
                      struct err *err);
void gauss_free(struct gauss_fit *fit);

/* The covariance of columns i <= j in a group, a fit with cross sums: 1/n, 1/(n-1), and the correlation, NaN where it
 * is not defined. */
struct gauss_pair {
    double covariance, sample_covariance, correlation;
};
struct gauss_pair gauss_pair(const struct gauss_fit *fit, size_t group, size_t i, size_t j);

#endif
