#ifndef LIKELY_TEXT_BIGNUM_H
#define LIKELY_TEXT_BIGNUM_H

#include "base/slice.h"

#include <stdint.h>

/* Integers large enough to compare any decimal number with a point between two doubles: 770 digits, times a
 * power of ten beyond 10^1100, in 5120 bits. */
enum { BIGNUM_LIMBS = 160, BIGNUM_DIGITS = 770 };

struct bignum {
    uint32_t limb[BIGNUM_LIMBS]; /* the least significant first */
    unsigned n;                  /* how many count; the highest is not 0 */
};

void bignum_set(struct bignum *b, uint64_t value);

/* The integer that the digits of text are, other bytes between them being skipped. Of more than BIGNUM_DIGITS
 * the last one kept stands for all that follow, never rounding to a tie, and *exponent grows by the count of
 * those left out. */
void bignum_set_digits(struct bignum *b, struct slice text, int *exponent);

void bignum_multiply_power(struct bignum *b, uint32_t base, int exponent); /* b * base^exponent, exponent >= 0 */
void bignum_shift(struct bignum *b, int bits);                             /* b * 2^bits, bits >= 0 */
int bignum_compare(const struct bignum *a, const struct bignum *b);        /* < 0, 0, > 0 */

#endif
