#ifndef LIKELY_FIT_LINEAR_LASSO_H
#define LIKELY_FIT_LINEAR_LASSO_H

#include <stdbool.h>
#include <stddef.h>

/* Minimises |b - A x|^2 / 2 + sum of lambda[j] |x[j]| for a small dense A, such as a triangular factor, until the
 * conditions of optimality
 *
 *     a_j'(b - A x) = lambda[j] sign(x[j]) where x[j] is not 0, |a_j'(b - A x)| <= lambda[j] where it is,
 *
 * are met to 1e-12 of |a_j| |b|; zeros are exact. Where that takes too long, the sum may be up to `enough` above the
 * minimum, by the duality gap (S.-J. Kim et al., IEEE J. Sel. Top. Signal Process. 1 (2007), eq. 14). False: it may be
 * more.
 *
 * a: rows x n, column j at a + j * rows. x: n, the start (0 will do) and the result; 0 for columns of zeros. */
bool lasso_solve(size_t rows, size_t n, const double *a, const double *b, const double *lambda, double enough,
                 double *x);

#endif
