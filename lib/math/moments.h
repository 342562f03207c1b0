#ifndef LIKELY_MATH_MOMENTS_H
#define LIKELY_MATH_MOMENTS_H

#include "math/dd.h"

#include <stdbool.h>
#include <stddef.h>

/* Mean and sum of squared deviations of a set of numbers, as good as exact: kept in double-double, so that mean
 * and variance are within 2 ulp of exact rational arithmetic, whatever the order of the numbers and however they
 * were split into sets and merged. Zero-initialise.
 *
 * A set is computed in two passes (a rough mean, then exact deviations from it), and sets are merged by the
 * formula of Chan, Golub and LeVeque, Algorithms for Computing the Sample Variance, Am. Stat. 37 (1983), eq.
 * 1.5. All processors give the same bits. This holds for deviations between 1e-140 and 1e145 in magnitude: the
 * square of a deviation above 1e154 overflows to inf, below 1e-162 it is 0. A difference beyond the range of a
 * double makes mean and m2 infinite or NaN. */
struct moments {
    size_t n;
    struct dd weight;  /* sum of the weights; n without weights */
    struct dd squares; /* sum of the squared weights; n without weights */
    struct dd mean;    /* sum w x / sum w */
    struct dd m2;      /* sum w (x - mean)^2 */
    int exponent;      /* weights count in units of 2^exponent; 0 unless they are importances */
};

/* The moments of x[0..n), finite numbers, with weights w[0..n) >= 0; w NULL: all weights are 1. */
struct moments moments_of(const double *x, const double *w, size_t n);

/* The same for weights of which only the ratios matter, in units of the power of 2 at the largest of them: weights of
 * any size, whose squares and products with squared deviations neither overflow nor vanish. Read such a set after
 * moments_scale. */
struct moments moments_of_importances(const double *x, const double *w, size_t n);

/* A set of importances alone, of which n, weight and squares are used: adds one of those for which moments_exponent
 * gives the exponent. Such sets merge and scale as others do. */
int moments_exponent(const double *w, size_t n);
void moments_add_importance(struct moments *m, double weight, int exponent);

/* The sum of the weights as given. */
double moments_total(const struct moments *m);

/* The moments of the union of two sets. */
struct moments moments_merge(struct moments a, struct moments b);

/* Each is NaN for an empty set, or where its denominator is not positive. */
double moments_mean(const struct moments *m);
double moments_variance(const struct moments *m);        /* m2 / weight: the maximum-likelihood estimate */
double moments_sample_variance(const struct moments *m); /* m2 / moments_freedom(weight) */

/* The divisor weight - 1 of a sample variance; NaN for a sum of weights below 1.001, which is no number of rows that
 * a variance can be estimated from: the weights are proportions, whose rounding decides about what is left of 1. */
struct dd moments_freedom(struct dd weight);
static inline bool moments_are_few(double weight) /* positive, but without freedom */
{
    return weight > 0 && !(moments_freedom(dd_of(weight)).high > 0);
}

/* Weights of which only the ratios matter are multiplied by weight / squares, so that they sum to Kish's effective
 * number of rows, n = (sum w)^2 / sum w^2 (L. Kish, Survey Sampling, 1965, sec. 11.7): n rows if they are equal, 1 if a
 * single one counts. The divisor n - 1 of the sample variance then is sum w - sum w^2 / sum w before scaling, and the
 * squared error of the mean is the sample variance times sum w^2 / (sum w)^2. NaN for an empty set. The factor is for
 * weights in units of 2^exponent, which moments_scale sets to 0. */
struct dd moments_effective_factor(const struct moments *m);
struct moments moments_scale(struct moments m, struct dd factor);

/* Sum of w (x - mean_x) (y - mean_y) for two columns x[0..n) and y[0..n) of the same rows, given the moments of
 * each. */
struct dd moments_cross(const double *x, const double *y, const double *w, size_t n, const struct moments *mx,
                        const struct moments *my);

/* The cross sum of the union of two sets, given the cross sums and moments of the parts; as moments_merge. */
struct dd moments_merge_cross(struct dd a, const struct moments *ax, const struct moments *ay, struct dd b,
                              const struct moments *bx, const struct moments *by);

#endif
