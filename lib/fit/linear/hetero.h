#ifndef LIKELY_FIT_LINEAR_HETERO_H
#define LIKELY_FIT_LINEAR_HETERO_H

#include "fit/linear/regress.h"
#include "optim/optim.h"

/* Gaussian targets whose mean and standard deviation are both linear in the columns: minimises the mean over rows of
 *
 *     log sd + (target - mean)^2 / (2 sd^2) + log(2 pi) / 2,   sd > 0 at every row,
 *
 * by Newton's method from least squares (a model of this kind, with a linear log variance: A. Harvey, Econometrica 44
 * (1976), 461). The likelihood is unbounded where the fit passes through a row whose sd goes to 0: the result is the
 * local maximum that the start leads to. */
struct hetero {
    struct regress_block mean, sd; /* the terms of each; the sd always has an intercept */
    double *theta;                 /* mean.n + sd.n, on the scale of the regress */
    double *covariance; /* of theta, square: the inverse of the observed information; NULL = it is not definite */
    double loglik;      /* nats, in units of the target */
    double least_sd;    /* of a row, in parts of the residuals' root mean square */
    struct optim_result result; /* of the mean negative log-likelihood in units of the target's scale */
};

/* tolerance: standard errors. in_sd: per feature of the dataset whether the sd depends on it; aliased ones are ignored.
 */
void hetero_fit(struct hetero **fit, const struct regress *regress, const bool *in_sd, double tolerance);
void hetero_free(struct hetero *fit);

#endif
