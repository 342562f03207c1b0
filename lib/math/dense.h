#ifndef LIKELY_MATH_DENSE_H
#define LIKELY_MATH_DENSE_H

#include <stdbool.h>
#include <stddef.h>

/* Dense linear algebra by shape, with the same bits for every instruction set; functions may be called from
 * several threads at once. All matrices are row-major, and "ld" is the distance between rows. Symmetric matrices
 * are n x n with ld = n. A' is the transpose of A. */

double dense_dot(size_t n, const double *a, const double *b);
double dense_sum(size_t n, const double *a);
double dense_norm_max(size_t n, const double *a);                    /* largest magnitude; NaN if any is NaN */
void dense_add(size_t n, double factor, const double *a, double *b); /* b += factor a */

/* a[j] = (a[j] - center[j]) / scale[j] for each row of A: rows x n. */
void dense_standardize(size_t rows, size_t n, const double *center, const double *scale, double *a, size_t ld);
/* scaled = factor x, n numbers each; scaled may be x. */
void dense_scale(size_t n, double factor, const double *x, double *scaled);
/* shifted = x - shift, in the same way; x /= divisor. */
void dense_shift(size_t n, double shift, const double *x, double *shifted);
void dense_divide(size_t n, double divisor, double *x);

/* y = A x, A: rows x n, x: n, y: rows. */
void dense_apply(size_t rows, size_t n, const double *a, size_t ld, const double *x, double *y);
/* y += A' x, A: rows x n, x: rows, y: n. */
void dense_apply_transposed(size_t rows, size_t n, const double *a, size_t ld, const double *x, double *y);

/* C = A B', A: rows x n, B: columns x n, C: rows x columns. */
void dense_multiply_nt(size_t rows, size_t columns, size_t n, const double *a, size_t lda, const double *b, size_t ldb,
                       double *c, size_t ldc);
/* C += A' B, A: n x rows, B: n x columns, C: rows x columns. */
void dense_multiply_tn_add(size_t rows, size_t columns, size_t n, const double *a, size_t lda, const double *b,
                           size_t ldb, double *c, size_t ldc);

/* Lower triangle of H (n x n) += sum over the rows a of A (rows x n) of factor[r] a a'; factor NULL: all 1.
 * Entries above the diagonal are undefined afterwards. */
void dense_gram_add(size_t rows, size_t n, const double *factor, const double *a, size_t lda, double *h, size_t ldh);
/* Copies the lower triangle to the upper one. */
void dense_mirror(size_t n, double *h);

/* Replaces the lower triangle of A by the Cholesky factor L, A = L L'; entries above the diagonal are undefined
 * afterwards. Returns false, and leaves A undefined, if A is not positive definite. */
bool dense_cholesky(size_t n, double *a);
/* Solves L L' x = b; x replaces b. */
void dense_cholesky_solve(size_t n, const double *l, double *b);
/* Replaces L by the whole inverse of L L'. */
void dense_cholesky_inverse(size_t n, double *l);

/* Replaces a square matrix by its inverse, by elimination with row exchanges. Returns false, and leaves it
 * undefined, if it is singular. */
bool dense_inverse(size_t n, double *a);

#endif
