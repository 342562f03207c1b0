#ifndef LIKELY_MATH_SPECIAL_H
#define LIKELY_MATH_SPECIAL_H

#include <math.h>
#include <stddef.h>

/* Functions of probabilities and their logarithms (natural, in nats), accurate in both tails. Nothing is
 * clipped: a result that is infinite is returned as inf. */

/* log(2 pi); half of it is the constant of each Gaussian log-density. */
static const double special_log_two_pi = 1.83787706640934548356;

/* log 2, nats per bit, and its reciprocal. */
static const double special_ln2 = 0.69314718055994530942;
static const double special_bits_per_nat = 1.44269504088896340736;

/* log(1 + e^x), "softplus": minus the log-probability of an event whose logit is -x. */
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

/* x log y; 0 if x is 0, whatever y is. */
static inline double special_xlogy(double x, double y)
{
    return x == 0 ? 0 : x * log(y);
}

static inline double special_xlogx(double x)
{
    return special_xlogy(x, x);
}

double special_greatest(size_t n, const double *x); /* -inf for n = 0; NaN is ignored */
size_t special_argmax(size_t n, const double *x);   /* index of the greatest, the first of equals; n > 0, no NaN */

/* log(sum of e^x[i] over i < n), computed relative to the greatest x; -inf for n = 0. */
double special_log_sum_exp(size_t n, const double *x);

/* p[i] = e^x[i] / sum of e^x[j]; returns the log-sum-exp of x. p may be x. */
double special_softmax(size_t n, const double *x, double *p);

/* The standard normal distribution: P(Z <= x); the two-sided p-value P(|Z| >= |x|); and the quantile, the x with
 * P(Z <= x) = p, 0 < p < 1, within a few ulp. By the complementary error function (Abramowitz and Stegun,
 * 7.1.22). */
double special_normal_cdf(double x);
double special_normal_two_sided(double x);
double special_normal_quantile(double p);

/* The regularised incomplete beta function I_x(a, b), a, b > 0, by its continued fraction (DLMF 8.17.22). The
 * caller gives x and y = 1 - x, of which one may be too small to be computed from the other. Relative accuracy
 * about 1e-13 for a + b < 1e4. NaN for parameters out of range. */
double special_beta(double a, double b, double x, double y);

/* Student's t distribution with `freedom` > 0 degrees of freedom, whole or not: the two-sided p-value P(|T| >=
 * |t|) and the quantile; both are the normal's if freedom is infinite. P(|T| >= |t|) = I_x(freedom / 2, 1 / 2),
 * x = freedom / (freedom + t^2). Relative accuracy 1e-12 for freedom >= 1/2 and p >= 1e-100. */
double special_student_two_sided(double t, double freedom);
double special_student_quantile(double p, double freedom);

#endif
