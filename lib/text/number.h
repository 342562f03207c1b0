#ifndef LIKELY_TEXT_NUMBER_H
#define LIKELY_TEXT_NUMBER_H

#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decimal text to double and back, independent of the locale.
 *
 * A number is [+-] digits [. digits] [e|E [+-] digits], with at least one digit before or behind the point, or
 * [+-] "inf" | "infinity" in upper or lower case. These are not numbers: hexadecimal, "nan", "1_000", "", and
 * numbers with blanks around them. Reading rounds correctly (to nearest, ties to even) for any number of digits;
 * overflow reads as inf, underflow as 0. */

/* Returns true if the whole slice is a number, and sets *value; otherwise *value is unchanged. */
bool number_parse(struct slice text, double *value);

/* digits * 10^exponent, correctly rounded. */
double number_scale(uint64_t digits, int exponent);

/* Reads many numbers at once, by the widest instructions of the processor: field i is text[begin[i * stride] ..
 * end[i * stride]), and its value goes to out[i * out_stride]. The 64 bytes before and behind each field must be
 * readable. Returns the index of the first field that is not a number, n if all are; the fields before it are
 * read. */
size_t number_parse_batch(const char *text, const uint32_t *begin, const uint32_t *end, size_t n, size_t stride,
                          double *out, size_t out_stride);

/* Writes the shortest decimal that reads back to the same double (of several, the closest to it), without a NUL,
 * and returns its length. Fixed notation for 1e-5 <= |x| < 1e17 ("0.00012", "12000"), else "1.5e-7", "1e300";
 * "0", "-0", "inf", "-inf", "nan". The bytes of out behind the number are overwritten. */
enum { NUMBER_MAX = 48 };
size_t number_write(char out[NUMBER_MAX], double value);

/* As number_write, with at most `digits` (1..17) significant digits, correctly rounded; trailing zeros are
 * dropped. */
size_t number_write_digits(char out[NUMBER_MAX], double value, int digits);

#endif
