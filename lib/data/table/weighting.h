#ifndef LIKELY_DATA_TABLE_WEIGHTING_H
#define LIKELY_DATA_TABLE_WEIGHTING_H

#include <stdbool.h>
#include <stddef.h>

/* The meaning of the numbers in a column of weights. */
enum weighting {
    WEIGHTING_COUNTS,      /* a row of weight w counts as w rows; w >= 0 may have a fraction */
    WEIGHTING_FREQUENCIES, /* the same of whole numbers: the row stands for w equal ones, and there are that many rows
                            */
    WEIGHTING_IMPORTANCES, /* only their ratios matter: they are multiplied so that their sum is the number of those
                            * above 0 (the analytic weights of Stata, User's Guide, 20.24.2); made for errors of
                            * variance s^2 / w */
};

/* Sums over the weights, with add and merge. */
struct weighting_sums {
    size_t positive; /* number of weights above 0 */
    double log_sum;  /* sum of their logarithms */
};
static inline struct weighting_sums weighting_merge(struct weighting_sums a, struct weighting_sums b)
{
    return (struct weighting_sums){a.positive + b.positive, a.log_sum + b.log_sum};
}
void weighting_add(struct weighting_sums *sums, double weight);

/* The factor of importances with the sum `total`; 1 for other weights, and if the total is 0 or infinite. */
double weighting_factor(enum weighting weighting, const struct weighting_sums *sums, double total);

#endif
