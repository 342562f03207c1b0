#ifndef LIKELY_MATH_VEXP_H
#define LIKELY_MATH_VEXP_H

#include <stddef.h>

/* Exponential and logarithm of many numbers at once, within 1 and 2 ulp. A number's result has the same bits
 * wherever it stands in the array and on every processor, which those of a mathematical library need not
 * have. y may be x. */

/* y[i] = e^x[i]; overflow gives inf, underflow subnormal numbers and 0, NaN stays. */
void vexp_exp(size_t n, const double *x, double *y);

/* y[i] = log(1 + x[i]) for 0 <= x[i] <= 1: what e^-|score| needs. NaN stays. */
void vexp_log1p(size_t n, const double *x, double *y);

#endif
