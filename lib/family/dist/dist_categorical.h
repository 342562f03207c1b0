#ifndef LIKELY_FAMILY_DIST_DIST_CATEGORICAL_H
#define LIKELY_FAMILY_DIST_DIST_CATEGORICAL_H

#include <stddef.h>

/* The categorical distribution (with two levels: Bernoulli), given the counts of its levels: finite numbers >= 0
 * whose sum, `total`, is greater than 0. `pseudo` is a pseudo-count added to each level. Logarithms are natural
 * (nats). Murphy, Machine Learning: A Probabilistic Perspective (2012), section 3.4. */

/* The maximum-likelihood estimate of the probability of a level. Both are NaN if total is 0. */
struct dist_categorical {
    double p;  /* count / total */
    double se; /* its standard error by the Fisher information: sqrt(p (1 - p) / total) */
};
struct dist_categorical dist_categorical_fit(double count, double total);

/* The maximum a posteriori estimate under a symmetric Dirichlet prior of concentration 1 + pseudo: (count +
 * pseudo) / (total + levels pseudo). */
double dist_categorical_map(double count, size_t levels, double total, double pseudo);

/* Negative log-likelihood of the counts, - sum count log p, in nats, at the estimates with this pseudo-count;
 * with 0 it is the minimum. */
double dist_categorical_nll(const double *count, size_t levels, double total, double pseudo);

/* Standard error, in nats, of the entropy of the maximum-likelihood estimates, by the delta method:
 * sqrt(variance of log p / total) (Basharin 1959). */
double dist_categorical_entropy_se(const double *count, size_t levels, double total);

#endif
