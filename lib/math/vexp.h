#ifndef LIKELY_MATH_VEXP_H
#define LIKELY_MATH_VEXP_H

#include <stddef.h>

/* Exponential and logarithm of many numbers at once, within 1 and 2 ulp. A result has the same bits wherever the
 * number stands in the array and on every processor, unlike those of C libraries. y may be x. */

/* y[i] = e^x[i]; overflow gives inf, underflow subnormal numbers and then 0; NaN gives NaN. */
void vexp_exp(size_t n, const double *x, double *y);

/* y[i] = log(1 + x[i]) for 0 <= x[i] <= 1, the range of e^-|score|. NaN gives NaN. */
void vexp_log1p(size_t n, const double *x, double *y);

#endif
