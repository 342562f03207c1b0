#ifndef LIKELY_FIT_LINEAR_REGRESS_H
#define LIKELY_FIT_LINEAR_REGRESS_H

#include "base/err.h"
#include "data/dataset/dataset.h"
#include "math/relations.h"
#include "optim/objective.h"

#include <stdbool.h>
#include <stddef.h>

/* Rows of a dataset with a number target, prepared for fits of linear predictors that pass over them many times:
 * columns and target have mean 0 and sd 1 (without an intercept: mean square 1), and columns that others determine
 * are left out. */
struct regress {
    struct dataset
        *data;       /* dense, standardised in place: a row's first `terms - 1` numbers are the columns that are left */
    bool intercept;  /* term 0, which is always there: 1 or, without an intercept, 0 */
    size_t d;        /* features of the dataset as it was */
    size_t terms;    /* 1 + columns left */
    size_t *feature; /* terms: the feature of each; [0] is not used */
    bool *aliased;   /* d: constant, or a linear combination of those before it */
    struct relations relations; /* of aliased features to the others */
    double *center, *scale;     /* d */
    double target_center, target_scale;
    double *triangle; /* (terms + 1)^2, row-major: the triangular factor of [terms, target], rows times sqrt(weight) */
    size_t threads;
};

/* Standardises the rows of the dataset in place; the dataset must outlive the regress. Errors: sparse rows, weights
 * that sum to 0, a constant target, fewer rows than terms. */
enum status regress_new_in_place(struct regress **regress, struct dataset *data, bool no_intercept, size_t threads,
                                 struct err *err);
void regress_free(struct regress *regress);

/* theta (terms): the least squares fit; returns the root of the mean squared residual, in units of the target's
 * scale. */
double regress_least_squares(const struct regress *regress, double *theta);

/* variance (R'R)^-1 of the terms, terms x terms; 0 for the term 0 of a fit without intercept. triangle: R, rows `ld`
 * apart; that of the regress has R'R = sum of weight * terms terms'. */
void regress_covariance(const struct regress *regress, const double *triangle, size_t ld, double variance,
                        double *covariance);

/* For intervals of predictions: L (1 + d square, lower triangle, row-major) of the features as they are less `center`
 * (d numbers), the covariance of whose coefficients, in units of the target, is the inverse of L L'. Rows and columns
 * of aliased features are 0. triangle: R of the terms, rows `ld` apart, with covariance of theta variance (R'R)^-1. */
void regress_factor(const struct regress *regress, const double *triangle, size_t ld, double variance, double *factor,
                    double *center);

/* The free parameters of a linear predictor: term[0 .. n), ascending. */
struct regress_block {
    size_t n;
    size_t *term;
};

/* A loss of up to REGRESS_BLOCKS predictors of a row: value, first and second derivatives (blocks x blocks,
 * row-major, lower triangle), all of which are multiplied by the row's weight, > 0, afterwards. False where it is
 * infinite. */
enum { REGRESS_BLOCKS = 2 };
typedef bool regress_loss(const void *context, double target, double weight, const double *predictor, double *value,
                          double *gradient, double *curvature);

/* The mean over rows, by weight, of a loss: parameters are those of the first block, then of the second. */
struct regress_mean {
    const struct regress *regress;
    size_t blocks;
    struct regress_block block[REGRESS_BLOCKS];
    regress_loss *loss;
    const void *context;
};
struct objective regress_objective(struct regress_mean *mean);

/* A block of all terms; the caller frees the terms. */
struct regress_block regress_all_terms(const struct regress *regress);

/* Coefficients of a block for the features as they are. `center`: the prediction is shifted as the target is.
 * coefficients: 1 + d, 0 for features without a parameter. */
void regress_unscale(const struct regress *regress, const struct regress_block *block, bool center, const double *theta,
                     double *coefficients);
/* Their covariance, (1 + d)^2, from that of theta, n x n with row length ld; NaN for features without a parameter. */
void regress_unscale_covariance(const struct regress *regress, const struct regress_block *block,
                                const double *covariance, size_t ld, double *unscaled);

#endif
