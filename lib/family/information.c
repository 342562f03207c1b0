#include "family/information.h"

#include "base/mem.h"
#include "family/softmax.h"
#include "math/dd.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>

#define PER_LN2 1.4426950408889634 /* bits in a nat */
#define LN2 0.69314718055994531
#define EULER 0.57721566490153286

double information_sum(const double *x, size_t n)
{
    struct dd sum = {0};
    for (size_t i = 0; i < n; i++)
        sum = dd_add_double(sum, x[i]);
    return sum.high;
}

/* log(a / b), a, b > 0: of a small quotient the difference to 1 would have lost its digits, of one next to 1 the quotient. */
static double log_quotient(double a, double b)
{
    double q = a / b;
    if (q > 0.5 && q < 2)
        return log1p((a - b) / b);
    return q > 1e-300 && q < 1e300 ? log(q) : log(a) - log(b);
}

/* log2(w / total), 0 < w <= total; near 1 the quotient has lost the digits that its logarithm needs. */
static double log2_quotient(double w, double total)
{
    double p = w / total;
    return p > 0.5 ? log1p((w - total) / total) * PER_LN2 : log2(p);
}

double information_entropy(const double *weight, size_t n)
{
    double total = information_sum(weight, n);
    struct dd sum = {0};
    for (size_t i = 0; i < n; i++)
        if (weight[i] / total > 0)
            sum = dd_add_double(sum, -(weight[i] / total) * log2_quotient(weight[i], total));
    return sum.high + 0.0;
}

/* ---- estimates from samples ---- */

/* psi(floor(k/2) + 1/2) + log 2: a sum of reciprocals of odd numbers, or its asymptotic series (DLMF 5.11.2 at x + 1/2). */
static double grassberger(double k)
{
    double m = floor(k / 2), sum = -EULER - LN2;
    if (m < 20) {
        for (double odd = 1; odd < 2 * m; odd += 2)
            sum += 2 / odd;
        return sum;
    }
    double r = 1 / (m * m);
    return log(m) + LN2 + r * (1 / 24.0 - r * (7 / 960.0 - r * (31 / 8064.0 - r * (127 / 30720.0))));
}

/* Sum of count G(count). */
static double grassberger_sum(const double *count, size_t n)
{
    struct dd sum = {0};
    for (size_t i = 0; i < n; i++)
        if (count[i] > 0)
            sum = dd_add_double(sum, count[i] * grassberger(count[i]));
    return sum.high;
}

static size_t count_positive(const double *count, size_t n)
{
    size_t positive = 0;
    for (size_t i = 0; i < n; i++)
        positive += count[i] > 0;
    return positive;
}

struct information_estimated information_estimate(enum information_estimate estimate, const double *count,
                                                  const uint32_t *given, size_t n, size_t n_given)
{
    double total = information_sum(count, n);
    struct dd *margin = mem_zero(n_given, sizeof *margin), mean = {0}, square = {0};
    double *whole = mem_alloc(n_given, sizeof *whole);
    for (size_t i = 0; i < n; i++) {
        struct dd *m = &margin[given != NULL ? given[i] : 0];
        *m = dd_add_double(*m, count[i]);
    }
    for (size_t i = 0; i < n_given; i++)
        whole[i] = margin[i].high;
    for (size_t i = 0; i < n; i++)
        if (count[i] / total > 0)
            mean = dd_add_double(mean, -(count[i] / total) * log2_quotient(count[i], whole[given != NULL ? given[i] : 0]));
    struct information_estimated e = {.entropy = mean.high + 0.0};
    for (size_t i = 0; i < n; i++) {
        double p = count[i] / total;
        double d = p > 0 ? log2_quotient(count[i], whole[given != NULL ? given[i] : 0]) + mean.high : 0;
        square = dd_add_double(square, p * d * d);
    }
    e.se = sqrt(square.high / total);
    if (estimate == INFORMATION_MILLER_MADOW)
        e.entropy += (double)(count_positive(count, n) - count_positive(whole, n_given)) / (2 * total) * PER_LN2;
    if (estimate == INFORMATION_GRASSBERGER)
        e.entropy = ((given != NULL ? grassberger_sum(whole, n_given) / total : log(total)) -
                     grassberger_sum(count, n) / total) * PER_LN2;
    free(margin);
    free(whole);
    return e;
}

/* ---- dependence ---- */

/* Sums over a row, a column and a condition; `product` is that of row times column sums over the cells of a condition. */
struct margins {
    double *a, *b, *c;
    struct dd *product;
    double total;
};

static struct margins sum_margins(const struct information_cell *cell, size_t n, size_t n_a, size_t n_b,
                                  const uint32_t *condition, size_t n_c)
{
    struct margins m = {mem_zero(n_a, sizeof *m.a), mem_zero(n_b, sizeof *m.b), mem_zero(n_c, sizeof *m.c),
                        mem_zero(n_c, sizeof *m.product), 0};
    for (size_t i = 0; i < n; i++) {
        m.a[cell[i].a] += cell[i].count;
        m.b[cell[i].b] += cell[i].count;
        m.c[condition != NULL ? condition[cell[i].a] : 0] += cell[i].count;
        m.total += cell[i].count;
    }
    for (size_t i = 0; i < n; i++) {
        struct dd *product = &m.product[condition != NULL ? condition[cell[i].a] : 0];
        *product = dd_add(*product, dd_two_product(m.a[cell[i].a], m.b[cell[i].b]));
    }
    return m;
}

/* With p = k/N and q = ab/cN the sum of p ln(p/q) is that of p ln(p/q) - p + q >= 0 over all cells, also those where k = 0. */
struct information_mutual information_mutual(const struct information_cell *cell, size_t n, size_t n_a, size_t n_b,
                                             const uint32_t *condition, size_t n_c)
{
    struct margins m = sum_margins(cell, n, n_a, n_b, condition, n_c);
    struct dd sum = {0}, square = {0};
    for (size_t i = 0; i < n; i++) {
        double k = cell[i].count, kc = k * m.c[condition != NULL ? condition[cell[i].a] : 0];
        double ab = m.a[cell[i].a] * m.b[cell[i].b], log_ratio = log_quotient(ab, kc);
        sum = dd_add_double(sum, k * ((ab - kc) / kc - log_ratio));
        square = dd_add_double(square, k * log_ratio * log_ratio);
    }
    for (size_t c = 0; c < n_c; c++) {
        struct dd rest = dd_subtract(dd_two_product(m.c[c], m.c[c]), m.product[c]);
        if (rest.high > 0)
            sum = dd_add_double(sum, rest.high / m.c[c]);
    }
    double mean = sum.high / m.total, variance = square.high / m.total - mean * mean;
    free(m.a);
    free(m.b);
    free(m.c);
    free(m.product);
    return (struct information_mutual){mean * PER_LN2, sqrt(fmax(variance, 0) / m.total) * PER_LN2};
}

/* ---- divergence ---- */

/* p ln(p/q) - p + q, which is never negative and sums to the divergence in nats. */
static double divergence_term(double p, double q)
{
    if (p == 0)
        return q;
    if (q == 0)
        return INFINITY;
    return p * ((q - p) / p - log_quotient(q, p));
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

/* The same as divergence_term for a q whose logarithm is known, as it may be too small for a double. */
static double divergence_from_log(double p, double log_q)
{
    double q = exp(log_q);
    return p == 0 || 2 * q > p ? divergence_term(p, q) : p * (log(p) - log_q) - p + q;
}

struct information_scored information_score(const double *q, const double *o, size_t n)
{
    double *log_p = mem_alloc(n, sizeof *log_p);
    struct dd divergence = {0}, score = {0};
    softmax_joint(o, n, 1, true, log_p);
    for (size_t i = 0; i < n; i++) {
        divergence = dd_add_double(divergence, divergence_from_log(q[i], log_p[i]));
        if (q[i] > 0)
            score = dd_add_double(score, q[i] * o[i]);
    }
    free(log_p);
    return (struct information_scored){divergence.high * PER_LN2, information_entropy(q, n),
                                       special_log_sum_exp(n, o) * PER_LN2, score.high * PER_LN2};
}
