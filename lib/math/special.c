#include "math/special.h"

static const double root_half = 0.70710678118654752440;
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

double special_normal_cdf(double x)
{
    return 0.5 * erfc(-x * root_half);
}

double special_normal_two_sided(double x)
{
    return erfc(fabs(x) * root_half);
}

/* Newton's method on log P(Z <= x) in the lower tail, where that logarithm is concave and smooth at any depth; Feller's bound
 * phi(x)/|x| > P gives the start. */
double special_normal_quantile(double p)
{
    if (!(p > 0 && p < 1))
        return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
    if (p > 0.5)
        return -special_normal_quantile(1 - p);
    double wanted = log(p), x = p > 0.02 ? 0 : -sqrt(-2 * wanted - log(-4 * 3.14159265358979 * wanted));
    for (int i = 0; i < 50; i++) {
        double cdf = special_normal_cdf(x), density = exp(-0.5 * x * x - log_root_two_pi);
        double step = (log(cdf) - wanted) * cdf / density;
        x -= step;
        if (fabs(step) <= 4e-16 * (fabs(x) > 1e-3 ? fabs(x) : 1e-3))
            break;
    }
    return x;
}
