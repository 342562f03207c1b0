#ifndef LIKELY_MATH_DENSE_H
#define LIKELY_MATH_DENSE_H

#include <stdbool.h>
#include <stddef.h>

/* Dense linear algebra by shape, with the same bits whatever the instruction set; may be called from several
 * threads at once. All matrices are row-major; "ld" is the distance between rows. Symmetric matrices are n x
 * n with ld = n. */

double dense_dot(size_t n, const double *a, const double *b);
double dense_norm_max(size_t n, const double *a);                    /* largest magnitude; NaN if any is NaN */
void dense_add(size_t n, double factor, const double *a, double *b); /* b += factor a */

/* Each a[j] = (a[j] - center[j]) / scale[j], A: rows x n. */
void dense_standardize(size_t rows, size_t n, const double *center, const double *scale, double *a, size_t ld);
/* scaled = factor x, n numbers each, which may be in the same place */
void dense_scale(size_t n, double factor, const double *x, double *scaled);

/* y = A x, A: rows x n. */
void dense_apply(size_t rows, size_t n, const double *a, size_t ld, const double *x, double *y);
/* y += A' x */
void dense_apply_transposed(size_t rows, size_t n, const double *a, size_t ld, const double *x, double *y);

/* C = A B', A: rows x n, B: columns x n, C: rows x columns. */
void dense_multiply_nt(size_t rows, size_t columns, size_t n, const double *a, size_t lda, const double *b, size_t ldb,
                       double *c, size_t ldc);
/* C += A' B, A: n x rows, B: n x columns, C: rows x columns. */
void dense_multiply_tn_add(size_t rows, size_t columns, size_t n, const double *a, size_t lda, const double *b,
                           size_t ldb, double *c, size_t ldc);

/* Lower triangle of H (n x n) += sum of factor[r] a a' over the rows a of A (rows x n); factor NULL = 1. What
 * is above the diagonal is undefined afterwards. */
void dense_gram_add(size_t rows, size_t n, const double *factor, const double *a, size_t lda, double *h, size_t ldh);
/* Copies the lower triangle onto the upper one. */
void dense_mirror(size_t n, double *h);

/* The lower factor L of A = L L' in place of A's lower triangle, what is above it being undefined afterwards;
 * false, leaving rubbish, where A is not positive definite. */
bool dense_cholesky(size_t n, double *a);
/* Solves L L' x = b in place of b. */
void dense_cholesky_solve(size_t n, const double *l, double *b);
/* The whole inverse of L L' in place of L. */
void dense_cholesky_inverse(size_t n, double *l);

/* The inverse of a square matrix in its place, by elimination with row exchanges; false, leaving rubbish,
 * where it is singular. */
bool dense_inverse(size_t n, double *a);

#endif
