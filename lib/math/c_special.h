#ifndef LIKELY_MATH_C_SPECIAL_H
#define LIKELY_MATH_C_SPECIAL_H

#include "text/c_text.h"

#include <stddef.h>

/* Functions of math/special.h as C99 statements, with <math.h>: to[0 .. n) from from[0 .. n), both arrays of
 * double by name. */

void c_special_sigmoid(struct c_text *text, size_t n, const char *from, const char *to);

/* to may be from. */
void c_special_softmax(struct c_text *text, size_t n, const char *from, const char *to);

/* Defines a double of the name `greatest` that is the greatest of from[0 .. n). */
void c_special_greatest(struct c_text *text, size_t n, const char *from);

#endif
