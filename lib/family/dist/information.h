#ifndef LIKELY_FAMILY_DIST_INFORMATION_H
#define LIKELY_FAMILY_DIST_INFORMATION_H

#include <stddef.h>
#include <stdint.h>

/* Entropy and divergence of discrete distributions, in bits; chapter 2 of Cover and Thomas, Elements of
 * Information Theory (2nd edition). Distributions are given as weights (counts or probabilities): finite, >=
 * 0, not all 0; they are divided by their sum. Terms 0 log 0 are 0. Sums are kept in double-double. */

/* Sum of n numbers. */
double information_sum(const double *x, size_t n);

/* H = - sum p log2 p (eq. 2.1). */
double information_entropy(const double *weight, size_t n);

/* The same from a sample: an estimate of the entropy of what n whole counts were drawn from. ML is the
 * plug-in estimate above, which is too low on average; MILLER_MADOW adds (m - 1) / (2 N) nats, m being how
 * many counts are not 0 and N their sum (Miller 1955); GRASSBERGER is log N - sum count G(count) / N, G(k) =
 * psi(floor(k/2) + 1/2) + log 2 (Grassberger, Entropy Estimates from Insufficient Samplings, 2003, eqs. 27-30
 * in closed form). Weights that are not whole are for the first two only. */
enum information_estimate { INFORMATION_ML, INFORMATION_MILLER_MADOW, INFORMATION_GRASSBERGER };

/* So many symbols (`times`) have this count, under conditions of which `whole` is the sum of counts. */
struct information_frequency {
    double count, whole, times;
};

/* Sum of all counts. */
double information_total(const struct information_frequency *f, size_t n);

/* condition: the same of the conditions, their counts being the sums under them; none, n_conditions 0: whole
 * is the sum of all counts. entropy: H(symbol | condition), by the estimates H(symbol, condition) -
 * H(condition); se: its standard error, by the delta method the root of the variance of log p(symbol |
 * condition) over N (Basharin 1959 for the unconditional one). */
struct information_estimated {
    double entropy, se; /* bits */
};
struct information_estimated information_estimate(enum information_estimate estimate,
                                                  const struct information_frequency *f, size_t n,
                                                  const struct information_frequency *condition, size_t n_conditions);

/* The plug-in estimate from the counts of symbols one by one, of which i goes with condition given[i] <
 * n_given; given NULL: there is none, n_given is 1. */
double information_conditional(const double *count, const uint32_t *given, size_t n, size_t n_given);

/* How often symbols a and b occur together, count > 0: a cell of a table. */
struct information_cell {
    uint32_t a, b;
    double count; /* whole */
};

/* I(A;B|C) = sum p(a,b,c) log2 p(a,b,c) p(c) / p(a,c) p(b,c) (Cover and Thomas, eqs. 2.28 and 2.60) of the
 * cells' relative frequencies, whose sum is not 0; never negative, and exactly 0 where counts are those of
 * independence. a < n_a and b < n_b include the condition, which that of a tells: c = condition[a] < n_c;
 * condition NULL: there is none. se: its standard error, the root of the variance of the logarithm over the
 * sum of the counts. */
struct information_mutual {
    double mutual, se;
};
struct information_mutual information_mutual(const struct information_cell *cell, size_t n, size_t n_a, size_t n_b,
                                             const uint32_t *condition, size_t n_c);

struct information_divergence {
    double forward, reverse; /* D(p||q) = sum p log2 p/q (eq. 2.26), D(q||p); inf where absolute continuity fails */
    double cross_entropy;    /* H(p) + D(p||q) */
    double entropy_p, entropy_q;
    double jensen_shannon;  /* (D(p||m) + D(q||m)) / 2, m = (p + q) / 2 */
    double total_variation; /* sum |p - q| / 2; not in bits */
};
/* times: how many symbols have each pair of weights; NULL: one. */
struct information_divergence information_compare(const double *p, const double *q, const double *times, size_t n);

/* Targets q, n probabilities, against p = softmax of n scores o, in bits: D(q||p) = - H(q) + log sum exp(o) -
 * q'o, whose parts are the other three. Scores are finite or -inf, at least one being finite; all terms 0 log
 * 0 and 0 (-inf) are 0. D is summed from terms >= 0 and not from its parts. */
struct information_scored {
    double divergence, entropy, log_sum_exp, score;
};
struct information_scored information_score(const double *q, const double *o, size_t n);

#endif
