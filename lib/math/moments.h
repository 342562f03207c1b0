#ifndef LIKELY_MATH_MOMENTS_H
#define LIKELY_MATH_MOMENTS_H

#include "math/dd.h"

#include <stddef.h>

/* Mean and sum of squared deviations of a set of numbers, as good as exact: kept in double-double, so that
 * mean and variance are within 2 ulp of those of exact rational arithmetic on the numbers given, whatever
 * their order and however they were split into sets that were merged. Zero-initialise.
 *
 * A set is added in two passes over it (its mean, then the exact deviations from it) and merged by the
 * formula of Chan, Golub and LeVeque, Algorithms for Computing the Sample Variance, Am. Stat. 37 (1983), eq.
 * 1.5. All processors give the same bits. All this holds for deviations of 1e-140 to 1e145 in size: the
 * square of one beyond 1e154 overflows to inf, that of one below 1e-162 is 0. A difference beyond the range
 * of a double makes mean and m2 infinite or NaN. */
struct moments {
    size_t n;
    struct dd weight; /* sum of the weights; n where there are none */
    struct dd mean;   /* sum w x / sum w */
    struct dd m2;     /* sum w (x - mean)^2 */
};

/* The moments of x[0..n), weighted by w[0..n) unless w is NULL. Finite numbers only; weights >= 0. */
struct moments moments_of(const double *x, const double *w, size_t n);

/* What a would be had it been given b's numbers too. */
struct moments moments_merge(struct moments a, struct moments b);

/* NaN when the set is empty. */
double moments_mean(const struct moments *m);
double moments_variance(const struct moments *m);        /* m2 / weight: the maximum-likelihood estimate */
double moments_sample_variance(const struct moments *m); /* m2 / (weight - 1) */

/* Sum of w (x - mean_x) (y - mean_y) for two columns of the same rows, given the moments of each: x[0..n), y[0..n). */
struct dd moments_cross(const double *x, const double *y, const double *w, size_t n, const struct moments *mx,
                        const struct moments *my);

/* The cross sum of two merged sets, given those of the parts and their moments; as moments_merge. */
struct dd moments_merge_cross(struct dd a, const struct moments *ax, const struct moments *ay, struct dd b,
                              const struct moments *bx, const struct moments *by);

/* The instruction sets to choose from, for tests: 0 is the portable one; returns how many there are here. */
size_t moments_variants(void);
void moments_use_variant(size_t variant);

#endif
