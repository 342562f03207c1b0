#ifndef LIKELY_FAMILY_DIST_DIST_CATEGORICAL_H
#define LIKELY_FAMILY_DIST_DIST_CATEGORICAL_H

#include <stddef.h>

/* The categorical distribution (of two levels: Bernoulli), from how often each of its levels was seen: finite
 * counts >= 0 whose sum n, given as total, is greater than 0. Murphy, Machine Learning: A Probabilistic
 * Perspective (2012), section 3.4. */

/* The maximum-likelihood estimate, count / n, and its standard error by the Fisher information, sqrt(p (1 - p) / n). */
double dist_categorical_p(double count, double total);
double dist_categorical_se(double count, double total);

/* The most probable p under a symmetric Dirichlet prior of concentration 1 + pseudo: (count + pseudo) / (n +
 * levels pseudo). */
double dist_categorical_map(double count, double total, size_t levels, double pseudo);

/* Negative log-likelihood of the data in nats, - sum count log p, at the estimates with that pseudo-count; 0:
 * at the maximum. */
double dist_categorical_nll(const double *count, size_t levels, double total, double pseudo);

/* Standard error in nats of the entropy of the estimates, by the delta method: the root of the variance of log p over n
 * (Basharin 1959). */
double dist_categorical_entropy_se(const double *count, size_t levels, double total);

#endif
