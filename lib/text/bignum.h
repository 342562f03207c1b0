#ifndef LIKELY_TEXT_BIGNUM_H
#define LIKELY_TEXT_BIGNUM_H

#include "base/slice.h"

#include <stdint.h>

/* Integers of up to 5120 bits, large enough to compare any decimal number with the point half-way between two
 * doubles. Such a point has at most 768 significant digits, so that 770 digits of the number decide; scaled to
 * integers, both have less than 2700 bits. */
enum { BIGNUM_LIMBS = 160, BIGNUM_DIGITS = 770 };

struct bignum {
    uint32_t limb[BIGNUM_LIMBS]; /* the least significant first */
    unsigned n;                  /* limbs in use; the highest of them is not 0 */
};

void bignum_set(struct bignum *b, uint64_t value);

/* Sets b to the integer written by the digits of text; other bytes between them are skipped. After BIGNUM_DIGITS
 * digits one more stands for all that follow: 1 if any of them is not 0, so that a comparison never takes the
 * number for a tie. *exponent grows by the number of digits left out. */
void bignum_set_digits(struct bignum *b, struct slice text, int *exponent);

void bignum_multiply_power(struct bignum *b, uint32_t base, int exponent); /* b * base^exponent, exponent >= 0 */
void bignum_shift(struct bignum *b, int bits);                             /* b * 2^bits, bits >= 0 */
int bignum_compare(const struct bignum *a, const struct bignum *b);        /* < 0, 0, > 0 */

#endif
