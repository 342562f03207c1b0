#ifndef LIKELY_FIT_LINEAR_HETERO_H
#define LIKELY_FIT_LINEAR_HETERO_H

#include "fit/linear/regress.h"
#include "optim/optim.h"

/* Gaussian targets whose mean and standard deviation are both linear in the columns: minimises the mean over rows of
 *     log sd + (target - mean)^2 / (2 sd^2) + log(2 pi) / 2,  sd > 0 at every row,
 * by Newton's method from least squares (of this kind: A. Harvey, Econometrica 44 (1976), 461, whose log of the
 * variance is linear). The likelihood grows without bounds where the fit goes through a row at which the sd goes to 0:
 * what is sought is the local maximum that the start leads to. */
struct hetero {
    struct regress_block mean, sd; /* which terms each has; the sd always has an intercept */
    double *theta;                 /* mean.n + sd.n, on the scale of the regress */
    double *covariance; /* of theta, square: the inverse of the observed information; NULL = it is not definite */
    double loglik;      /* nats, in units of the target */
    double least_sd;    /* of a row, in parts of the residuals' root mean square */
    struct optim_result result; /* of the mean negative log-likelihood in units of the target's scale */
};

/* in_sd: per feature of the dataset whether the sd depends on it; aliased ones count for nothing. */
void hetero_fit(struct hetero **fit, const struct regress *regress, const bool *in_sd);
void hetero_free(struct hetero *fit);

#endif
