#ifndef LIKELY_FIT_SUMMARY_GAUSS_H
#define LIKELY_FIT_SUMMARY_GAUSS_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "data/table/table.h"
#include "fit/summary/grouping.h"
#include "math/moments.h"

#include <stdbool.h>
#include <stddef.h>

/* Gaussian fits of columns of a table, by groups of rows. One pass; memory grows with the groups only. */
struct gauss_options {
    struct grouping by; /* numeric columns */
    bool cross;
    size_t threads;
};

struct gauss_fit {
    size_t groups, columns;
    struct dict *names;      /* names of the groups in the order of their first rows; a single "" without grouping */
    struct moments *moments; /* groups x columns */
    double *total;           /* groups x columns: sum of the weights as given, which importances are scaled from */
    size_t *missing;         /* groups x columns */
    /* groups x columns (columns - 1) / 2: sums of products of deviations, for the pairs (0,1), (0,2), … (1,2),
     * …; NULL unless options->cross. With cross sums, rows with a missing value in any column are left out
     * altogether. */
    struct dd *cross;
    size_t incomplete; /* rows left out for that reason */
    size_t ungrouped;  /* rows left out because their group is missing */
};

/* Reads the table, opened by column, to its end. Errors: an infinite value; values so far apart that their
 * differences overflow; a weight that is missing, negative or infinite; a sum of weights that is infinite or 0. */
enum status gauss_fit(struct gauss_fit **fit, struct table *table, const struct gauss_options *options,
                      struct err *err);
void gauss_free(struct gauss_fit *fit);

/* Covariances of the columns i <= j of a group with divisors n and n - 1, and their correlation; NaN if
 * undefined. For a fit with cross sums. */
struct gauss_pair {
    double covariance, sample_covariance, correlation;
};
struct gauss_pair gauss_pair(const struct gauss_fit *fit, size_t group, size_t i, size_t j);

#endif
