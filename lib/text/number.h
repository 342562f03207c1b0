#ifndef LIKELY_TEXT_NUMBER_H
#define LIKELY_TEXT_NUMBER_H

#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decimal text <-> double, independent of the locale.
 *
 * A number is [+-] digits [. digits] [e|E [+-] digits], with at least one digit before or behind the point,
 * or [+-] "inf" | "infinity" in any case. Not numbers: hexadecimal, "nan", blanks around it, "1_000", "".
 * Reading rounds correctly (to nearest, ties to even) for any count of digits; overflow reads as inf,
 * underflow as 0. */

/* True when the WHOLE slice is a number; *value is set then and untouched otherwise. */
bool number_parse(struct slice text, double *value);

/* digits * 10^exponent, correctly rounded. */
double number_scale(uint64_t digits, int exponent);

/* Many numbers at once, by the widest instructions the processor has: field i is text[begin[i * stride] ..
 * end[i * stride]), its value goes to out[i * out_stride], and 64 bytes on either side of a field may be
 * read. Returns how many were read before the first that is not a number, n if all are. */
size_t number_parse_batch(const char *text, const uint32_t *begin, const uint32_t *end, size_t n, size_t stride,
                          double *out, size_t out_stride);

/* The instruction sets to choose from, for tests: 0 is the portable one; returns how many there are here. */
size_t number_variants(void);
void number_use_variant(size_t variant);

/* Writes the shortest decimal that reads back to the same double (of several, the closest to it), without a NUL, and
 * returns its length. Fixed notation for 1e-5 <= |x| < 1e17 ("0.00012", "12000"), else "1.5e-7", "1e300";
 * "0", "-0", "inf", "-inf", "nan". What stands in out behind that is not kept. */
enum { NUMBER_MAX = 48 };
size_t number_write(char out[NUMBER_MAX], double value);

/* The same notation with at most `digits` significant digits (1..17), correctly rounded, trailing zeros dropped. */
size_t number_write_digits(char out[NUMBER_MAX], double value, int digits);

#endif
