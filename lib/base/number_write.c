#include "base/number.h"

#include "base/powers.h"

#include <math.h>
#include <stdio.h>

__extension__ typedef unsigned __int128 uint128;

/* digits * 10^exponent */
struct decimal {
    uint64_t digits;
    int exponent;
};

/* ---- the shortest decimal ---- */

/* floor(log10(2^q)), or of 3/4 * 2^q; floor(log2(10^k)): multiplications by the logarithm, exact in the range of doubles. */
static int log10_of_power_of_2(int q, bool three_quarters)
{
    return (q * 1262611 - (three_quarters ? 524031 : 0)) >> 22;
}

static int log2_of_power_of_10(int k)
{
    return (k * 1741647) >> 19;
}

/* The integer part of c * power / 2^128, its last bit set where something is cut off: enough to compare with. */
static uint64_t product_to_odd(struct power p, uint64_t c)
{
    uint128 low = (uint128)c * p.low, high = (uint128)c * p.high + (low >> 64);
    return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

/* Giulietti, The Schubfach Way to Render Doubles (2020), figure 4: of the decimals that round to the double, the shortest, of
 * those the closest. x = c * 2^q; `even` bounds belong to the rounding interval; `closer`: the double below is only half as far
 * away as the one above. */
static struct decimal shortest(uint64_t c, int q, bool even, bool closer)
{
    int k = log10_of_power_of_2(q, closer);
    int shift = q + log2_of_power_of_10(-k) + 1;
    struct power p = powers_get(-k);
    if (!powers_is_exact(-k)) {
        p.low++;
        p.high += p.low == 0;
    }
    uint64_t lower = product_to_odd(p, (4 * c - 2 + closer) << shift) + !even;
    uint64_t middle = product_to_odd(p, (4 * c) << shift);
    uint64_t upper = product_to_odd(p, (4 * c + 2) << shift) - !even;

    uint64_t s = middle / 4;
    if (s >= 10) {
        uint64_t tens = s / 10;
        bool below = lower <= 40 * tens, above = 40 * tens + 40 <= upper;
        if (below != above)
            return (struct decimal){tens + above, k + 1};
    }
    bool below = lower <= 4 * s, above = 4 * s + 4 <= upper;
    if (below != above)
        return (struct decimal){s + above, k};
    uint64_t half = 4 * s + 2;
    bool up = middle > half || (middle == half && (s & 1) != 0);
    return (struct decimal){s + up, k};
}

static struct decimal shortest_of_bits(uint64_t bits)
{
    uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
    int exponent = (int)(bits >> 52);
    if (exponent == 0)
        return shortest(fraction, -1074, fraction % 2 == 0, false);
    uint64_t c = fraction | (uint64_t)1 << 52;
    int q = exponent - 1075;
    if (q <= 0 && q > -53 && (c & (((uint64_t)1 << -q) - 1)) == 0)
        return (struct decimal){c >> -q, 0}; /* an integer below 2^53 */
    return shortest(c, q, fraction % 2 == 0, fraction == 0 && exponent > 1);
}

/* ---- writing ---- */

static const char pairs[] = "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
                            "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

/* The digits of n, most significant first; returns how many. */
static size_t write_integer(char *out, uint64_t n)
{
    char digits[20];
    size_t at = sizeof digits;
    while (n >= 100) {
        at -= 2;
        memcpy(digits + at, pairs + 2 * (n % 100), 2);
        n /= 100;
    }
    if (n >= 10) {
        at -= 2;
        memcpy(digits + at, pairs + 2 * n, 2);
    } else {
        digits[--at] = (char)('0' + n);
    }
    memcpy(out, digits + at, sizeof digits - at);
    return sizeof digits - at;
}

/* The notation that number.h promises, of n digits d with the value 0.ddd * 10^point. */
static size_t write_notation(char *out, const char *d, size_t n, int point)
{
    char *p = out;
    if (point > 17 || point < -4) {
        *p++ = d[0];
        if (n > 1) {
            *p++ = '.';
            memcpy(p, d + 1, n - 1);
            p += n - 1;
        }
        *p++ = 'e';
        if (point - 1 < 0)
            *p++ = '-';
        p += write_integer(p, (uint64_t)(point - 1 < 0 ? 1 - point : point - 1));
    } else if (point <= 0) {
        memcpy(p, "0.00000", 7);
        p += 2 - point;
        memcpy(p, d, n);
        p += n;
    } else if ((size_t)point >= n) {
        memcpy(p, d, n);
        memset(p + n, '0', (size_t)point - n);
        p += point;
    } else {
        memcpy(p, d, (size_t)point);
        p[point] = '.';
        memcpy(p + point + 1, d + point, n - (size_t)point);
        p += n + 1;
    }
    return (size_t)(p - out);
}

static size_t write_special(char *out, double magnitude)
{
    const char *word = isnan(magnitude) ? "nan" : isinf(magnitude) ? "inf" : "0";
    size_t n = strlen(word);
    memcpy(out, word, n);
    return n;
}

/* Writes the sign and returns its length; nan has none. */
static size_t write_sign(char *out, double value)
{
    out[0] = '-';
    return signbit(value) && !isnan(value);
}

size_t number_write(char out[NUMBER_MAX], double value)
{
    size_t sign = write_sign(out, value);
    double magnitude = fabs(value);
    if (!isfinite(value) || value == 0)
        return sign + write_special(out + sign, magnitude);
    uint64_t bits;
    memcpy(&bits, &magnitude, sizeof bits);
    struct decimal x = shortest_of_bits(bits);
    char digits[20];
    size_t n = write_integer(digits, x.digits);
    int point = (int)n + x.exponent;
    while (digits[n - 1] == '0')
        n--;
    return sign + write_notation(out + sign, digits, n, point);
}

size_t number_write_digits(char out[NUMBER_MAX], double value, int digits)
{
    size_t sign = write_sign(out, value);
    double magnitude = fabs(value);
    if (!isfinite(value) || value == 0)
        return sign + write_special(out + sign, magnitude);
    char text[NUMBER_MAX], d[20];
    snprintf(text, sizeof text, "%.*e", digits - 1, magnitude);
    size_t n = 0;
    const char *p = text;
    for (; *p != 'e'; p++) /* the locale's decimal point, whatever it is, is left out */
        if (*p >= '0' && *p <= '9')
            d[n++] = *p;
    int exponent = 0;
    for (const char *e = p + 2; *e != '\0'; e++)
        exponent = 10 * exponent + (*e - '0');
    while (n > 1 && d[n - 1] == '0')
        n--;
    return sign + write_notation(out + sign, d, n, (p[1] == '-' ? -exponent : exponent) + 1);
}
