#ifndef LIKELY_FIT_LINEAR_ROBUST_H
#define LIKELY_FIT_LINEAR_ROBUST_H

#include "fit/linear/regress.h"
#include "optim/optim.h"

/* The linear predictor of least mean Huber loss (P. Huber, Ann. Stat. 1 (1973), 799), by Newton's method: the loss is
 * quadratic in pieces, so that the optimum is exact once no row changes its piece. delta: in units of the target.
 * theta: terms numbers, 0 for a term 0 that is not there. result->value: the mean loss in squared units of the target;
 * the gradient's norm is in parts of the greatest that a row can have. */
void robust_huber(const struct regress *regress, double delta, double *theta, struct optim_result *result);

/* The covariance of theta, terms x terms, with n the sum of the weights and p the terms (Huber, Robust Statistics
 * (1981), section 7.6; recommended for the residuals of regressions by J. Street, R. Carroll and D. Ruppert, Am.
 * Statistician 42 (1988), 152): K^2 (sum psi^2 / (n - p)) / (mean psi')^2 (X'X)^-1,   K = 1 + (p/n) var(psi') / (mean
 * psi')^2. False where it is not defined: no freedom is left, or all rows are outliers. */
bool robust_covariance(const struct regress *regress, double delta, const double *theta, double *covariance);

/* For starts: from wide to narrow losses down to delta, which is in units of the target's scale here. */
void robust_approach(const struct regress *regress, double delta, double tolerance, double *theta,
                     struct optim_result *result);

#endif
