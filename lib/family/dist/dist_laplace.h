#ifndef LIKELY_FAMILY_DIST_DIST_LAPLACE_H
#define LIKELY_FAMILY_DIST_DIST_LAPLACE_H

#include "family/loss/location.h"

/* The Laplace distribution, e^(-|x - m| / b) / (2 b), fitted by maximum likelihood (Johnson, Kotz and
 * Balakrishnan, Continuous Univariate Distributions 2, chapter 24): m is the median, b the mean absolute
 * deviation from it. n counts weights. */
struct laplace {
    double median, scale;
    double se;     /* of either, by the Fisher information: b / root of n */
    double loglik; /* nats: -n (log(2 b) + 1); inf for a constant */
};

/* All NaN for an empty sample. */
struct laplace dist_laplace_fit(const struct location_sample *sample);

#endif
