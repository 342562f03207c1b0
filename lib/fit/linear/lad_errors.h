#ifndef LIKELY_FIT_LINEAR_LAD_ERRORS_H
#define LIKELY_FIT_LINEAR_LAD_ERRORS_H

#include "fit/linear/regress.h"

#include <stdbool.h>

/* The covariance of theta, terms x terms, of least absolute deviations whose errors have the same distribution in all
 * rows (R. Koenker, Quantile Regression (2005), 3.2.2 and 4.10.1):
 *
 *     s^2 / 4 (X'X)^-1,
 *
 * s being the sparsity, the slope of the residuals' quantile function at the median: that of the median regression of
 * the h + 1 smallest residuals, those of 0 left out, in order, on their ranks / (n - p). h is n times the bandwidth
 * of P. Hall and S. Sheather, J. R. Stat. Soc. B 50 (1988), 381, for 95 percent intervals.
 *
 * A row of whole weight w is w rows. With `importances`, errors in a row of weight w are w times as narrow: w times
 * the row, as in R's quantreg. False: no covariance, as weights are not whole or there are too few rows for a
 * sparsity. */
bool lad_covariance(const struct regress *regress, const double *theta, bool importances, double *covariance);

#endif
