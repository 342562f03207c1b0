#ifndef LIKELY_FAMILY_DIST_DIST_GAUSS_H
#define LIKELY_FAMILY_DIST_DIST_GAUSS_H

#include "math/moments.h"

/* The Gaussian with mean mu and variance v: density (2 pi v)^-1/2 exp(-(x - mu)^2 / (2 v)). A sample is given by
 * its moments. Logarithms are natural (nats). */

/* The maximum-likelihood estimates from a sample: Bishop, Pattern Recognition and Machine Learning (2006), eq.
 * 1.54 with 1.55 and 1.56; n is the sum of the weights. All NaN for an empty sample. */
struct dist_gauss {
    double mean, variance; /* divisor n */
    double se_mean;        /* sqrt(sample variance / n); NaN for n < 1.001 */
    double loglik;         /* at the estimates, in nats: -n/2 (log(2 pi v) + 1); inf for a constant sample */
};
struct dist_gauss dist_gauss_fit(const struct moments *m);

/* Negative log-likelihood of a sample for a given mean and variance > 0: Bishop, eq. 1.54. */
double dist_gauss_nll(const struct moments *m, double mean, double variance);

/* The maximum a posteriori estimate of the mean, its posterior standard deviation, and the variance it is based
 * on. */
struct dist_gauss_map {
    double mean, sd, variance;
};

/* known_variance > 0: Bishop, eq. 2.141 and 2.142. known_variance 0: mean and variance jointly, with a flat
 * prior for the variance: the fixed point of those equations with v = (sum (x - mu)^2) / n. */
struct dist_gauss_map dist_gauss_map(const struct moments *m, double prior_mean, double prior_sd,
                                     double known_variance);

#endif
