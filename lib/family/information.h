#ifndef LIKELY_FAMILY_INFORMATION_H
#define LIKELY_FAMILY_INFORMATION_H

#include <stddef.h>
#include <stdint.h>

/* Entropy and divergence of discrete distributions, in bits; chapter 2 of Cover and Thomas, Elements of Information Theory
 * (2nd edition). Distributions are given as weights (counts or probabilities): finite, >= 0, not all 0; they are divided by
 * their sum. Terms 0 log 0 are 0. Sums are kept in double-double. */

/* Sum of n numbers. */
double information_sum(const double *x, size_t n);

/* H = - sum p log2 p (eq. 2.1). */
double information_entropy(const double *weight, size_t n);

/* The same from a sample: an estimate of the entropy of what n whole counts were drawn from. ML is the plug-in estimate above,
 * which is too low on average; MILLER_MADOW adds (m - 1) / (2 N) nats, m being how many counts are not 0 and N their sum (Miller
 * 1955); GRASSBERGER is log N - sum count G(count) / N, G(k) = psi(floor(k/2) + 1/2) + log 2 (Grassberger, Entropy Estimates
 * from Insufficient Samplings, 2003, eqs. 27-30 in closed form). Weights that are not whole are for the first two only. */
enum information_estimate { INFORMATION_ML, INFORMATION_MILLER_MADOW, INFORMATION_GRASSBERGER };

/* Symbol i goes with condition given[i] < n_given; given NULL: there is none, n_given is 1. entropy: H(symbol | condition), by the
 * estimates H(symbol, condition) - H(condition); se: its standard error, by the delta method the root of the variance of
 * log p(symbol | condition) over N (Basharin 1959 for the unconditional one). */
struct information_estimated {
    double entropy, se; /* bits */
};
struct information_estimated information_estimate(enum information_estimate estimate, const double *count,
                                                  const uint32_t *given, size_t n, size_t n_given);

struct information_divergence {
    double forward, reverse;     /* D(p||q) = sum p log2 p/q (eq. 2.26), D(q||p); inf where absolute continuity fails */
    double cross_entropy;        /* H(p) + D(p||q) */
    double entropy_p, entropy_q;
    double jensen_shannon;       /* (D(p||m) + D(q||m)) / 2, m = (p + q) / 2 */
    double total_variation;      /* sum |p - q| / 2; not in bits */
};
struct information_divergence information_compare(const double *p, const double *q, size_t n);

#endif
