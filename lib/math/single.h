#ifndef LIKELY_MATH_SINGLE_H
#define LIKELY_MATH_SINGLE_H

#include <stddef.h>

/* Converts n numbers from double to single precision, and back. */
void single_from_double(size_t n, const double *from, float *to);
void single_to_double(size_t n, const float *from, double *to);
void single_add_to_double(size_t n, const float *from, double *to); /* to += from */

#endif
