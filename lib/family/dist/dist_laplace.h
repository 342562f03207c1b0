#ifndef LIKELY_FAMILY_DIST_DIST_LAPLACE_H
#define LIKELY_FAMILY_DIST_DIST_LAPLACE_H

#include "family/loss/location.h"

/* The Laplace distribution, density e^(-|x - m| / b) / (2 b), fitted by maximum likelihood (Johnson, Kotz and
 * Balakrishnan, Continuous Univariate Distributions 2, chapter 24): m is the median, b the mean absolute
 * deviation from it, n the size of the sample (location_size). */
struct dist_laplace {
    double median, scale;
    double se;     /* standard error of either, by the Fisher information: b / sqrt(n); NaN for n below 1.001 */
    double loglik; /* at the estimates, in nats: -n (log(2 b) + 1); inf for a constant sample */
};

/* All NaN for an empty sample. */
struct dist_laplace dist_laplace_fit(const struct location_sample *sample);

#endif
