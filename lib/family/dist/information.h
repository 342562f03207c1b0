#ifndef LIKELY_FAMILY_DIST_INFORMATION_H
#define LIKELY_FAMILY_DIST_INFORMATION_H

#include <stddef.h>
#include <stdint.h>

/* Entropy and divergence of discrete distributions, in bits: Cover and Thomas, Elements of Information Theory
 * (2nd edition), chapter 2. Distributions are given as weights (counts or probabilities), finite, >= 0, not all
 * 0, which are divided by their sum. Terms 0 log 0 are 0. Sums are kept in double-double. */

/* Sum of n numbers. */
double information_sum(const double *x, size_t n);

/* H = - sum p log2 p (eq. 2.1). */
double information_entropy(const double *weight, size_t n);

/* Estimates of the entropy of the distribution from which n whole counts were drawn. ML is the plug-in estimate,
 * which is too low on average. MILLER_MADOW adds (m - 1) / (2 N) nats, m being the number of counts that are not
 * 0 and N their sum (Miller 1955). GRASSBERGER is log N - sum count G(count) / N nats, G(k) = psi(floor(k/2) +
 * 1/2) + log 2 (Grassberger, Entropy Estimates from Insufficient Samplings, 2003, eqs. 27-30 in closed form),
 * for whole counts only. */
enum information_estimate { INFORMATION_ML, INFORMATION_MILLER_MADOW, INFORMATION_GRASSBERGER };

/* `times` symbols that each have this count, under conditions whose counts sum to `whole`. */
struct information_frequency {
    double count, whole, times;
};

/* Sum of all counts. */
double information_total(const struct information_frequency *f, size_t n);

/* The entropy H(symbol | condition) = H(symbol, condition) - H(condition) by the chosen estimate. condition: the
 * frequencies of the conditions, whose counts are the sums under them; n_conditions 0: unconditional, and
 * `whole` is the sum of all counts. se: the standard error by the delta method, sqrt(variance of log p(symbol |
 * condition) / N) (Basharin 1959 for the unconditional one). */
struct information_estimated {
    double entropy, se; /* bits */
};
struct information_estimated information_estimate(enum information_estimate estimate,
                                                  const struct information_frequency *f, size_t n,
                                                  const struct information_frequency *condition, size_t n_conditions);

/* The plug-in estimate H(symbol | condition) from the counts of single symbols; symbol i has condition given[i]
 * < n_given. given NULL: unconditional, n_given is 1. */
double information_conditional(const double *count, const uint32_t *given, size_t n, size_t n_given);

/* A cell of a contingency table: how often symbols a and b occur together, count > 0. */
struct information_cell {
    uint32_t a, b;
    double count; /* whole */
};

/* I(A;B|C) = sum p(a,b,c) log2(p(a,b,c) p(c) / (p(a,c) p(b,c))) (Cover and Thomas, eqs. 2.28 and 2.60) of the
 * relative frequencies of the cells, whose sum is not 0. It is never negative, and exactly 0 if the counts are
 * those of independence. a < n_a and b < n_b number pairs of a symbol and a condition c = condition[a] < n_c;
 * condition NULL: unconditional, n_c is 1. se: its standard error, sqrt(variance of the logarithm / sum of the
 * counts). Bits. */
struct information_mutual {
    double mutual, se;
};
struct information_mutual information_mutual(const struct information_cell *cell, size_t n, size_t n_a, size_t n_b,
                                             const uint32_t *condition, size_t n_c);

struct information_divergence {
    double forward, reverse; /* D(p||q) = sum p log2(p/q) (eq. 2.26), D(q||p); inf without absolute continuity */
    double cross_entropy;    /* H(p) + D(p||q) */
    double entropy_p, entropy_q;
    double jensen_shannon;  /* (D(p||m) + D(q||m)) / 2, m = (p + q) / 2 */
    double total_variation; /* sum |p - q| / 2; not in bits */
};
/* times[i]: the number of symbols with this pair of weights; NULL: all 1. */
struct information_divergence information_compare(const double *p, const double *q, const double *times, size_t n);

/* Target probabilities q[0..n) against p = softmax of n scores o, in bits: D(q||p) = - H(q) + log sum exp(o) -
 * q'o, and the three terms. Scores are finite or -inf, at least one of them finite; terms 0 log 0 and 0 (-inf)
 * are 0. D is summed from non-negative terms, not from the three. */
struct information_scored {
    double divergence, entropy, log_sum_exp, score;
};
struct information_scored information_score(const double *q, const double *o, size_t n);

#endif
