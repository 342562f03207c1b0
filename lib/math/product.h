#ifndef LIKELY_MATH_PRODUCT_H
#define LIKELY_MATH_PRODUCT_H

#include <stddef.h>

/* C += A B in double or in single precision; A: rows x n, B: n x columns, C: rows x columns. Element (i, k) of A
 * is a[i * a_row + k * a_column] and element (k, j) of B is b[k * b_row + j * b_column], so that either may be
 * transposed; C is row-major with rows c_row apart.
 *
 * Every element of C is a chain of fused multiply-adds in the order of k: its bits depend neither on the
 * instruction set nor on how rows and columns are split into calls. May be called from several threads at once. */
struct product {
    size_t rows, columns, n;
    size_t a_row, a_column, b_row, b_column, c_row;
};

void product_double(const struct product *shape, const double *a, const double *b, double *c);
void product_float(const struct product *shape, const float *a, const float *b, float *c);

#endif
