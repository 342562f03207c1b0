#ifndef LIKELY_TEXT_SCALE_H
#define LIKELY_TEXT_SCALE_H

#include "text/powers.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* digits * 10^exponent to the nearest double: number_scale as an inline function, for loops over many numbers. */

__extension__ typedef unsigned __int128 uint128;

enum { MANTISSA_BITS = 52, EXPONENT_BIAS = 1023, EXPONENT_INFINITE = 2047 };

static inline double scale_bits(uint64_t mantissa, int exponent)
{
    uint64_t bits = mantissa | (uint64_t)exponent << MANTISSA_BITS;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The highest 128 bits, or nearly, of digits * 10^k, where digits has its highest bit set. */
static inline uint128 scale_product(uint64_t digits, int k)
{
    struct powers_entry p = powers_get(k);
    if (k < 0 && k >= -27) { /* rounded up, so that a quotient without remainder is recognised */
        p.low++;
        p.high += p.low == 0;
    }
    uint128 product = (uint128)digits * p.high;
    const uint64_t undecided = ~(uint64_t)0 >> (MANTISSA_BITS + 3);
    if (((uint64_t)(product >> 64) & undecided) == undecided)
        product += ((uint128)digits * p.low) >> 64;
    return product;
}

/* Lemire, Number Parsing at a Gigabyte per Second, Softw. Pract. Exper. 51 (2021), algorithm 1. Mushtak and
 * Lemire, Fast Number Parsing Without Fallback, Softw. Pract. Exper. 53 (2023), prove that the product is always
 * accurate enough. */
static inline double scale_to_double(uint64_t digits, int exponent)
{
    if (digits == 0 || exponent < POWERS_FIRST)
        return 0;
    if (exponent > 308)
        return INFINITY;
    int zeros = __builtin_clzll(digits);
    uint128 product = scale_product(digits << zeros, exponent);
    uint64_t high = (uint64_t)(product >> 64), low = (uint64_t)product;
    int top = (int)(high >> 63), shift = top + 64 - MANTISSA_BITS - 3;
    uint64_t mantissa = high >> shift;
    int binary = ((217706 * exponent) >> 16) + 63 + top - zeros + EXPONENT_BIAS;
    if (binary <= 0) { /* subnormal, or 0 */
        if (binary <= -63)
            return 0;
        mantissa >>= 1 - binary;
        mantissa = (mantissa + (mantissa & 1)) >> 1;
        return scale_bits(mantissa, 0); /* a mantissa rounded up to 2^52 is the least normal number */
    }
    /* A product exactly half-way between two doubles occurs for these exponents only. */
    if (low <= 1 && exponent >= -4 && exponent <= 23 && (mantissa & 3) == 1 && mantissa << shift == high)
        mantissa &= ~(uint64_t)1;
    mantissa = (mantissa + (mantissa & 1)) >> 1;
    if (mantissa >= (uint64_t)2 << MANTISSA_BITS) {
        mantissa = (uint64_t)1 << MANTISSA_BITS;
        binary++;
    }
    if (binary >= EXPONENT_INFINITE)
        return INFINITY;
    return scale_bits(mantissa & ~((uint64_t)1 << MANTISSA_BITS), binary);
}

#endif
