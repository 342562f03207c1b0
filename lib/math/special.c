/* Special functions of probabilities, by methods that keep their relative accuracy in both tails.
 *
 * - Normal distribution: by erfc, corrected for the rounding of x / sqrt 2 (normal_erfc); quantiles by Newton's
 *   method, on log P in the tails and on P(0 <= Z <= x) in the middle.
 * - Incomplete beta function: by its continued fraction (beta_fraction, DLMF 8.17.22); the factor in front of it
 *   by lgamma or, for large parameters, Stirling's series (log_inverse_beta).
 * - Student's t: by the incomplete beta function, from 10^4 degrees of freedom on by Hill's normal deviate
 *   (student_deviate); quantiles by Newton's method, on logarithms in the tails (student_tail).
 *
 * DLMF is the NIST Digital Library of Mathematical Functions. No memory, no state; safe in threads. */
#include "math/special.h"

#include "math/vexp.h"

static const double root_half = 0.70710678118654752440;
static const double root_half_low = -4.8336466567264567e-17; /* 1 / sqrt 2 - root_half */
static const double two_over_root_pi = 1.12837916709551257390;

double special_greatest(size_t n, const double *x)
{
    double greatest[4] = {-INFINITY, -INFINITY, -INFINITY, -INFINITY}; /* of every fourth, which need not wait */
    for (size_t i = 0; i < n; i++)
        greatest[i % 4] = x[i] > greatest[i % 4] ? x[i] : greatest[i % 4];
    double even = greatest[0] > greatest[2] ? greatest[0] : greatest[2];
    double odd = greatest[1] > greatest[3] ? greatest[1] : greatest[3];
    return even > odd ? even : odd;
}

size_t special_argmax(size_t n, const double *x)
{
    size_t greatest = 0;
    for (size_t i = 1; i < n; i++)
        if (x[i] > x[greatest])
            greatest = i;
    return greatest;
}

double special_log_sum_exp(size_t n, const double *x)
{
    double greatest = special_greatest(n, x);
    if (!isfinite(greatest))
        return greatest;
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += exp(x[i] - greatest);
    return greatest + log(sum);
}

double special_softmax(size_t n, const double *x, double *p)
{
    double greatest = special_greatest(n, x), sum = 0;
    for (size_t i = 0; i < n; i++)
        p[i] = x[i] - greatest;
    vexp_exp(n, p, p);
    for (size_t i = 0; i < n; i++)
        sum += p[i];
    for (size_t i = 0; i < n; i++)
        p[i] /= sum;
    return greatest + log(sum);
}

/* erfc(x / sqrt 2). The tail would magnify the rounding error of x / sqrt 2 by its square; the derivative, -2 /
 * sqrt(pi) exp(-t^2), corrects for it. */
static double normal_erfc(double x)
{
    double t = x * root_half;
    if (!isfinite(t))
        return erfc(t);
    double error = fma(x, root_half, -t) + x * root_half_low;
    return erfc(t) - two_over_root_pi * exp(-t * t) * error;
}

double special_normal_cdf(double x)
{
    return 0.5 * normal_erfc(-x);
}

double special_normal_two_sided(double x)
{
    return normal_erfc(fabs(x));
}

/* The x with P(Z <= x) = p in the lower tail: Newton's method on log P(Z <= x), which is concave and smooth at
 * any depth. Feller's bound phi(x)/|x| > P gives the start. */
static double quantile_tail(double p)
{
    double wanted = log(p), x = p > 0.02 ? 0 : -sqrt(-2 * wanted - log(-4 * 3.14159265358979 * wanted));
    for (int i = 0; i < 50; i++) {
        double cdf = special_normal_cdf(x), density = exp(-0.5 * x * x - 0.5 * special_log_two_pi);
        double step = (log(cdf) - wanted) * cdf / density;
        x -= step;
        if (fabs(step) <= 4e-16 * fabs(x))
            break;
    }
    return x;
}

/* The x with P(0 <= Z <= x) = above_half, |above_half| < 1/4: Newton's method on this probability, which keeps its
 * relative accuracy around 0. */
static double quantile_middle(double above_half)
{
    double x = above_half * 2.5;
    for (int i = 0; i < 50; i++) {
        double step = (0.5 * erf(x * root_half) - above_half) / exp(-0.5 * x * x - 0.5 * special_log_two_pi);
        x -= step;
        if (fabs(step) <= 2e-16 * fabs(x))
            break;
    }
    return x;
}

double special_normal_quantile(double p)
{
    if (!(p > 0 && p < 1))
        return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
    if (fabs(p - 0.5) < 0.25)
        return quantile_middle(p - 0.5);
    return p > 0.5 ? -quantile_tail(1 - p) : quantile_tail(p);
}

/* The continued fraction of DLMF 8.17.22, which converges fast for x < (a + 1) / (a + b + 2), by Lentz's method
 * (W. J. Lentz, Appl. Opt. 15 (1976), 668; with Thompson and Barnett's guards against division by 0). */
static double beta_fraction(double a, double b, double x)
{
    enum { TERMS = 20000 };
    static const double tiny = 1e-300;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double value = d;
    for (int m = 1; m < TERMS; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double steps[] = {even, odd}, change = 1;
        for (int i = 0; i < 2; i++) {
            d = 1 + steps[i] * d;
            d = 1 / (fabs(d) < tiny ? tiny : d);
            c = 1 + steps[i] / c;
            c = fabs(c) < tiny ? tiny : c;
            change = c * d;
            value *= change;
        }
        if (fabs(change - 1) < 2e-16)
            break;
    }
    return value;
}

/* log Gamma(a + b) - log Gamma(a) - log Gamma(b). For a large a, where the first two would cancel, by the
 * asymptotic series of their ratio (Stirling's series, DLMF 5.11.1, for both). */
static double log_inverse_beta(double a, double b)
{
    double large = a > b ? a : b, small = a > b ? b : a;
    if (large < 20)
        return lgamma(a + b) - lgamma(a) - lgamma(b);
    double sum = large + small, tail[2], at[] = {sum, large};
    for (int i = 0; i < 2; i++) {
        double r = 1 / at[i], q = r * r;
        tail[i] = r * (1.0 / 12 - q * (1.0 / 360 - q * (1.0 / 1260 - q * (1.0 / 1680 - q / 1188))));
    }
    return (large - 0.5) * log1p(small / large) + small * (log(sum) - 1) + tail[0] - tail[1] - lgamma(small);
}

double special_beta(double a, double b, double x, double y)
{
    if (!(x >= 0 && y >= 0 && a > 0 && b > 0))
        return NAN;
    if (x == 0 || y == 0)
        return x == 0 ? 0 : 1;
    double log_x = x < 0.5 ? log(x) : log1p(-y), log_y = y < 0.5 ? log(y) : log1p(-x);
    double front = exp(log_inverse_beta(a, b) + a * log_x + b * log_y);
    if (x < (a + 1) / (a + b + 2))
        return front * beta_fraction(a, b, x) / a;
    return 1 - front * beta_fraction(b, a, y) / b;
}

/* x = freedom / (freedom + t^2) and y = 1 - x. */
static void student_parts(double t, double freedom, double *x, double *y)
{
    double ratio = fabs(t) / sqrt(freedom);
    double square = ratio > 1 ? 1 / ratio / ratio : ratio * ratio;
    *x = ratio > 1 ? square / (1 + square) : 1 / (1 + square);
    *y = ratio > 1 ? 1 / (1 + square) : square / (1 + square);
}

/* The standard normal deviate with the same tail probability: G. W. Hill, Algorithm 395, Comm. ACM 13 (1970),
 * 617. The expansion in 1 / freedom^2 is exact to rounding from nearly_normal on, where the continued fraction
 * would be slow and cancel. */
static const double nearly_normal = 1e4;

static double student_deviate(double t, double freedom)
{
    double a = freedom - 0.5, b = 48 * a * a, ratio = t / sqrt(freedom), y = a * log1p(ratio * ratio);
    double second = (((-0.4 * y - 3.3) * y - 24) * y - 85.5) / (0.8 * y * y + 100 + b);
    return sqrt(y) * (1 + (second + y + 3) / b);
}

double special_student_two_sided(double t, double freedom)
{
    double x, y;
    if (isnan(t) || !(freedom > 0))
        return NAN;
    if (isinf(freedom) || isinf(t))
        return special_normal_two_sided(t);
    if (freedom >= nearly_normal)
        return special_normal_two_sided(student_deviate(t, freedom));
    student_parts(t, freedom, &x, &y);
    return special_beta(0.5 * freedom, 0.5, x, y);
}

/* The density of t. DLMF 5.12.1 for the constant, Gamma((f + 1) / 2) / (Gamma(f / 2) Gamma(1 / 2)) / sqrt f. */
static double student_density(double t, double freedom)
{
    double ratio = t / sqrt(freedom), log_constant = log_inverse_beta(0.5 * freedom, 0.5) - 0.5 * log(freedom);
    return exp(log_constant - 0.5 * (freedom + 1) * log1p(ratio * ratio));
}

/* The t with P(|T| <= t) = inside, for the middle: Newton's method from the tangent at 0, which never passes the
 * root, as the function is concave. */
static double student_middle(double inside, double freedom)
{
    double t = inside / (2 * student_density(0, freedom));
    for (int i = 0; i < 100; i++) {
        double x, y;
        student_parts(t, freedom, &x, &y);
        double value = freedom >= nearly_normal ? erf(student_deviate(t, freedom) * root_half)
                                                : special_beta(0.5, 0.5 * freedom, y, x);
        double step = (value - inside) / (2 * student_density(t, freedom));
        t -= step;
        if (fabs(step) <= 4e-16 * t)
            break;
    }
    return t;
}

/* The t with P(|T| >= t) = outside: Newton's method on the logarithms of both, whose relation is concave. */
static double student_tail(double outside, double freedom)
{
    double wanted = log(outside), t = -special_normal_quantile(0.5 * outside);
    for (int i = 0; i < 1000; i++) {
        double value = special_student_two_sided(t, freedom);
        if (value == 0) {
            t *= 0.5;
            continue;
        }
        double step = (log(value) - wanted) * value / (2 * t * student_density(t, freedom));
        t *= exp(fmin(2, step));
        if (fabs(step) <= 4e-16)
            break;
    }
    return t;
}

double special_student_quantile(double p, double freedom)
{
    if (!(freedom > 0))
        return NAN;
    if (isinf(freedom) || !(p > 0 && p < 1))
        return special_normal_quantile(p);
    double t = fabs(p - 0.5) < 0.25 ? student_middle(2 * fabs(p - 0.5), freedom)
                                    : student_tail(p < 0.5 ? 2 * p : 2 * (1 - p), freedom);
    return p < 0.5 ? -t : t;
}
