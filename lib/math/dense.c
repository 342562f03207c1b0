/* Factorisations and inverses of dense matrices, row-major, in blocks of 48 rows or columns so that nearly all
 * work is done by product_double (Golub and Van Loan, Matrix Computations, 4th ed., sections 4.2.9 and 3.1.4).
 *
 * - dense_cholesky: for each block of columns, subtract the product of the rows with the part already factored
 *   (left-looking), then factor the block itself (factor_block). n^3 / 3 operations.
 * - dense_cholesky_inverse: invert L block by block (invert_block), then multiply the transpose of the inverse
 *   by the inverse.
 * - dense_inverse: Gauss-Jordan elimination with partial pivoting, in place, 2 n^3 operations.
 *
 * Memory: a copy of one block (48 n doubles); for the Cholesky inverse also an n x n result. One thread; the
 * bits do not depend on the instruction set, because those of product_double do not. */
#include "math/dense.h"

#include "base/mem.h"
#include "math/product.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 48 };

static size_t block_end(size_t first, size_t n)
{
    return n - first < BLOCK ? n : first + BLOCK;
}

/* copy = -A[first..end)[0..columns), without gaps between rows. */
static void copy_negative(size_t n, const double *a, size_t first, size_t end, size_t columns, double *copy)
{
    for (size_t i = first; i < end; i++)
        dense_scale(columns, -1, a + i * n, copy + (i - first) * columns);
}

void dense_mirror(size_t n, double *h)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            h[j * n + i] = h[i * n + j];
}

/* Factors columns [first, end), from which the product with the columns to the left has been subtracted. */
static bool factor_block(size_t n, double *a, size_t first, size_t end)
{
    for (size_t i = first; i < n; i++) {
        double *row = a + i * n;
        for (size_t j = first; j < end && j <= i; j++) {
            double rest = row[j] - dense_dot(j - first, row + first, a + j * n + first);
            if (j < i)
                row[j] = rest / a[j * n + j];
            else if (rest > 0 && isfinite(rest))
                row[j] = sqrt(rest);
            else
                return false;
        }
    }
    return true;
}

bool dense_cholesky(size_t n, double *a)
{
    double *negative = mem_alloc(n, BLOCK * sizeof *negative);
    bool definite = true;
    for (size_t first = 0; first < n && definite; first += BLOCK) {
        size_t end = block_end(first, n);
        struct product left = {.rows = n - first,
                               .columns = end - first,
                               .n = first,
                               .a_row = n,
                               .a_column = 1,
                               .b_row = 1,
                               .b_column = first,
                               .c_row = n};
        copy_negative(n, a, first, end, first, negative);
        product_double(&left, a + first * n, negative, a + first * n + first);
        definite = factor_block(n, a, first, end);
    }
    free(negative);
    return definite;
}

void dense_cholesky_solve(size_t n, const double *l, double *b)
{
    for (size_t i = 0; i < n; i++)
        b[i] = (b[i] - dense_dot(i, l + i * n, b)) / l[i * n + i];
    for (size_t i = n; i-- > 0;) {
        b[i] /= l[i * n + i];
        dense_add(i, -b[i], l + i * n, b);
    }
}

/* Replaces rows [first, end) of L by those of its inverse; the rows above are done and have zeros right of the
 * diagonal. */
static void invert_block(size_t n, double *l, size_t first, size_t end, double *negative)
{
    double corner[BLOCK][BLOCK];
    struct product above = {.rows = end - first,
                            .columns = first,
                            .n = first,
                            .a_row = first,
                            .a_column = 1,
                            .b_row = n,
                            .b_column = 1,
                            .c_row = n};
    copy_negative(n, l, first, end, first, negative);
    for (size_t i = first; i < end; i++) {
        memcpy(corner[i - first], l + i * n + first, (end - first) * sizeof **corner);
        memset(l + i * n, 0, n * sizeof *l);
    }
    product_double(&above, negative, l, l + first * n);
    for (size_t i = first; i < end; i++) {
        double *row = l + i * n, *factor = corner[i - first], diagonal = factor[i - first];
        for (size_t k = first; k < i; k++)
            dense_add(k + 1, -factor[k - first], l + k * n, row);
        dense_scale(i, 1 / diagonal, row, row);
        row[i] = 1 / diagonal;
    }
}

void dense_cholesky_inverse(size_t n, double *l)
{
    double *negative = mem_alloc(n, BLOCK * sizeof *negative), *inverse = mem_zero(n * n, sizeof *inverse);
    for (size_t first = 0; first < n; first += BLOCK)
        invert_block(n, l, first, block_end(first, n), negative);
    for (size_t first = 0; first < n; first += BLOCK) {
        size_t end = block_end(first, n);
        struct product square = {.rows = end,
                                 .columns = end,
                                 .n = end - first,
                                 .a_row = 1,
                                 .a_column = n,
                                 .b_row = n,
                                 .b_column = 1,
                                 .c_row = n};
        product_double(&square, l + first * n, l + first * n, inverse);
    }
    memcpy(l, inverse, n * n * sizeof *l);
    free(negative);
    free(inverse);
}

static void swap_rows(size_t n, double *a, double *b)
{
    for (size_t j = 0; j < n; j++) {
        double x = a[j];
        a[j] = b[j];
        b[j] = x;
    }
}

/* The row with the largest entry of column k, from row k on. */
static size_t find_pivot(size_t n, const double *a, size_t k)
{
    size_t pivot = k;
    for (size_t i = k + 1; i < n; i++)
        if (fabs(a[i * n + k]) > fabs(a[pivot * n + k]))
            pivot = i;
    return pivot;
}

/* Columns of the inverse take the place of eliminated columns; row exchanges become exchanges of columns of the
 * inverse, done at the end in reverse order. */
bool dense_inverse(size_t n, double *a)
{
    size_t *pivots = mem_alloc(n, sizeof *pivots), done = 0;
    for (; done < n; done++) {
        size_t k = done, pivot = find_pivot(n, a, k);
        double *row = a + k * n, value = a[pivot * n + k];
        if (!(fabs(value) > 0 && isfinite(value)))
            break;
        pivots[k] = pivot;
        if (pivot != k)
            swap_rows(n, row, a + pivot * n);
        row[k] = 1;
        dense_scale(n, 1 / value, row, row);
        for (size_t i = 0; i < n; i++) {
            double factor = a[i * n + k];
            if (i == k || factor == 0)
                continue;
            a[i * n + k] = 0;
            dense_add(n, -factor, row, a + i * n);
        }
    }
    for (size_t k = n; done == n && k-- > 0;) {
        for (size_t i = 0; i < n && pivots[k] != k; i++) {
            double x = a[i * n + k];
            a[i * n + k] = a[i * n + pivots[k]];
            a[i * n + pivots[k]] = x;
        }
    }
    free(pivots);
    return done == n;
}
