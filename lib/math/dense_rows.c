/* Products of matrices of many rows and few columns: the shapes of regressions.
 *
 * - dense_apply, dense_apply_transposed: matrix times vector, four rows at a time, which share the loads and
 *   stores of the vector.
 * - dense_multiply_nt: tiles of 4 x 2 dot products, in vectors of eight sums.
 * - dense_multiply_tn_add: tiles of 2 rows x 32 columns, kept in registers over all n rows.
 * - dense_gram_add: A' D A in panels of 16 columns by product_double; rows are taken in blocks of 16 KB, which
 *   stay in the first-level cache.
 *
 * The same bits for every instruction set: vectors have four or eight lanes whatever the registers are, the
 * compiler splits or joins them (VERSIONS); lanes are summed in one order; products and sums are not fused
 * (-ffp-contract=off), except in product_double, where all of them are. One thread; only dense_gram_add
 * allocates, one block of scaled rows. */
#include "math/dense.h"

#include "base/mem.h"
#include "base/versions.h"
#include "math/product.h"

#include <stdlib.h>

typedef double vec __attribute__((vector_size(32), aligned(8), may_alias));
enum { LANES = 4 };
typedef double wide __attribute__((vector_size(64), aligned(8), may_alias));
enum { WIDE = 8 };

/* out[i] = the sum of the lanes of the i-th vector, in the same order for all. */
static inline __attribute__((always_inline)) void wide_store_sums(const wide *s0, const wide *s1, const wide *s2,
                                                                  const wide *s3, double out[4])
{
    const wide *s[] = {s0, s1, s2, s3};
    for (size_t i = 0; i < 4; i++) {
        wide x = *s[i];
        out[i] = ((x[0] + x[1]) + (x[2] + x[3])) + ((x[4] + x[5]) + (x[6] + x[7]));
    }
}

/* Dot products of one row with four others, which share its loads. */
VERSIONS static void dot_four(size_t n, const double *a, const double *b, size_t ldb, double *out)
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
VERSIONS static void add_four(size_t n, const double *f, size_t step, const double *a, size_t ld, double *y)
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

/* Dot products of four rows of A with two of B over n columns: c[4 * column + row]. */
VERSIONS static void dots_tile(size_t n, const double *const a[4], const double *const b[2], double c[8])
{
    const double *a0 = a[0], *a1 = a[1], *a2 = a[2], *a3 = a[3], *b0 = b[0], *b1 = b[1];
    wide s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0}, t0 = {0}, t1 = {0}, t2 = {0}, t3 = {0};
    size_t j = 0;
    for (; j + WIDE <= n; j += WIDE) {
        wide x = *(const wide *)(b0 + j), y = *(const wide *)(b1 + j);
        wide z0 = *(const wide *)(a0 + j), z1 = *(const wide *)(a1 + j);
        wide z2 = *(const wide *)(a2 + j), z3 = *(const wide *)(a3 + j);
        s0 += z0 * x;
        t0 += z0 * y;
        s1 += z1 * x;
        t1 += z1 * y;
        s2 += z2 * x;
        t2 += z2 * y;
        s3 += z3 * x;
        t3 += z3 * y;
    }
    wide_store_sums(&s0, &s1, &s2, &s3, c);
    wide_store_sums(&t0, &t1, &t2, &t3, c + 4);
    for (; j < n; j++) {
        for (size_t i = 0; i < 4; i++) {
            c[i] += a[i][j] * b0[j];
            c[4 + i] += a[i][j] * b1[j];
        }
    }
}

void dense_multiply_nt(size_t rows, size_t columns, size_t n, const double *a, size_t lda, const double *b, size_t ldb,
                       double *c, size_t ldc)
{
    for (size_t r = 0; r < rows; r += 4) {
        const double *row[4], *column[2];
        size_t some = rows - r < 4 ? rows - r : 4; /* at the edges the last row or column is computed again */
        for (size_t i = 0; i < 4; i++)
            row[i] = a + (i < some ? r + i : rows - 1) * lda;
        for (size_t k = 0; k < columns; k += 2) {
            double tile[8];
            column[0] = b + k * ldb;
            column[1] = k + 1 < columns ? column[0] + ldb : column[0];
            dots_tile(n, row, column, tile);
            for (size_t i = 0; i < some; i++) {
                c[(r + i) * ldc + k] = tile[i];
                if (k + 1 < columns)
                    c[(r + i) * ldc + k + 1] = tile[4 + i];
            }
        }
    }
}

/* Adds to two rows of C, at 32 columns, the sums over n rows of a column of A (a0, a1) times B; the eight
 * vectors of sums stay in registers. */
VERSIONS static void outer_tile(size_t n, const double *a0, const double *a1, size_t lda, const double *b, size_t ldb,
                                double *c0, double *c1)
{
    wide s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0}, t0 = {0}, t1 = {0}, t2 = {0}, t3 = {0};
    for (size_t r = 0; r < n; r++) {
        const wide *x = (const wide *)(b + r * ldb);
        double f = a0[r * lda], g = a1[r * lda];
        s0 += f * x[0];
        s1 += f * x[1];
        s2 += f * x[2];
        s3 += f * x[3];
        t0 += g * x[0];
        t1 += g * x[1];
        t2 += g * x[2];
        t3 += g * x[3];
    }
    wide *p = (wide *)c0, *q = (wide *)c1;
    p[0] += s0;
    p[1] += s1;
    p[2] += s2;
    p[3] += s3;
    q[0] += t0;
    q[1] += t1;
    q[2] += t2;
    q[3] += t3;
}

/* As outer_tile, at fewer than 32 columns. */
VERSIONS static void outer_edge(size_t columns, size_t n, const double *a0, const double *a1, size_t lda,
                                const double *b, size_t ldb, double *c0, double *c1)
{
    size_t j = 0;
    for (; j + WIDE <= columns; j += WIDE) {
        wide s = {0}, t = {0};
        for (size_t r = 0; r < n; r++) {
            wide x = *(const wide *)(b + r * ldb + j);
            s += a0[r * lda] * x;
            t += a1[r * lda] * x;
        }
        *(wide *)(c0 + j) += s;
        *(wide *)(c1 + j) += t;
    }
    for (; j < columns; j++) {
        double s = 0, t = 0;
        for (size_t r = 0; r < n; r++) {
            s += a0[r * lda] * b[r * ldb + j];
            t += a1[r * lda] * b[r * ldb + j];
        }
        c0[j] += s;
        c1[j] += t;
    }
}

/* B is taken 32 columns at a time, which stay in cache for all rows of C. */
void dense_multiply_tn_add(size_t rows, size_t columns, size_t n, const double *a, size_t lda, const double *b,
                           size_t ldb, double *c, size_t ldc)
{
    enum { TILE = 4 * WIDE };
    double spare[TILE] = {0}; /* takes the sums of the second row where the last row has no partner */
    for (size_t j = 0; j < columns; j += TILE) {
        size_t some = columns - j < TILE ? columns - j : TILE;
        for (size_t r = 0; r < rows; r += 2) {
            bool pair = r + 1 < rows;
            const double *a0 = a + r, *a1 = pair ? a0 + 1 : a0;
            double *c0 = c + r * ldc + j, *c1 = pair ? c0 + ldc : spare;
            if (some == TILE)
                outer_tile(n, a0, a1, lda, b + j, ldb, c0, c1);
            else
                outer_edge(some, n, a0, a1, lda, b + j, ldb, c0, c1);
        }
    }
}

/* H is computed in panels of 16 columns, below the diagonal, for as many rows of A at a time as stay in the
 * first-level cache. */
void dense_gram_add(size_t rows, size_t n, const double *factor, const double *a, size_t lda, double *h, size_t ldh)
{
    enum { NUMBERS = 2048, LEAST = 16, PANEL = 16 };
    size_t some = NUMBERS / n > LEAST ? NUMBERS / n : LEAST;
    double *scaled = factor != NULL ? mem_alloc(some, n * sizeof *scaled) : NULL;
    for (size_t first = 0; first < rows; first += some) {
        size_t count = rows - first < some ? rows - first : some;
        const double *b = a + first * lda, *left = factor != NULL ? scaled : b;
        size_t ld = factor != NULL ? n : lda;
        for (size_t r = 0; factor != NULL && r < count; r++)
            dense_scale(n, factor[first + r], b + r * lda, scaled + r * n);
        for (size_t j = 0; j < n; j += PANEL) {
            struct product panel = {.rows = n - j,
                                    .columns = n - j < PANEL ? n - j : PANEL,
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
