#ifndef LIKELY_MATH_SPECIAL_H
#define LIKELY_MATH_SPECIAL_H

#include <math.h>
#include <stddef.h>

/* The logarithm of 2 pi: half of it is in each Gaussian log-density. */
static const double special_log_two_pi = 1.83787706640934548356;

/* Functions of probabilities and their logarithms (nats), accurate in both tails: nothing is clipped, and an
 * infinite result is one. */

/* log(1 + e^x), "softplus": -log of a probability whose logit is -x. */
static inline double special_log1p_exp(double x)
{
    return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

/* 1 / (1 + e^-x). */
static inline double special_sigmoid(double x)
{
    if (x >= 0)
        return 1 / (1 + exp(-x));
    double e = exp(x);
    return e / (1 + e);
}

/* x log y, 0 where x is 0 whatever y is. */
static inline double special_xlogy(double x, double y)
{
    return x == 0 ? 0 : x * log(y);
}

static inline double special_xlogx(double x)
{
    return special_xlogy(x, x);
}

double special_greatest(size_t n, const double *x); /* -inf for n = 0; NaN counts for nothing */
size_t special_argmax(size_t n, const double *x);   /* where the greatest is, the first of equal ones; n > 0, no NaN */

/* log(sum of e^x[i]), i < n; -inf for n = 0. Shifted by the greatest element. */
double special_log_sum_exp(size_t n, const double *x);

/* p[i] = e^x[i] / sum of e^x[j]; returns the log-sum-exp. p may be x. */
double special_softmax(size_t n, const double *x, double *p);

/* The standard normal: P(Z <= x), and P(|Z| >= |x|), which is a two-sided p-value; the least x with P(Z <= x)
 * = p, 0 < p < 1, within a few ulp. Abramowitz and Stegun, 7.1.22: by the complementary error function. */
double special_normal_cdf(double x);
double special_normal_two_sided(double x);
double special_normal_quantile(double p);

/* The regularised incomplete beta function I_x(a, b), a, b > 0, given x and y = 1 - x, of which one may be
 * too small to be told from the other's distance to 1. DLMF 8.17.22: its continued fraction. Relative
 * accuracy about 1e-13 where a + b < 1e4. */
double special_beta(double a, double b, double x, double y);

/* Student's t distribution with `freedom` > 0 degrees of freedom, whole or not: P(|T| >= |t|), and the
 * quantile, which are the normal's when freedom is infinite. P(|T| >= |t|) = I_x(freedom / 2, 1 / 2), x =
 * freedom / (freedom + t^2). Relative accuracy 1e-12 for freedom >= 1/2 and p >= 1e-100. */
double special_student_two_sided(double t, double freedom);
double special_student_quantile(double p, double freedom);

#endif
