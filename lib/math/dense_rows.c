/* Products of matrices of many rows and few columns: the shapes of regressions.
 *
 * - dense_apply, dense_apply_transposed: matrix times vector, four rows at a time, which share the loads and
 *   stores of the vector.
 * - dense_multiply_nt, dense_multiply_tn_add: by product_double; A' B with few columns of A, as matrix times vector.
 * - dense_gram_add: A' D A in panels of columns by product_double.
 *
 * The same bits for every instruction set (VERSIONS): vectors have four lanes whatever the registers are; lanes are
 * summed in one order; products and sums are not fused (-ffp-contract=off), except in product_double, where all of them
 * are. One thread; dense_gram_add allocates a block of scaled rows, product_double its blocks. */
#include "math/dense.h"

#include "base/mem.h"
#include "base/versions.h"
#include "math/product.h"

#include <stdlib.h>
#include <string.h>

typedef double vec __attribute__((vector_size(32), aligned(8), may_alias));
enum { LANES = 4 };
/* Dot products of one row with four others, which share its loads. */
VERSIONS_LOOP void dot_four_loop(size_t n, const double *a, const double *b, size_t ldb, double *out)
{
    const double *b1 = b + ldb, *b2 = b + 2 * ldb, *b3 = b + 3 * ldb;
    vec s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
    size_t j = 0;
    for (; j + LANES <= n; j += LANES) {
        vec x = *(const vec *)(a + j);
        s0 += x * *(const vec *)(b + j);
        s1 += x * *(const vec *)(b1 + j);
        s2 += x * *(const vec *)(b2 + j);
        s3 += x * *(const vec *)(b3 + j);
    }
    double t0 = s0[0] + s0[1] + (s0[2] + s0[3]), t1 = s1[0] + s1[1] + (s1[2] + s1[3]);
    double t2 = s2[0] + s2[1] + (s2[2] + s2[3]), t3 = s3[0] + s3[1] + (s3[2] + s3[3]);
    for (; j < n; j++) {
        t0 += a[j] * b[j];
        t1 += a[j] * b1[j];
        t2 += a[j] * b2[j];
        t3 += a[j] * b3[j];
    }
    out[0] = t0;
    out[1] = t1;
    out[2] = t2;
    out[3] = t3;
}

VERSIONS(static, dot_four, (size_t n, const double *a, const double *b, size_t ldb, double *out), (n, a, b, ldb, out))

static double dot_one(size_t n, const double *a, const double *b)
{
    vec s = {0};
    size_t j = 0;
    for (; j + LANES <= n; j += LANES)
        s += *(const vec *)(a + j) * *(const vec *)(b + j);
    double t = s[0] + s[1] + (s[2] + s[3]);
    for (; j < n; j++)
        t += a[j] * b[j];
    return t;
}

void dense_apply(size_t rows, size_t n, const double *a, size_t ld, const double *x, double *y)
{
    size_t r = 0;
    for (; r + 4 <= rows; r += 4)
        dot_four(n, x, a + r * ld, ld, y + r);
    for (; r < rows; r++)
        y[r] = dot_one(n, a + r * ld, x);
}

/* y[0..n) += the sum over 4 rows of factor f[row * step] times the row. */
VERSIONS_LOOP void add_four_loop(size_t n, const double *f, size_t step, const double *a, size_t ld, double *y)
{
    const double *a1 = a + ld, *a2 = a + 2 * ld, *a3 = a + 3 * ld;
    double f0 = f[0], f1 = f[step], f2 = f[2 * step], f3 = f[3 * step];
    size_t j = 0;
    for (; j + LANES <= n; j += LANES) {
        vec *to = (vec *)(y + j);
        *to += (f0 * *(const vec *)(a + j) + f1 * *(const vec *)(a1 + j)) +
               (f2 * *(const vec *)(a2 + j) + f3 * *(const vec *)(a3 + j));
    }
    for (; j < n; j++)
        y[j] += (f0 * a[j] + f1 * a1[j]) + (f2 * a2[j] + f3 * a3[j]);
}

VERSIONS(static, add_four, (size_t n, const double *f, size_t step, const double *a, size_t ld, double *y),
         (n, f, step, a, ld, y))

static void add_rows(size_t rows, size_t n, const double *f, size_t step, const double *a, size_t ld, double *y)
{
    size_t r = 0;
    for (; r + 4 <= rows; r += 4)
        add_four(n, f + r * step, step, a + r * ld, ld, y);
    for (; r < rows; r++)
        for (size_t j = 0; j < n; j++)
            y[j] += f[r * step] * a[r * ld + j];
}

void dense_apply_transposed(size_t rows, size_t n, const double *a, size_t ld, const double *x, double *y)
{
    add_rows(rows, n, x, 1, a, ld, y);
}

void dense_multiply_nt(size_t rows, size_t columns, size_t n, const double *a, size_t lda, const double *b, size_t ldb,
                       double *c, size_t ldc)
{
    struct product shape = {.rows = rows,
                            .columns = columns,
                            .n = n,
                            .a_row = lda,
                            .a_column = 1,
                            .b_row = 1,
                            .b_column = ldb,
                            .c_row = ldc};
    for (size_t r = 0; r < rows; r++)
        memset(c + r * ldc, 0, columns * sizeof *c);
    product_double(&shape, a, b, c);
}

void dense_multiply_tn_add(size_t rows, size_t columns, size_t n, const double *a, size_t lda, const double *b,
                           size_t ldb, double *c, size_t ldc)
{
    enum { FEW = 4 };
    struct product shape = {.rows = rows,
                            .columns = columns,
                            .n = n,
                            .a_row = 1,
                            .a_column = lda,
                            .b_row = ldb,
                            .b_column = 1,
                            .c_row = ldc};
    if (rows > FEW)
        product_double(&shape, a, b, c);
    else
        for (size_t r = 0; r < rows; r++)
            add_rows(n, columns, a + r, lda, b, ldb, c + r * ldc);
}

/* H is computed in panels below the diagonal: of 16 columns for as many rows of A at a time as stay in the first-level
 * cache, or, if A has many columns, of 128 columns for 256 rows, so that H is seldom read and written. */
void dense_gram_add(size_t rows, size_t n, const double *factor, const double *a, size_t lda, double *h, size_t ldh)
{
    enum { MANY = 128, CACHED = 2048, LEAST = 16, SOME = 256, PANEL = 16, WIDE_PANEL = 128 };
    size_t some = n >= MANY ? SOME : CACHED / n > LEAST ? CACHED / n : LEAST, width = n >= MANY ? WIDE_PANEL : PANEL;
    double *scaled = factor != NULL ? mem_alloc(some, n * sizeof *scaled) : NULL;
    for (size_t first = 0; first < rows; first += some) {
        size_t count = rows - first < some ? rows - first : some;
        const double *b = a + first * lda, *left = factor != NULL ? scaled : b;
        size_t ld = factor != NULL ? n : lda;
        for (size_t r = 0; factor != NULL && r < count; r++)
            dense_scale(n, factor[first + r], b + r * lda, scaled + r * n);
        for (size_t j = 0; j < n; j += width) {
            struct product panel = {.rows = n - j,
                                    .columns = n - j < width ? n - j : width,
                                    .n = count,
                                    .a_row = 1,
                                    .a_column = ld,
                                    .b_row = lda,
                                    .b_column = 1,
                                    .c_row = ldh};
            product_double(&panel, left + j, b + j, h + j * ldh + j);
        }
    }
    free(scaled);
}
