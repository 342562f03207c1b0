/* Operations on vectors: sums in four lanes whatever the width of the registers, combined in a fixed order, so
 * that every instruction set gives the same bits (VERSIONS). */
#include "math/dense.h"

#include "base/versions.h"

#include <math.h>

typedef double vec __attribute__((vector_size(32), aligned(8), may_alias));
enum { LANES = 4 };

/* Four vectors of sums let additions overlap; they are combined in a fixed order. */
VERSIONS_LOOP void dot_loop(size_t n, const double *a, const double *b, double *out)
{
    vec s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
    size_t j = 0;
    for (; j + 4 * LANES <= n; j += 4 * LANES) {
        s0 += *(const vec *)(a + j) * *(const vec *)(b + j);
        s1 += *(const vec *)(a + j + LANES) * *(const vec *)(b + j + LANES);
        s2 += *(const vec *)(a + j + 2 * LANES) * *(const vec *)(b + j + 2 * LANES);
        s3 += *(const vec *)(a + j + 3 * LANES) * *(const vec *)(b + j + 3 * LANES);
    }
    for (; j + LANES <= n; j += LANES)
        s0 += *(const vec *)(a + j) * *(const vec *)(b + j);
    vec s = (s0 + s1) + (s2 + s3);
    double sum = (s[0] + s[1]) + (s[2] + s[3]);
    for (; j < n; j++)
        sum += a[j] * b[j];
    *out = sum;
}

VERSIONS(static, dot, (size_t n, const double *a, const double *b, double *out), (n, a, b, out))

double dense_dot(size_t n, const double *a, const double *b)
{
    double sum;
    dot(n, a, b, &sum);
    return sum;
}

VERSIONS_LOOP void sum_loop(size_t n, const double *a, double *out)
{
    vec s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
    size_t j = 0;
    for (; j + 4 * LANES <= n; j += 4 * LANES) {
        s0 += *(const vec *)(a + j);
        s1 += *(const vec *)(a + j + LANES);
        s2 += *(const vec *)(a + j + 2 * LANES);
        s3 += *(const vec *)(a + j + 3 * LANES);
    }
    for (; j + LANES <= n; j += LANES)
        s0 += *(const vec *)(a + j);
    vec s = (s0 + s1) + (s2 + s3);
    double sum = (s[0] + s[1]) + (s[2] + s[3]);
    for (; j < n; j++)
        sum += a[j];
    *out = sum;
}

VERSIONS(static, sum, (size_t n, const double *a, double *out), (n, a, out))

double dense_sum(size_t n, const double *a)
{
    double total;
    sum(n, a, &total);
    return total;
}

double dense_norm_max(size_t n, const double *a)
{
    double norm = 0;
    for (size_t i = 0; i < n; i++)
        if (!(fabs(a[i]) <= norm))
            norm = fabs(a[i]);
    return norm;
}

VERSIONS_LOOP void dense_add_loop(size_t n, double factor, const double *a, double *b)
{
    size_t j = 0;
    for (; j + LANES <= n; j += LANES)
        *(vec *)(b + j) += factor * *(const vec *)(a + j);
    for (; j < n; j++)
        b[j] += factor * a[j];
}

VERSIONS(, dense_add, (size_t n, double factor, const double *a, double *b), (n, factor, a, b))

VERSIONS_LOOP void dense_standardize_loop(size_t rows, size_t n, const double *center, const double *scale, double *a,
                                          size_t ld)
{
    for (size_t r = 0; r < rows; r++, a += ld) {
        size_t j = 0;
        for (; j + LANES <= n; j += LANES)
            *(vec *)(a + j) = (*(const vec *)(a + j) - *(const vec *)(center + j)) / *(const vec *)(scale + j);
        for (; j < n; j++)
            a[j] = (a[j] - center[j]) / scale[j];
    }
}

VERSIONS(, dense_standardize, (size_t rows, size_t n, const double *center, const double *scale, double *a, size_t ld),
         (rows, n, center, scale, a, ld))

VERSIONS_LOOP void dense_scale_loop(size_t n, double factor, const double *x, double *scaled)
{
    size_t j = 0;
    for (; j + LANES <= n; j += LANES)
        *(vec *)(scaled + j) = factor * *(const vec *)(x + j);
    for (; j < n; j++)
        scaled[j] = factor * x[j];
}

VERSIONS(, dense_scale, (size_t n, double factor, const double *x, double *scaled), (n, factor, x, scaled))

VERSIONS_LOOP void dense_divide_loop(size_t n, double divisor, double *x)
{
    size_t j = 0;
    for (; j + LANES <= n; j += LANES)
        *(vec *)(x + j) /= divisor;
    for (; j < n; j++)
        x[j] /= divisor;
}

VERSIONS(, dense_divide, (size_t n, double divisor, double *x), (n, divisor, x))

VERSIONS_LOOP void dense_shift_loop(size_t n, double shift, const double *x, double *shifted)
{
    size_t j = 0;
    for (; j + LANES <= n; j += LANES)
        *(vec *)(shifted + j) = *(const vec *)(x + j) - shift;
    for (; j < n; j++)
        shifted[j] = x[j] - shift;
}

VERSIONS(, dense_shift, (size_t n, double shift, const double *x, double *shifted), (n, shift, x, shifted))
