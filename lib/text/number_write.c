#include "text/number.h"

#include "text/powers.h"

#include <math.h>
#include <stdio.h>

__extension__ typedef unsigned __int128 uint128;

/* digits * 10^exponent */
struct decimal {
    uint64_t digits;
    int exponent;
};

/* ---- the shortest decimal ---- */

/* floor(log10(2^q)), or of 3/4 * 2^q; floor(log2(10^k)): multiplications by the logarithm, exact in the range
 * of doubles. */
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

/* Giulietti, The Schubfach Way to Render Doubles (2020), figure 4: of the decimals that round to the double,
 * the shortest, of those the closest. x = c * 2^q; `even` bounds belong to the rounding interval; `closer`:
 * the double below is only half as far away as the one above. */
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

    /* Which of the candidates it is can't be foretold, so that all are made and one is chosen. */
    uint64_t s = middle / 4, tens = s / 10, half = 4 * s + 2;
    bool tens_below = lower <= 40 * tens, tens_above = 40 * tens + 40 <= upper;
    bool below = lower <= 4 * s, above = 4 * s + 4 <= upper;
    bool up = middle + (s & 1) > half; /* or half-way and odd */
    uint64_t digits = s + (below != above ? above : up);
    if (s >= 10)
        digits = tens_below != tens_above ? 10 * (tens + tens_above) : digits;
    return (struct decimal){digits, k};
}

/* Whether x is *digits * 10^-8, rounded, with at most 15 digits. Both that integer and 10^8 are doubles, so
 * that the division rounds once; and as no two decimals of up to 15 digits round to the same double, none
 * shorter does. */
static bool is_short(double x, uint64_t *digits)
{
    if (!(x < 1e7))
        return false;
    *digits = (uint64_t)(int64_t)(x * 1e8 + 0.5);
    return (double)(int64_t)*digits / 1e8 == x;
}

static struct decimal shortest_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
    int exponent = (int)(bits >> 52);
    if (exponent == 0)
        return shortest(fraction, -1074, fraction % 2 == 0, false);
    uint64_t c = fraction | (uint64_t)1 << 52, digits;
    int q = exponent - 1075;
    if (q <= 0 && q > -53 && (c & (((uint64_t)1 << -q) - 1)) == 0)
        return (struct decimal){c >> -q, 0}; /* an integer below 2^53 */
    if (is_short(x, &digits))
        return (struct decimal){digits, -8};
    return shortest(c, q, fraction % 2 == 0, fraction == 0 && exponent > 1);
}

/* ---- writing ---- */

/* A number's digits without the zeros behind them: bytes 0-9 in a register, as what is stored in pieces and
 * loaded as a whole would have to wait. */
struct digits {
    unsigned first; /* 1-9 */
    uint128 others; /* up to 16, the first one lowest; zeros behind them */
    int n;          /* how many there are in all */
    int zeros;      /* how many were behind them */
};

/* The eight digits of n < 10^8 as bytes 0-9, the first one lowest. */
static inline uint64_t eight_digits(uint32_t n)
{
    uint64_t fours = n / 10000 | (uint64_t)(n % 10000) << 32;
    uint64_t hundreds = ((fours * 10486) >> 20) & 0x0000007f0000007fu; /* fours / 100 */
    uint64_t pairs = hundreds | (fours - 100 * hundreds) << 16;
    uint64_t tens = ((pairs * 103) >> 10) & 0x000f000f000f000fu; /* pairs / 10 */
    return tens | (pairs - 10 * tens) << 8;
}

/* n is above 0 and below 10^17. What can't be foretold are choices, not branches. */
static inline struct digits digits_of(uint64_t n)
{
    const uint64_t power = 10000000000000000u;
    uint64_t top = 0, high = 0, low;
    if (n < 100000000) {
        low = eight_digits((uint32_t)n);
    } else {
        uint64_t rest = n % power;
        top = n / power;
        high = eight_digits((uint32_t)(rest / 100000000));
        low = eight_digits((uint32_t)(rest % 100000000));
    }
    int before_high = __builtin_ctzll(high | 1ull << 63) / 8, before_low = 8 + __builtin_ctzll(low | 1ull << 63) / 8;
    int before = high != 0 ? before_high : before_low; /* zeros */
    int behind_low = __builtin_clzll(low | 1) / 8, behind_high = 8 + __builtin_clzll(high | 1) / 8;
    int behind = low != 0 ? behind_low : high != 0 ? behind_high : 16;
    uint128 all = (uint128)low << 64 | high, shifted = all >> (8 * before);
    return (struct digits){
        .first = (unsigned)(top != 0 ? top : (uint64_t)shifted & 15),
        .others = top != 0 ? all : shifted >> 8,
        .n = 16 - behind + (top != 0 ? 1 : -before),
        .zeros = behind,
    };
}

static void put_eight(char *out, uint64_t bytes)
{
    bytes |= 0x3030303030303030u;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bytes = __builtin_bswap64(bytes);
#endif
    memcpy(out, &bytes, sizeof bytes);
}

static void put_sixteen(char *out, uint128 digits)
{
    put_eight(out, (uint64_t)digits);
    put_eight(out + 8, (uint64_t)(digits >> 64));
}

/* d.ddd e power */
static size_t write_scientific(char *out, struct digits d, int power)
{
    char *p = out;
    p[0] = (char)('0' + d.first);
    p[1] = '.';
    put_sixteen(p + 2, d.others);
    p += d.n > 1 ? d.n + 1 : 1;
    *p++ = 'e';
    if (power < 0)
        *p++ = '-';
    int size = power < 0 ? -power : power;
    if (size >= 100)
        *p++ = (char)('0' + size / 100);
    if (size >= 10)
        *p++ = (char)('0' + size / 10 % 10);
    *p++ = (char)('0' + size % 10);
    return (size_t)(p - out);
}

/* The notation that number.h promises of digits with the value 0.ddd * 10^point. All 17 are written twice, as
 * if none stood before the point and as if none stood behind it: which of them count is said by the length. */
static size_t write_notation(char *out, struct digits d, int point)
{
    if (point > 17 || point < -4)
        return write_scientific(out, d, point - 1);
    bool small = point <= 0; /* "0.000ddd", "ddd.ddd" or "ddd000" */
    int at = small ? 2 - point : 0;
    memcpy(out, "0.000000", 8);
    out[at] = (char)('0' + d.first);
    put_sixteen(out + at + 1, d.others);
    out[small ? 1 : point] = '.';
    put_sixteen(out + (small ? at : point) + 1, d.others >> (small ? 0 : 8 * (point - 1) & 127));
    return (size_t)(small ? at + d.n : d.n > point ? d.n + 1 : point);
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
    struct decimal x = shortest_of(magnitude);
    struct digits d = digits_of(x.digits);
    return sign + write_notation(out + sign, d, d.n + d.zeros + x.exponent);
}

size_t number_write_digits(char out[NUMBER_MAX], double value, int digits)
{
    size_t sign = write_sign(out, value);
    double magnitude = fabs(value);
    if (!isfinite(value) || value == 0)
        return sign + write_special(out + sign, magnitude);
    char text[NUMBER_MAX];
    snprintf(text, sizeof text, "%.*e", digits - 1, magnitude);
    uint64_t n = 0;
    const char *p = text;
    for (; *p != 'e'; p++) { /* the locale's decimal point, whatever it is, is left out */
        if (*p >= '0' && *p <= '9')
            n = 10 * n + (uint64_t)(*p - '0');
    }
    int exponent = 0;
    for (const char *e = p + 2; *e != '\0'; e++)
        exponent = 10 * exponent + (*e - '0');
    return sign + write_notation(out + sign, digits_of(n), (p[1] == '-' ? -exponent : exponent) + 1);
}
