#ifndef LIKELY_FIT_LINEAR_LAD_ERRORS_H
#define LIKELY_FIT_LINEAR_LAD_ERRORS_H

#include "fit/linear/regress.h"

#include <stdbool.h>

/* The sandwich of least absolute deviations whose errors need not have the same distribution in all rows (R. Koenker,
 * Quantile Regression (2005), 3.4.2, after W. Hendricks and R. Koenker, J. Am. Stat. Assoc. 87 (1992), 58): the
 * covariance of theta is
 *
 *     1/4 D^-1 X'X D^-1,   D = X'F X,   f_i = 2h / (x_i'theta(1/2 + h) - x_i'theta(1/2 - h)),
 *
 * f_i being the density of the error of row i at its median, from fits of two quantiles, and h the bandwidth of P. Hall
 * and S. Sheather, J. R. Stat. Soc. B 50 (1988), 381, for 95 percent intervals: se = "nid" of summary.rq in R's
 * quantreg.
 *
 * factor: R, terms x terms, upper triangle, with the covariance (R'R)^-1; 0 in the row and column of the term 0 of a
 * fit without intercept. A row of weight w is w rows. With `importances`, errors in a row of weight w are w times as
 * narrow: w times the row, as in quantreg. False: no covariance, as n <= p or the quantiles do not determine D. */
bool lad_errors(const struct regress *regress, const double *theta, bool importances, double *factor);

#endif
