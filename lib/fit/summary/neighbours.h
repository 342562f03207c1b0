#ifndef LIKELY_FIT_SUMMARY_NEIGHBOURS_H
#define LIKELY_FIT_SUMMARY_NEIGHBOURS_H

#include "base/rng.h"

#include <stddef.h>
#include <stdint.h>

/* Mutual information of continuous columns from distances to nearest neighbours, in nats. The estimates are not cut off
 * at 0; they are nearly unbiased for independent columns. Values must be distinct, or nearly so. */

/* Shifts and scales values to mean 0 and sample sd 1, then adds Gaussian noise of sd 1e-10 to all values if any two are
 * equal, as Kraskov et al. advise. Returns how many values are equal to another one, n for a constant column, which is
 * left as it is. */
size_t neighbours_standardise(double *x, size_t n, struct rng *rng);

/* Of two columns x, y of n rows: psi(k) + psi(n) - mean of psi(n_x + 1) + psi(n_y + 1), n_x and n_y being the numbers
 * of values nearer than the k-th neighbour in the maximum norm (A. Kraskov, H. Stogbauer and P. Grassberger, Estimating
 * Mutual Information, Phys. Rev. E 69, 066138, 2004, eq. 8). NaN for n <= k. */
double neighbours_continuous(const double *x, const double *y, size_t n, size_t k, size_t threads);

/* The greatest value that this estimate can have, psi(n) - psi(k), which distinct values of a function reach; 0 < k <=
 * n. */
double neighbours_greatest(size_t n, size_t k);

/* Of a column and labels 0 .. labels - 1: psi(N) + mean of psi(k) - psi(N_label) - psi(m), m being the number of values
 * that are as near as the k-th neighbour among those of the same label (B. C. Ross, Mutual Information between Discrete
 * and Continuous Data Sets, PLoS ONE 9(2), e87357, 2014, eq. 6). A label of fewer than k + 1 rows has as many
 * neighbours as it can; rows of a label of their own are left out, and *alone is their number. NaN if this leaves fewer
 * than two labels. */
double neighbours_discrete(const double *x, const uint32_t *label, size_t n, size_t labels, size_t k, size_t *alone);

#endif
