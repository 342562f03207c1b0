#ifndef LIKELY_MATH_TSQR_H
#define LIKELY_MATH_TSQR_H

#include <stddef.h>

/* The triangular factor R of a tall matrix A that arrives in pieces: R'R = A'A, but A is not kept and A'A is
 * never formed, which would square the condition number. Rows are folded in by Householder reflections of [R;
 * rows] (Golub and Van Loan, Matrix Computations, 4th ed., 5.2 and 6.5.3); factors of parts of A are merged in
 * the same way: the tall-skinny QR of Demmel, Grigori, Hoemmen and Langou, SIAM J. Sci. Comput. 34 (2012), A206.
 * A fold costs 2 rows n^2 operations. */

/* R := the factor of [R; a]. R: n x n, row-major, upper triangle; zeros at first. a: rows x n, stored by
 * columns, column j at a + j * ld; it is overwritten. */
void tsqr_fold(size_t n, double *r, size_t rows, double *a, size_t ld);

/* R := the factor of [R; other]; other: n x n, row-major, upper triangular; it is overwritten. */
void tsqr_merge(size_t n, double *r, double *other);

/* Solves R[0..n)[0..n) x = b, the leading n x n triangle of an R with rows ld apart; b[i * b_step], x: n. The
 * diagonal entries must not be 0. */
void tsqr_solve(size_t n, const double *r, size_t ld, const double *b, size_t b_step, double *x);

/* The inverse of the leading n x n triangle: n x n, row-major, zeros below the diagonal. */
void tsqr_inverse(size_t n, const double *r, size_t ld, double *inverse);

#endif
