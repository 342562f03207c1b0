#ifndef LIKELY_FIT_LINEAR_ROBUST_H
#define LIKELY_FIT_LINEAR_ROBUST_H

#include "fit/linear/regress.h"
#include "optim/optim.h"

/* The linear predictor of least mean Huber loss (P. Huber, Ann. Stat. 1 (1973), 799), by Newton's method. delta: in
 * units of the target. theta: terms numbers, 0 for the term 0 of a fit without intercept. result->value: the mean
 * loss in squared units of the target; the gradient's norm is relative to the greatest that a row can have. */
void robust_huber(const struct regress *regress, double delta, double *theta, struct optim_result *result);

/* The covariance of theta, terms x terms, with n the sum of the weights and p the terms (P. Huber, Robust Statistics
 * (1981), section 7.6; recommended for the residuals of regressions by J. Street, R. Carroll and D. Ruppert, Am.
 * Statistician 42 (1988), 152):
 *
 *     K^2 (sum psi^2 / (n - p)) / (mean psi')^2 (X'X)^-1,   K = 1 + (p/n) var(psi') / (mean psi')^2.
 *
 * False: it is not defined, as n <= p or all rows are outliers. */
bool robust_covariance(const struct regress *regress, double delta, const double *theta, double *covariance);

/* The same by a sequence of losses from wide to narrow, to start from; delta is in units of the target's scale here. */
void robust_approach(const struct regress *regress, double delta, double tolerance, double *theta,
                     struct optim_result *result);

#endif
