#ifndef LIKELY_MATH_TSQR_H
#define LIKELY_MATH_TSQR_H

#include <stddef.h>

/* The triangular factor of a tall matrix that arrives in pieces: R with R'R = A'A, A never being kept and A'A
 * never being formed. Rows are folded in by Householder reflections of [R; rows] (Golub and Van Loan, Matrix
 * Computations, 4th ed., 5.2 and 6.5.3); factors of parts of A are merged in the same way, which is the
 * tall-skinny QR of Demmel, Grigori, Hoemmen and Langou, SIAM J. Sci. Comput. 34 (2012), A206. A fold costs 2
 * rows n^2 operations. */

/* R: n x n, row-major, upper triangle; start with zeros. a: rows x n, column j at a + j * ld, contiguous; it
 * is overwritten. */
void tsqr_fold(size_t n, double *r, size_t rows, double *a, size_t ld);

/* R := the factor of [R; other]; other is n x n upper triangular and is overwritten. */
void tsqr_merge(size_t n, double *r, double *other);

/* x (n): solves R[0..n)[0..n) x = b for the leading n x n triangle of an R with row length ld. Diagonal
 * entries are not 0. */
void tsqr_solve(size_t n, const double *r, size_t ld, const double *b, size_t b_step, double *x);

/* The inverse of the leading n x n triangle: n x n, row-major, zeros below the diagonal. */
void tsqr_inverse(size_t n, const double *r, size_t ld, double *inverse);

#endif
