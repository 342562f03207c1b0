#ifndef LIKELY_FAMILY_INFORMATION_H
#define LIKELY_FAMILY_INFORMATION_H

#include <stddef.h>

/* Entropy and divergence of discrete distributions, in bits; chapter 2 of Cover and Thomas, Elements of Information Theory
 * (2nd edition). Distributions are given as weights (counts or probabilities): finite, >= 0, not all 0; they are divided by
 * their sum. Terms 0 log 0 are 0. Sums are kept in double-double. */

/* Sum of n numbers. */
double information_sum(const double *x, size_t n);

/* H = - sum p log2 p (eq. 2.1). */
double information_entropy(const double *weight, size_t n);

struct information_divergence {
    double forward, reverse;     /* D(p||q) = sum p log2 p/q (eq. 2.26), D(q||p); inf where absolute continuity fails */
    double cross_entropy;        /* H(p) + D(p||q) */
    double entropy_p, entropy_q;
    double jensen_shannon;       /* (D(p||m) + D(q||m)) / 2, m = (p + q) / 2 */
    double total_variation;      /* sum |p - q| / 2; not in bits */
};
struct information_divergence information_compare(const double *p, const double *q, size_t n);

#endif
