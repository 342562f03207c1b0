/* Decimal text to the nearest double, ties to even, for any number of digits.
 *
 * 1. number_parse reads sign, digits and exponent into an integer of up to 19 digits and a power of ten;
 *    read_digits takes eight digits at a time in a 64-bit register.
 * 2. number_scale multiplies the integer by a 128-bit approximation of the power of ten and rounds the product
 *    (scale.h): the Eisel-Lemire algorithm (D. Lemire, Number Parsing at a Gigabyte per Second, 2021), which
 *    never needs a second look (Mushtak and Lemire, 2023).
 * 3. Of more than 19 digits, read_long scales the first 19 and, as an upper bound, the same integer plus 1. If
 *    both give the same double, that is the result.
 * 4. Otherwise decide_exactly compares all digits with the point half-way between the two doubles, in integers
 *    (bignum.c).
 *
 * No locale, no allocation, no error state; safe in threads. number_batch.c reads many fields at once by the
 * same rules. */
#include "text/number.h"

#include "text/bignum.h"
#include "text/scale.h"

#include <math.h>

enum { DIGITS_MAX = 19 };

double number_scale(uint64_t digits, int exponent)
{
    return scale_to_double(digits, exponent);
}

/* ---- more digits than 64 bits hold ---- */

/* Decides between `low` and the double above it by comparing the number with the point half-way between the two.
 * The digits of text, with an optional point among them, are those of an integer to be multiplied by
 * 10^exponent. */
static double decide_exactly(struct slice text, int exponent, double low)
{
    uint64_t bits;
    memcpy(&bits, &low, sizeof bits);
    uint64_t mantissa = bits & (((uint64_t)1 << MANTISSA_BITS) - 1);
    int binary = (int)(bits >> MANTISSA_BITS);
    int power = (binary == 0 ? 1 : binary) - EXPONENT_BIAS - MANTISSA_BITS - 1;
    if (binary != 0)
        mantissa |= (uint64_t)1 << MANTISSA_BITS;

    struct bignum decimal, half;
    bignum_set_digits(&decimal, text, &exponent);
    bignum_set(&half, 2 * mantissa + 1);
    bignum_multiply_power(exponent < 0 ? &half : &decimal, 5, exponent < 0 ? -exponent : exponent);
    /* The decimal is to be multiplied by 2^twos or, if that is below 1, the half-way point by 2^-twos. */
    int twos = exponent - power;
    bignum_shift(twos < 0 ? &half : &decimal, twos < 0 ? -twos : twos);
    int order = bignum_compare(&decimal, &half);
    bool up = order > 0 || (order == 0 && (mantissa & 1) != 0);
    bits += up;
    memcpy(&low, &bits, sizeof bits);
    return low;
}

/* ---- reading ---- */

/* Reads eight digits at once; false if one of the eight bytes is not a digit. */
static inline bool eight_digits(const char *p, uint64_t *digits)
{
    uint64_t word = 0;
    for (unsigned i = 0; i < 8; i++)
        word |= (uint64_t)(unsigned char)p[i] << (8 * i);
    uint64_t high = word & 0xf0f0f0f0f0f0f0f0u, carried = (word + 0x0606060606060606u) & 0xf0f0f0f0f0f0f0f0u;
    if (high != 0x3030303030303030u || carried != 0x3030303030303030u)
        return false;
    word = (word & 0x0f0f0f0f0f0f0f0fu) * (10 * 256 + 1) >> 8;
    word = (word & 0x00ff00ff00ff00ffu) * (100 * 65536 + 1) >> 16;
    *digits = (word & 0x0000ffff0000ffffu) * (10000 * ((uint64_t)1 << 32) + 1) >> 32;
    return true;
}

/* Appends the digits at p to *value and returns their end. The caller counts them to detect overflow. */
static inline const char *read_digits(const char *p, const char *end, uint64_t *value)
{
    uint64_t eight;
    while (end - p >= 8 && eight_digits(p, &eight)) {
        *value = *value * 100000000u + eight;
        p += 8;
    }
    for (; p < end && (unsigned char)(*p - '0') <= 9; p++)
        *value = *value * 10 + (uint64_t)(*p - '0');
    return p;
}

/* Reads [eE][+-]digits up to the end; false for anything else. Larger exponents stop growing at about 10^7, far
 * beyond the range of doubles. */
static bool read_exponent(const char *p, const char *end, int *exponent)
{
    p++;
    bool negative = p < end && *p == '-';
    p += p < end && (*p == '-' || *p == '+');
    if (p == end)
        return false;
    int value = 0;
    for (; p < end && (unsigned char)(*p - '0') <= 9; p++)
        if (value < 1000000)
            value = value * 10 + (*p - '0');
    *exponent = negative ? -value : value;
    return p == end;
}

static bool is_word(const char *p, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++)
        if ((p[i] | 0x20) != word[i])
            return false;
    return word[n] == '\0';
}

/* Reads a number of more than 19 significant digits. */
static double read_long(struct slice digits, int exponent)
{
    const char *p = digits.p, *end = p + digits.n;
    while (*p == '0' || *p == '.')
        p++;
    uint64_t first = 0;
    int count = 0, rest = 0;
    for (const char *q = p; q < end; q++) {
        if (*q == '.')
            continue;
        if (count < DIGITS_MAX) {
            first = first * 10 + (uint64_t)(*q - '0');
            count++;
        } else {
            rest++;
        }
    }
    double low = number_scale(first, exponent + rest), high = number_scale(first + 1, exponent + rest);
    return low == high ? low : decide_exactly((struct slice){p, (size_t)(end - p)}, exponent, low);
}

bool number_parse(struct slice text, double *value)
{
    const char *p = text.p, *end = p + text.n;
    bool negative = text.n > 0 && *p == '-';
    p += text.n > 0 && (*p == '-' || *p == '+');
    const char *begin = p;
    uint64_t digits = 0;
    p = read_digits(p, end, &digits);
    size_t count = (size_t)(p - begin);
    int exponent = 0;
    if (p < end && *p == '.') {
        const char *fraction = p + 1;
        p = read_digits(fraction, end, &digits);
        exponent = -(int)(p - fraction);
        count += (size_t)(p - fraction);
    }
    if (count == 0) {
        size_t n = (size_t)(end - begin);
        if (p != begin || !(is_word(begin, n, n == 3 ? "inf" : "infinity")))
            return false;
        *value = negative ? -INFINITY : INFINITY;
        return true;
    }
    const char *digits_end = p;
    int power = 0;
    if (p < end && ((*p | 0x20) != 'e' || !read_exponent(p, end, &power)))
        return false;
    exponent += power;
    while (count > DIGITS_MAX && begin < digits_end && (*begin == '0' || *begin == '.'))
        count -= *begin++ == '0';
    double magnitude;
    if (count > DIGITS_MAX)
        magnitude = read_long((struct slice){begin, (size_t)(digits_end - begin)}, exponent);
    else
        magnitude = number_scale(digits, exponent);
    *value = negative ? -magnitude : magnitude;
    return true;
}
