/* Mean, sum of squares and cross products of columns, as good as exact.
 *
 * 1. rough_mean chooses a shift near the mean; in a constant column it is the constant, so that nothing
 *    deviates.
 * 2. deviation_loop sums the deviations from the shift and their products. Each deviation (deviate) and each
 *    product (moments_product_error: Dekker's splitting, or fma) is exact as a pair of doubles, and sums keep
 *    their rounding errors apart (sums_add).
 * 3. about_mean moves the sums from the shift to the mean, in double-double.
 * 4. moments_merge joins the moments of two sets: Chan, Golub and LeVeque, Algorithms for Computing the Sample
 *    Variance, Am. Stat. 37 (1983), eq. 1.5, in double-double; moments_merge_cross does the same for cross
 *    products.
 *
 * With weights every row is summed in double-double instead (weighted). Sums have two accumulators of four
 * lanes, combined in one order, and both kinds of product errors are exact: all processors give the same bits.
 * For the same bits with any number of threads, callers merge blocks of a fixed size in a fixed order. No memory
 * is allocated. */
#include "math/moments.h"

#include "base/cpu.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define MOMENTS_X86 1
#endif

#define INLINE static inline __attribute__((always_inline))

/* Four doubles processed alike, whatever the width of the registers. */
typedef double lanes __attribute__((vector_size(32)));
enum { LANES = 4 };

/* A compensated sum in each lane: `error` collects the rounding errors of `sum` (Knuth's two-sum). */
struct moments_sums {
    lanes sum, error;
};

INLINE void sums_add(struct moments_sums *s, const lanes *x)
{
    lanes sum = s->sum + *x, t = sum - s->sum;
    s->error += (s->sum - (sum - t)) + (*x - t);
    s->sum = sum;
}

/* *error = a * b - p, exactly, where p is the rounded product. */
typedef void (*moments_product_error)(const lanes *a, const lanes *b, const lanes *p, lanes *error);

/* Dekker, A Floating-Point Technique for Extending the Available Precision, Numer. Math. 18 (1971): splits a
 * double into halves of 26 bits, whose products are exact. */
INLINE void split(const lanes *x, lanes *high, lanes *low)
{
    lanes t = *x * 134217729.0;
    *high = t - (t - *x);
    *low = *x - *high;
}

INLINE void error_portable(const lanes *a, const lanes *b, const lanes *p, lanes *error)
{
    lanes ah, al, bh, bl;
    split(a, &ah, &al);
    split(b, &bh, &bl);
    *error = ((ah * bh - *p) + ah * bl + al * bh) + al * bl;
}

/* Deviations from a shift, exactly: high + low. */
INLINE void deviate(const double *x, double shift, lanes *high, lanes *low)
{
    lanes v;
    memcpy(&v, x, sizeof v);
    *high = v - shift;
    lanes t = *high - v;
    *low = (v - (*high - t)) - (shift + t);
}

struct moments_cross_sums {
    struct moments_sums x, xy; /* sums of the deviations of x, and of the products of deviations */
};

/* One step of the loop: LANES rows. */
INLINE void cross_step(struct moments_cross_sums *s, const double *x, double shift_x, const double *y, double shift_y,
                       moments_product_error error_of)
{
    lanes dx, dx_low, dy, dy_low, error;
    deviate(x, shift_x, &dx, &dx_low);
    deviate(y, shift_y, &dy, &dy_low);
    lanes p = dx * dy;
    error_of(&dx, &dy, &p, &error);
    sums_add(&s->x, &dx);
    s->x.error += dx_low;
    sums_add(&s->xy, &p);
    s->xy.error += error + (dx * dy_low + dx_low * dy);
}

/* Sums over rows of d = x - shift_x and of d * (y - shift_y); y may be x. */
struct moments_deviations {
    struct dd sum, products;
};

INLINE struct dd total(const struct moments_sums *a, const struct moments_sums *b)
{
    struct dd sum = {0, 0};
    for (size_t i = 0; i < LANES; i++) {
        sum = dd_add(sum, dd_two_sum(a->sum[i], a->error[i]));
        sum = dd_add(sum, dd_two_sum(b->sum[i], b->error[i]));
    }
    return sum;
}

INLINE struct moments_deviations deviation_loop(const double *x, double shift_x, const double *y, double shift_y,
                                                size_t n, moments_product_error error_of)
{
    struct moments_cross_sums a = {0}, b = {0};
    size_t i = 0;
    for (; i + 2 * LANES <= n; i += 2 * LANES) {
        cross_step(&a, x + i, shift_x, y + i, shift_y, error_of);
        cross_step(&b, x + i + LANES, shift_x, y + i + LANES, shift_y, error_of);
    }
    for (; i < n; i += LANES) { /* the rest, padded with rows that do not deviate */
        double rest_x[LANES], rest_y[LANES];
        for (size_t k = 0; k < LANES; k++) {
            rest_x[k] = i + k < n ? x[i + k] : shift_x;
            rest_y[k] = i + k < n ? y[i + k] : shift_y;
        }
        cross_step(&a, rest_x, shift_x, rest_y, shift_y, error_of);
    }
    return (struct moments_deviations){total(&a.x, &b.x), total(&a.xy, &b.xy)};
}

static struct moments_deviations moments_deviations_portable(const double *x, double shift_x, const double *y,
                                                             double shift_y, size_t n)
{
    return deviation_loop(x, shift_x, y, shift_y, n, error_portable);
}

#ifdef MOMENTS_X86

INLINE CPU_AVX2_TARGET void error_fma(const lanes *a, const lanes *b, const lanes *p, lanes *error)
{
    *error = (lanes)_mm256_fmsub_pd((__m256d)*a, (__m256d)*b, (__m256d)*p);
}

CPU_AVX2_TARGET static struct moments_deviations moments_deviations_fma(const double *x, double shift_x,
                                                                        const double *y, double shift_y, size_t n)
{
    return deviation_loop(x, shift_x, y, shift_y, n, error_fma);
}

#endif

/* ---- choosing ---- */

typedef struct moments_deviations (*moments_variant)(const double *x, double shift_x, const double *y, double shift_y,
                                                     size_t n);

static const moments_variant variants[] = {
    [CPU_PORTABLE] = moments_deviations_portable,
#ifdef MOMENTS_X86
    [CPU_AVX2] = moments_deviations_fma,
    [CPU_AVX512] = moments_deviations_fma,
#endif
};

static struct moments_deviations deviations_of(const double *x, double shift_x, const double *y, double shift_y,
                                               size_t n)
{
    return variants[cpu_level()](x, shift_x, y, shift_y, n);
}

/* ---- sets ---- */

/* A number near the mean. Its distance from the mean affects only the size of the correction in about_mean. For
 * a constant column it is the constant. */
static double rough_mean(const double *x, size_t n)
{
    double sum[8] = {0};
    size_t i = 0;
    for (; i + 8 <= n; i += 8)
        for (size_t k = 0; k < 8; k++)
            sum[k] += x[i + k];
    for (; i < n; i++)
        sum[0] += x[i];
    double all = ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
    double mean = all / (double)n;
    return fabs(mean - x[0]) > 1e-11 * fabs(x[0]) && isfinite(mean) ? mean : x[0];
}

/* Moments about the mean from sums about a shift. */
static struct moments about_mean(size_t n, struct dd weight, double shift, struct dd sum, struct dd squares)
{
    struct dd correction = dd_divide(sum, weight);
    struct moments m = {
        .n = n, .weight = weight, .squares = dd_of((double)n), .mean = dd_add(dd_of(shift), correction)};
    m.m2 = dd_subtract(squares, dd_multiply(sum, correction));
    if (m.m2.high < 0 || isnan(m.m2.high))
        m.m2 = dd_of(isnan(m.m2.high) ? INFINITY : 0);
    return m;
}

/* unit: a power of 2 that weights are multiplied by. */
static struct moments weighted(const double *x, const double *w, size_t n, double unit)
{
    struct dd weight = {0, 0}, sum = {0, 0}, squares = {0, 0}, squared_weights = {0, 0};
    double shift = rough_mean(x, n);
    for (size_t i = 0; i < n; i++) {
        double wi = w[i] * unit;
        struct dd d = dd_two_sum(x[i], -shift), wd = dd_multiply(d, dd_of(wi));
        weight = dd_add_double(weight, wi);
        squared_weights = dd_add(squared_weights, dd_two_product(wi, wi));
        sum = dd_add(sum, wd);
        squares = dd_add(squares, dd_multiply(wd, d));
    }
    if (weight.high == 0)
        return (struct moments){.n = n};
    struct moments m = about_mean(n, weight, shift, sum, squares);
    m.squares = squared_weights;
    return m;
}

struct moments moments_of(const double *x, const double *w, size_t n)
{
    if (n == 0)
        return (struct moments){0};
    if (w != NULL)
        return weighted(x, w, n, 1);
    double shift = rough_mean(x, n);
    struct moments_deviations d = deviations_of(x, shift, x, shift, n);
    return about_mean(n, dd_of((double)n), shift, d.sum, d.products);
}

int moments_exponent(const double *w, size_t n)
{
    double largest = 0;
    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, w[i]);
    return largest > 0 && isfinite(largest) ? (int)fmax(ilogb(largest), -1000) : 0; /* 2^-exponent is finite */
}

void moments_add_importance(struct moments *m, double weight, int exponent)
{
    double w = ldexp(weight, -exponent);
    m->n++;
    m->exponent = exponent;
    m->weight = dd_add_double(m->weight, w);
    m->squares = dd_add(m->squares, dd_two_product(w, w));
}

struct moments moments_of_importances(const double *x, const double *w, size_t n)
{
    int exponent = moments_exponent(w, n);
    struct moments m = weighted(x, w, n, ldexp(1, -exponent));
    m.exponent = exponent;
    return m;
}

double moments_total(const struct moments *m)
{
    return ldexp(m->weight.high, m->exponent);
}

static struct dd shifted(struct dd x, int exponent)
{
    return (struct dd){ldexp(x.high, exponent), ldexp(x.low, exponent)};
}

/* The set with weights in units of 2^exponent; weights that vanish then do not count. */
static struct moments in_units(struct moments m, int exponent)
{
    int shift = m.exponent - exponent;
    if (shift != 0) {
        m.weight = shifted(m.weight, shift);
        m.m2 = shifted(m.m2, shift);
        m.squares = shifted(shifted(m.squares, shift), shift);
        m.exponent = exponent;
    }
    return m;
}

static int larger_exponent(const struct moments *a, const struct moments *b)
{
    return a->exponent > b->exponent ? a->exponent : b->exponent;
}

struct moments moments_merge(struct moments a, struct moments b)
{
    if (a.weight.high == 0 || b.weight.high == 0) {
        struct moments *kept = a.weight.high == 0 ? &b : &a;
        kept->n = a.n + b.n;
        return *kept;
    }
    int exponent = larger_exponent(&a, &b);
    a = in_units(a, exponent);
    b = in_units(b, exponent);
    struct moments m = {.n = a.n + b.n,
                        .weight = dd_add(a.weight, b.weight),
                        .squares = dd_add(a.squares, b.squares),
                        .exponent = exponent};
    struct dd delta = dd_subtract(b.mean, a.mean), share = dd_divide(b.weight, m.weight);
    m.mean = dd_add(a.mean, dd_multiply(delta, share));
    struct dd between = dd_multiply(dd_multiply(delta, delta), dd_multiply(a.weight, share));
    m.m2 = dd_add(dd_add(a.m2, b.m2), between);
    return m;
}

double moments_mean(const struct moments *m)
{
    return m->weight.high > 0 ? m->mean.high : NAN;
}

double moments_variance(const struct moments *m)
{
    return m->weight.high > 0 ? dd_divide(m->m2, m->weight).high : NAN;
}

double moments_sample_variance(const struct moments *m)
{
    struct dd freedom = moments_freedom(m->weight);
    return freedom.high > 0 ? dd_divide(m->m2, freedom).high : NAN;
}

struct dd moments_freedom(struct dd weight)
{
    struct dd freedom = dd_subtract(weight, dd_of(1));
    return freedom.high >= 1e-3 ? freedom : dd_of(NAN);
}

struct dd moments_effective_factor(const struct moments *m)
{
    return dd_divide(m->weight, m->squares);
}

struct moments moments_scale(struct moments m, struct dd factor)
{
    m.weight = dd_multiply(m.weight, factor);
    m.m2 = dd_multiply(m.m2, factor);
    m.squares = dd_multiply(m.squares, dd_multiply(factor, factor));
    m.exponent = 0;
    return m;
}

/* ---- pairs of columns ---- */

struct dd moments_cross(const double *x, const double *y, const double *w, size_t n, const struct moments *mx,
                        const struct moments *my)
{
    double shift_x = mx->mean.high, shift_y = my->mean.high;
    /* The shifts differ from the means by the low parts of these; the deviations from a shift therefore sum to
     * weight times the low part. */
    struct dd miss = dd_multiply(dd_multiply(dd_of(mx->mean.low), dd_of(my->mean.low)), mx->weight);
    struct dd products = {0, 0};
    if (w == NULL)
        products = deviations_of(x, shift_x, y, shift_y, n).products;
    double unit = ldexp(1, -mx->exponent);
    for (size_t i = 0; w != NULL && i < n; i++) {
        struct dd dx = dd_two_sum(x[i], -shift_x), dy = dd_two_sum(y[i], -shift_y);
        products = dd_add(products, dd_multiply(dd_multiply(dx, dd_of(w[i] * unit)), dy));
    }
    return dd_subtract(products, miss);
}

struct dd moments_merge_cross(struct dd a, const struct moments *ax, const struct moments *ay, struct dd b,
                              const struct moments *bx, const struct moments *by)
{
    if (ax->weight.high == 0 || bx->weight.high == 0)
        return ax->weight.high == 0 ? b : a;
    int exponent = larger_exponent(ax, bx);
    struct dd wa = shifted(ax->weight, ax->exponent - exponent), wb = shifted(bx->weight, bx->exponent - exponent);
    struct dd dx = dd_subtract(bx->mean, ax->mean), dy = dd_subtract(by->mean, ay->mean);
    struct dd share = dd_divide(wb, dd_add(wa, wb));
    struct dd between = dd_multiply(dd_multiply(dx, dy), dd_multiply(wa, share));
    a = shifted(a, ax->exponent - exponent);
    b = shifted(b, bx->exponent - exponent);
    return dd_add(dd_add(a, b), between);
}
