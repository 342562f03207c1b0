#ifndef LIKELY_FAMILY_DIST_GAUSSIANS_H
#define LIKELY_FAMILY_DIST_GAUSSIANS_H

#include <stdbool.h>
#include <stddef.h>

/* Compares two Gaussians p and q of n variables, in nats: the divergence D(p||q) = (tr(Q^-1 P) - n + log(det Q /
 * det P) + d' Q^-1 d) / 2, with d the difference of the means and P and Q the covariances (Bishop, exercise
 * 2.13); the reverse D(q||p); and the differential entropies, n/2 log(2 pi e) + log(det) / 2 (Bishop, eq.
 * 2.283). mean[k]: n; covariance[k]: n x n, row-major. Returns false if a covariance is not positive definite;
 * *singular is its index, 0 or 1. */
struct gaussians_divergence {
    double forward, reverse, entropy_p, entropy_q;
};
bool gaussians_compare(size_t n, const double *const mean[2], const double *const covariance[2],
                       struct gaussians_divergence *result, size_t *singular);

/* The differential entropy alone, in nats; false if the covariance is not positive definite. */
bool gaussians_entropy(size_t n, const double *covariance, double *entropy);

#endif
