#ifndef LIKELY_FIT_LINEAR_LEASTSQ_H
#define LIKELY_FIT_LINEAR_LEASTSQ_H

#include "base/err.h"
#include "data/dataset/levels.h"
#include "data/dataset/roles.h"
#include "data/table/table.h"
#include "math/relations.h"

#include <stdbool.h>
#include <stddef.h>

/* Least squares, which is maximum likelihood with Gaussian errors, in one pass over a table and in memory that grows
 * with the columns only (leastsq.c). Coefficients of small tables are refined until they are the solution to the last
 * digit or two, unless there are categories, an l1 or a prior_sd (leastsq_refine.h). */
struct leastsq_options {
    struct roles roles; /* borrowed. Each level of a category but the first becomes a feature behind the others. The
                         * offset is a known part of the mean: the targets less the offset are fitted */
    bool no_intercept;  /* the intercept is 0, and nothing is centred */
    double l1, l2; /* of the penalty l1 sum |slope| + l2/2 sum slope^2 beside the mean of half the squared residuals */
    double prior_sd;  /* unless 0: of a Gaussian prior on slopes; lambda is then, per target, variance / (weight
                       * prior_sd^2) with the variance rss / weight, so that slopes and variance maximise likelihood
                       * times prior together */
    double tolerance; /* of l1, where its zeros are not found exactly: standard errors */
    bool standardize; /* penalties are on slopes of columns of unit sd */
    size_t threads;
    size_t memory; /* bytes that there are at most; 0 = no limit. Fewer threads, which have a factor each, take less */
};

/* One target's fit. Terms are the intercept and the features, width = 1 + n_features of them. */
struct leastsq_target {
    double *coefficients;    /* width; 0 where aliased */
    double *standard_errors; /* width, with the unbiased variance; NaN where aliased, with a penalty or without freedom
                                left */
    double rss, tss; /* sums of squared residuals, and of squared deviations from the mean (from 0: no intercept) */
    double loglik; /* nats, at the maximum-likelihood variance rss / weight; of importances w that of errors of variance
                      s^2 / w */
    double loglik_null; /* of the intercept alone, or of mean 0 */
    double l2;
    size_t refinements; /* steps that refined the coefficients with residuals in double-double precision */
    double objective;   /* what was minimised: rss / (2 weight) + l1 sum |slope| + l2/2 sum slope^2 */
    bool unbounded;     /* with a prior_sd: the columns can fit the target exactly, so that likelihood times prior grows
                         * without bound as the variance approaches 0 */
    bool converged;     /* false only if the search for the zeros that l1 makes was given up (lasso.h) */
};

struct leastsq {
    size_t n_features, n_targets, width; /* features: with those of categories */
    char **features;                     /* names */
    size_t n_categories;
    struct category *category; /* in the order of their features */
    size_t rows, skipped;
    double weight;  /* sum of the weights, importances being scaled; rows without */
    size_t rank;    /* terms that are not aliased */
    double freedom; /* weight - rank; NaN with a penalty */
    bool *aliased;  /* n_features: constant or, without a penalty, a linear combination of the columns before it */
    struct relations relations; /* of aliased features to the others; empty with a penalty */
    struct leastsq_target *target;
    double *covariance; /* width x width: of the terms, to be multiplied by the variance; 0 where aliased */
    double *factor;     /* width x width, lower triangle: L, the covariance of the centred terms being the inverse of
                         * L L'; rows and columns of 0 where aliased. NULL without freedom left */
    double *factor_low; /* further digits of it, where columns are nearly collinear and rows were kept; else NULL */
    double *center;     /* n_features: what is subtracted from them in the centred terms */
};

/* Reads the table, opened by column, to its end. Errors: a missing value, an infinite one, a bad weight, no rows,
 * weights that sum to 0, a constant target, a category of one level, fewer rows than terms without a penalty, columns
 * whose factor would not fit into memory, numbers so large that their squares overflow. */
enum status leastsq_fit(struct leastsq **fit, struct table *table, const struct leastsq_options *options,
                        struct err *err);
void leastsq_free(struct leastsq *fit);

#endif
