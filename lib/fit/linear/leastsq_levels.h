#ifndef LIKELY_FIT_LINEAR_LEASTSQ_LEVELS_H
#define LIKELY_FIT_LINEAR_LEASTSQ_LEVELS_H

#include "fit/linear/leastsq.h"

/* Categories in one pass. A block's rows have a column of 0 and 1 for each level in the block, behind all others; a
 * level that is new gets a column behind those of the factor so far, in whose rows it is 0. */
struct leastsq_levels {
    struct levels of;
    size_t **place;   /* per category and level: its column in the factor */
    size_t *capacity; /* of these */
};

void leastsq_levels_init(struct leastsq_levels *levels, const struct table *table, size_t n, const size_t *columns);
void leastsq_levels_free(struct leastsq_levels *levels);

/* The levels of all categories in the part. */
size_t leastsq_levels_count(const struct levels_part *part);

/* Their columns, one behind the other at x + column * ld: ones[row] where a row has the level, else 0. */
void leastsq_levels_fill(const struct levels_part *part, size_t rows, const double *ones, size_t ld, double *x);

/* Adds the part's factor, of the order base + count, to r of the order *order, which grows. The first `base` columns
 * are the same in both. */
void leastsq_levels_fold(struct leastsq_levels *levels, const struct levels_part *part, const double *part_r,
                         size_t base, double **r, size_t *order);

/* Names the features and the categories of the fit; columns[0..*n): those of the factor in their final order, which
 * is intercept, features that are numbers, levels in order without the first, targets. Error: a category of one
 * level. */
enum status leastsq_levels_order(const struct leastsq_levels *levels, const struct leastsq_options *options,
                                 const struct table *table, struct leastsq *fit, size_t *columns, size_t *n,
                                 struct err *err);

#endif
