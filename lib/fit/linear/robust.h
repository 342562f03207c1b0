#ifndef LIKELY_FIT_LINEAR_ROBUST_H
#define LIKELY_FIT_LINEAR_ROBUST_H

#include "fit/linear/regress.h"
#include "optim/optim.h"

/* Regression by Huber's loss (P. Huber, Ann. Stat. 1 (1973), 799), which is squared for errors up to delta and linear
 * beyond. delta is a number in units of the target, or k times the scale of the errors, which is estimated with the
 * coefficients. */
struct robust {
    double k;         /* delta in parts of the scale; 0: delta is given */
    double delta;     /* in units of the target; with k a result */
    double tolerance; /* standard errors */
    bool importances; /* the error of a row of weight w is that of a row of weight 1 divided by the root of w */
    double scale;     /* result, with k: of the errors, in units of the target */
    double within;    /* result: the sum of the weights (with importances: the number) of rows whose error is at most
                       * delta */
    struct optim_result result; /* value: the mean loss in squared units of the target; the gradient's norm is relative
                                 * to the greatest that a row can have */
};

/* theta: terms numbers, 0 for the term 0 of a fit without intercept. OPTIM_DIVERGED: the scale approaches 0, as most
 * rows are fitted exactly. */
void robust_fit(const struct regress *regress, struct robust *fit, double *theta);

/* *factor: the covariance of theta in parts of (X'X)^-1, X being the terms of the weighted rows. With n the sum of the
 * weights, p the terms and psi the derivative of the loss it is (P. Huber, Robust Statistics (1981), section 7.6)
 *
 *     K^2 (sum psi^2 / (n - p)) / (mean psi')^2,   K = 1 + (p/n) var(psi') / (mean psi')^2
 *
 * with the divisor n - 1 in var(psi'), as in summary.rlm of R's MASS. False: it is not defined, as n <= p, or too few
 * errors are within delta to estimate the mean of psi'. */
bool robust_variance(const struct regress *regress, const struct robust *fit, const double *theta, double *factor);

/* A sequence of losses from wide to narrow, to start another fit from; delta is in units of the target's scale. */
void robust_approach(const struct regress *regress, double delta, double tolerance, double *theta,
                     struct optim_result *result);

#endif
