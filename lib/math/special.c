#include "math/special.h"

static const double root_half = 0.70710678118654752440;
static const double root_half_low = -4.8336466567264567e-17; /* 1 / sqrt 2 - root_half */
static const double two_over_root_pi = 1.12837916709551257390;
static const double log_root_two_pi = 0.91893853320467274178;

double special_log_sum_exp(size_t n, const double *x)
{
    double greatest = -INFINITY;
    for (size_t i = 0; i < n; i++)
        greatest = x[i] > greatest ? x[i] : greatest;
    if (!isfinite(greatest))
        return greatest;
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += exp(x[i] - greatest);
    return greatest + log(sum);
}

double special_softmax(size_t n, const double *x, double *p)
{
    double greatest = -INFINITY;
    for (size_t i = 0; i < n; i++)
        greatest = x[i] > greatest ? x[i] : greatest;
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        p[i] = exp(x[i] - greatest);
        sum += p[i];
    }
    for (size_t i = 0; i < n; i++)
        p[i] /= sum;
    return greatest + log(sum);
}

/* erfc(x / sqrt 2). The rounding error of x / sqrt 2, which the tail would magnify by its square, is corrected for by the derivative,
 * -2 / sqrt(pi) exp(-t^2). */
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

/* Newton's method. In the tail on log P(Z <= x), which is concave and smooth at any depth; Feller's bound phi(x)/|x| > P gives the
 * start. In the middle on P(0 <= Z <= x), which keeps its relative accuracy around 0. */
static double quantile_tail(double p)
{
    double wanted = log(p), x = p > 0.02 ? 0 : -sqrt(-2 * wanted - log(-4 * 3.14159265358979 * wanted));
    for (int i = 0; i < 50; i++) {
        double cdf = special_normal_cdf(x), density = exp(-0.5 * x * x - log_root_two_pi);
        double step = (log(cdf) - wanted) * cdf / density;
        x -= step;
        if (fabs(step) <= 4e-16 * fabs(x))
            break;
    }
    return x;
}

static double quantile_middle(double above_half)
{
    double x = above_half * 2.5;
    for (int i = 0; i < 50; i++) {
        double step = (0.5 * erf(x * root_half) - above_half) / exp(-0.5 * x * x - log_root_two_pi);
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
