/* Unsigned integers of up to BIGNUM_LIMBS limbs of 32 bits, on the stack: just enough arithmetic to compare a
 * decimal with the point half-way between two doubles (number.c). Everything is schoolbook multiplication by one
 * limb; it runs only for the rare numbers that 19 digits do not decide. */
#include "text/bignum.h"

void bignum_set(struct bignum *b, uint64_t value)
{
    b->n = 0;
    for (; value > 0; value >>= 32)
        b->limb[b->n++] = (uint32_t)value;
}

/* b = b * factor + term */
static void multiply_add(struct bignum *b, uint32_t factor, uint32_t term)
{
    uint64_t carry = term;
    for (unsigned i = 0; i < b->n; i++) {
        carry += (uint64_t)b->limb[i] * factor;
        b->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry > 0 && b->n < BIGNUM_LIMBS)
        b->limb[b->n++] = (uint32_t)carry;
}

void bignum_set_digits(struct bignum *b, struct slice text, int *exponent)
{
    bignum_set(b, 0);
    int kept = 0, left_out = 0;
    bool more = false;
    for (size_t i = 0; i < text.n; i++) {
        unsigned digit = (unsigned char)text.p[i] - (unsigned)'0';
        if (digit > 9)
            continue;
        if (kept < BIGNUM_DIGITS) {
            multiply_add(b, 10, digit);
            kept++;
        } else {
            left_out++;
            more |= digit != 0;
        }
    }
    if (left_out > 0) {
        multiply_add(b, 10, more);
        *exponent += left_out - 1;
    }
}

void bignum_multiply_power(struct bignum *b, uint32_t base, int exponent)
{
    uint64_t chunk = base;
    int per_chunk = 1;
    for (; chunk * base <= UINT32_MAX; per_chunk++)
        chunk *= base;
    for (; exponent >= per_chunk; exponent -= per_chunk)
        multiply_add(b, (uint32_t)chunk, 0);
    for (; exponent > 0; exponent--)
        multiply_add(b, base, 0);
}

void bignum_shift(struct bignum *b, int bits)
{
    unsigned limbs = (unsigned)bits / 32;
    multiply_add(b, (uint32_t)1 << (bits % 32), 0);
    if (limbs == 0 || b->n + limbs > BIGNUM_LIMBS)
        return;
    memmove(b->limb + limbs, b->limb, b->n * sizeof b->limb[0]);
    memset(b->limb, 0, limbs * sizeof b->limb[0]);
    b->n += limbs;
}

int bignum_compare(const struct bignum *a, const struct bignum *b)
{
    if (a->n != b->n)
        return a->n < b->n ? -1 : 1;
    for (unsigned i = a->n; i-- > 0;)
        if (a->limb[i] != b->limb[i])
            return a->limb[i] < b->limb[i] ? -1 : 1;
    return 0;
}
