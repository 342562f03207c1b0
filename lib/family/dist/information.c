/* Entropy, mutual information and divergence of discrete distributions, in bits (formulas in information.h).
 *
 * Divergences and mutual information are sums of terms p ln(p/q) - p + q, none of which is negative
 * (divergence_term): the result is never negative, exactly 0 between equals, and accurate near them, which plain
 * sums of p log(p/q) are not. Quotients near 1 go through log1p (log_quotient). Sums are in double-double; a
 * symbol that stands for many equal ones is multiplied by their number (add_times). Memory: the margins of a
 * table; one thread. */
#include "family/dist/information.h"

#include "base/mem.h"
#include "family/layer/softmax.h"
#include "math/dd.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>

static const double euler = 0.57721566490153286; /* the Euler-Mascheroni constant */

/* sum + x times */
static struct dd add_times(struct dd sum, double x, double times)
{
    struct dd product = dd_two_product(x, times), result = dd_add(sum, product);
    return times != 1 && isfinite(result.high) ? result : dd_add_double(sum, product.high);
}

static double times_of(const double *times, size_t i)
{
    return times != NULL ? times[i] : 1;
}

static double sum_of(const double *x, const double *times, size_t n)
{
    struct dd sum = {0};
    for (size_t i = 0; i < n; i++)
        sum = add_times(sum, x[i], times_of(times, i));
    return sum.high;
}

double information_sum(const double *x, size_t n)
{
    return sum_of(x, NULL, n);
}

/* log(a / b), a, b > 0. Near 1 from the difference, elsewhere from the quotient or, where that overflows or
 * underflows, from two logarithms. */
static double log_quotient(double a, double b)
{
    double q = a / b;
    if (q > 0.5 && q < 2)
        return log1p((a - b) / b);
    return q > 1e-300 && q < 1e300 ? log(q) : log(a) - log(b);
}

/* log2(w / total), 0 < w <= total; near 1 from the difference. */
static double log2_quotient(double w, double total)
{
    double p = w / total;
    return p > 0.5 ? log1p((w - total) / total) * special_bits_per_nat : log2(p);
}

static double entropy_of(const double *weight, const double *times, size_t n)
{
    double total = sum_of(weight, times, n);
    struct dd sum = {0};
    for (size_t i = 0; i < n; i++)
        if (weight[i] / total > 0)
            sum = add_times(sum, -(weight[i] / total) * log2_quotient(weight[i], total), times_of(times, i));
    return sum.high + 0.0;
}

double information_entropy(const double *weight, size_t n)
{
    return entropy_of(weight, NULL, n);
}

/* ---- estimates from samples ---- */

/* G(k) = psi(floor(k/2) + 1/2) + log 2: a sum of reciprocals of odd numbers, or its asymptotic series (DLMF
 * 5.11.2 at x + 1/2). */
static double grassberger(double k)
{
    double m = floor(k / 2), sum = -euler - special_ln2;
    if (m < 20) {
        for (double odd = 1; odd < 2 * m; odd += 2)
            sum += 2 / odd;
        return sum;
    }
    double r = 1 / (m * m);
    return log(m) + special_ln2 + r * (1 / 24.0 - r * (7 / 960.0 - r * (31 / 8064.0 - r * (127 / 30720.0))));
}

/* Sum of count G(count). */
static double grassberger_sum(const struct information_frequency *f, size_t n)
{
    struct dd sum = {0};
    for (size_t i = 0; i < n; i++)
        if (f[i].count > 0)
            sum = add_times(sum, f[i].count * grassberger(f[i].count), f[i].times);
    return sum.high;
}

static double count_positive(const struct information_frequency *f, size_t n)
{
    double positive = 0;
    for (size_t i = 0; i < n; i++)
        positive += f[i].count > 0 ? f[i].times : 0;
    return positive;
}

double information_total(const struct information_frequency *f, size_t n)
{
    struct dd sum = {0};
    for (size_t i = 0; i < n; i++)
        sum = add_times(sum, f[i].count, f[i].times);
    return sum.high;
}

struct information_estimated information_estimate(enum information_estimate estimate,
                                                  const struct information_frequency *f, size_t n,
                                                  const struct information_frequency *condition, size_t n_conditions)
{
    double total = information_total(f, n);
    struct dd mean = {0}, square = {0};
    for (size_t i = 0; i < n; i++)
        if (f[i].count / total > 0)
            mean = add_times(mean, -(f[i].count / total) * log2_quotient(f[i].count, f[i].whole), f[i].times);
    struct information_estimated e = {.entropy = mean.high + 0.0};
    for (size_t i = 0; i < n; i++) {
        double p = f[i].count / total;
        double d = p > 0 ? log2_quotient(f[i].count, f[i].whole) + mean.high : 0;
        square = add_times(square, p * d * d, f[i].times);
    }
    e.se = sqrt(square.high / total);
    double conditions = n_conditions > 0 ? count_positive(condition, n_conditions) : 1;
    if (estimate == INFORMATION_MILLER_MADOW)
        e.entropy += (count_positive(f, n) - conditions) / (2 * total) * special_bits_per_nat;
    if (estimate == INFORMATION_GRASSBERGER)
        e.entropy = ((n_conditions > 0 ? grassberger_sum(condition, n_conditions) / total : log(total)) -
                     grassberger_sum(f, n) / total) *
                    special_bits_per_nat;
    return e;
}

double information_conditional(const double *count, const uint32_t *given, size_t n, size_t n_given)
{
    struct dd *margin = mem_zero(n_given, sizeof *margin);
    struct information_frequency *f = mem_alloc(n, sizeof *f);
    for (size_t i = 0; i < n; i++) {
        struct dd *m = &margin[given != NULL ? given[i] : 0];
        *m = dd_add_double(*m, count[i]);
    }
    for (size_t i = 0; i < n; i++)
        f[i] = (struct information_frequency){count[i], margin[given != NULL ? given[i] : 0].high, 1};
    double bits = information_estimate(INFORMATION_ML, f, n, NULL, 0).entropy;
    free(margin);
    free(f);
    return bits;
}

/* ---- dependence ---- */

/* Sums of counts over each a, each b and each condition; product[c] is the sum, over the cells of condition c,
 * of the product of the sums of their a and b. */
struct information_margins {
    double *a, *b, *c;
    struct dd *product;
    double total;
};

static struct information_margins sum_margins(const struct information_cell *cell, size_t n, size_t n_a, size_t n_b,
                                              const uint32_t *condition, size_t n_c)
{
    struct information_margins m = {mem_zero(n_a, sizeof *m.a), mem_zero(n_b, sizeof *m.b), mem_zero(n_c, sizeof *m.c),
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

/* With p = k/N and q = ab/cN, the sum of p ln(p/q) equals that of p ln(p/q) - p + q >= 0 over all cells,
 * including those with k = 0; the latter contribute q. */
struct information_mutual information_mutual(const struct information_cell *cell, size_t n, size_t n_a, size_t n_b,
                                             const uint32_t *condition, size_t n_c)
{
    struct information_margins m = sum_margins(cell, n, n_a, n_b, condition, n_c);
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
    double error = sqrt(fmax(variance, 0) / m.total);
    return (struct information_mutual){mean * special_bits_per_nat, error * special_bits_per_nat};
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

struct information_divergence information_compare(const double *p, const double *q, const double *times, size_t n)
{
    double total_p = sum_of(p, times, n), total_q = sum_of(q, times, n);
    struct dd forward = {0}, reverse = {0}, js = {0}, variation = {0};
    for (size_t i = 0; i < n; i++) {
        double a = p[i] / total_p, b = q[i] / total_q, m = (a + b) / 2, k = times_of(times, i);
        forward = add_times(forward, divergence_term(a, b), k);
        reverse = add_times(reverse, divergence_term(b, a), k);
        js = add_times(js, (divergence_term(a, m) + divergence_term(b, m)) / 2, k);
        variation = add_times(variation, fabs(a - b) / 2, k);
    }
    double entropy = entropy_of(p, times, n);
    return (struct information_divergence){
        .forward = forward.high * special_bits_per_nat,
        .reverse = reverse.high * special_bits_per_nat,
        .cross_entropy = entropy + forward.high * special_bits_per_nat,
        .entropy_p = entropy,
        .entropy_q = entropy_of(q, times, n),
        .jensen_shannon = js.high * special_bits_per_nat,
        .total_variation = variation.high,
    };
}

/* divergence_term for a q given by its logarithm, as q may be too small for a double. */
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
    return (struct information_scored){divergence.high * special_bits_per_nat, information_entropy(q, n),
                                       special_log_sum_exp(n, o) * special_bits_per_nat,
                                       score.high * special_bits_per_nat};
}
