#ifndef LIKELY_MATH_C_SPECIAL_H
#define LIKELY_MATH_C_SPECIAL_H

#include "text/c_text.h"

#include <stddef.h>

/* Append functions of math/special.h as C99 statements that need <math.h>: to[0 .. n) is computed from from[0 ..
 * n), where both name arrays of double. */

void c_special_sigmoid(struct c_text *text, size_t n, const char *from, const char *to);

/* `to` may be `from`. */
void c_special_softmax(struct c_text *text, size_t n, const char *from, const char *to);

/* Appends the definition of a double named `greatest`, the greatest of from[0 .. n). */
void c_special_greatest(struct c_text *text, size_t n, const char *from);

#endif
