#ifndef LIKELY_MATH_NARROW_H
#define LIKELY_MATH_NARROW_H

#include <stddef.h>

/* n numbers, rounded to single precision and back. */
void narrow_to_float(size_t n, const double *from, float *to);
void narrow_to_double(size_t n, const float *from, double *to);
void narrow_add_to_double(size_t n, const float *from, double *to); /* to += from */

#endif
