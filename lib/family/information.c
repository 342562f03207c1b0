#include "family/information.h"

#include "math/dd.h"

#include <math.h>

#define PER_LN2 1.4426950408889634 /* bits in a nat */

double information_sum(const double *x, size_t n)
{
    struct dd sum = {0};
    for (size_t i = 0; i < n; i++)
        sum = dd_add_double(sum, x[i]);
    return sum.high;
}

double information_entropy(const double *weight, size_t n)
{
    double total = information_sum(weight, n);
    struct dd sum = {0};
    for (size_t i = 0; i < n; i++) {
        double w = weight[i], p = w / total;
        if (p > 0) /* near p = 1 the quotient has lost the digits that its logarithm needs */
            sum = dd_add_double(sum, p > 0.5 ? -p * log1p((w - total) / total) * PER_LN2 : -p * log2(p));
    }
    return sum.high + 0.0;
}

/* p ln(p/q) - p + q, which is never negative and sums to the divergence in nats. */
static double divergence_term(double p, double q)
{
    if (p == 0)
        return q;
    if (q == 0)
        return INFINITY;
    double r = (q - p) / p;
    return p * (r - log1p(r));
}

struct information_divergence information_compare(const double *p, const double *q, size_t n)
{
    double total_p = information_sum(p, n), total_q = information_sum(q, n);
    struct dd forward = {0}, reverse = {0}, js = {0}, variation = {0};
    for (size_t i = 0; i < n; i++) {
        double a = p[i] / total_p, b = q[i] / total_q, m = (a + b) / 2;
        forward = dd_add_double(forward, divergence_term(a, b));
        reverse = dd_add_double(reverse, divergence_term(b, a));
        js = dd_add_double(js, (divergence_term(a, m) + divergence_term(b, m)) / 2);
        variation = dd_add_double(variation, fabs(a - b) / 2);
    }
    double entropy = information_entropy(p, n);
    return (struct information_divergence){
        .forward = forward.high * PER_LN2,
        .reverse = reverse.high * PER_LN2,
        .cross_entropy = entropy + forward.high * PER_LN2,
        .entropy_p = entropy,
        .entropy_q = information_entropy(q, n),
        .jensen_shannon = js.high * PER_LN2,
        .total_variation = variation.high,
    };
}
