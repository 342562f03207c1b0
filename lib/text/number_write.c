/* Doubles to decimal text.
 *
 * 1. shortest finds, of all decimals that round to the double, the shortest, and of those the closest: R.
 *    Giulietti, The Schubfach Way to Render Doubles (2020). It scales the double and the two bounds of its
 *    rounding interval by a power of ten, rounded to odd in 64 bits (product_to_odd), and compares candidates at
 *    two lengths. Integers below 2^53 and decimals with up to 15 digits, 8 of them behind the point, are
 *    recognised before (shortest_of, is_short): these are most of the numbers in tables.
 * 2. digits_of turns the integer into digits, eight at a time, in registers.
 * 3. write_notation places them: fixed notation for 1e-5 <= |x| < 1e17, else scientific.
 *
 * number_write_digits takes correctly rounded digits from the C library's printf instead and writes them in the
 * same notation. No locale shows, nothing is allocated; safe in threads. */
#include "text/number.h"

#include "text/powers.h"

#include <math.h>
#include <stdio.h>

__extension__ typedef unsigned __int128 uint128;

/* digits * 10^exponent */
struct number_write_decimal {
    uint64_t digits;
    int exponent;
};

/* ---- the shortest decimal ---- */

/* floor(log10(2^q)), or with three_quarters floor(log10(3/4 * 2^q)), and floor(log2(10^k)): multiplications by
 * the logarithm in fixed point, exact in the range of doubles. */
static int log10_of_power_of_2(int q, bool three_quarters)
{
    return (q * 1262611 - (three_quarters ? 524031 : 0)) >> 22;
}

static int log2_of_power_of_10(int k)
{
    return (k * 1741647) >> 19;
}

/* floor(c * power / 2^128), its last bit set if anything was cut off ("rounded to odd"), which keeps comparisons
 * exact. */
static uint64_t product_to_odd(struct powers_entry p, uint64_t c)
{
    uint128 low = (uint128)c * p.low, high = (uint128)c * p.high + (low >> 64);
    return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

/* The shortest decimal that rounds to c * 2^q, of several the closest (Giulietti, figure 4). `even`: the bounds
 * belong to the rounding interval; `closer`: the double below is only half as far away as the one above. */
static struct number_write_decimal shortest(uint64_t c, int q, bool even, bool closer)
{
    int k = log10_of_power_of_2(q, closer);
    int shift = q + log2_of_power_of_10(-k) + 1;
    struct powers_entry p = powers_get(-k);
    if (!powers_is_exact(-k)) {
        p.low++;
        p.high += p.low == 0;
    }
    uint64_t lower = product_to_odd(p, (4 * c - 2 + closer) << shift) + !even;
    uint64_t middle = product_to_odd(p, (4 * c) << shift);
    uint64_t upper = product_to_odd(p, (4 * c + 2) << shift) - !even;

    /* Branches here would be mispredicted: all candidates are computed and one is selected. */
    uint64_t s = middle / 4, tens = s / 10, half = 4 * s + 2;
    bool tens_below = lower <= 40 * tens, tens_above = 40 * tens + 40 <= upper;
    bool below = lower <= 4 * s, above = 4 * s + 4 <= upper;
    bool up = middle + (s & 1) > half; /* nearer, or half-way and odd */
    uint64_t digits = s + (below != above ? above : up);
    if (s >= 10)
        digits = tens_below != tens_above ? 10 * (tens + tens_above) : digits;
    return (struct number_write_decimal){digits, k};
}

/* Whether x is *digits * 10^-8, rounded, with at most 15 digits. That integer and 10^8 are both doubles, so that
 * the division rounds once; and as no two decimals of up to 15 digits round to the same double, no shorter
 * decimal rounds to x. */
static bool is_short(double x, uint64_t *digits)
{
    if (!(x < 1e7))
        return false;
    *digits = (uint64_t)(int64_t)(x * 1e8 + 0.5);
    return (double)(int64_t)*digits / 1e8 == x;
}

static struct number_write_decimal shortest_of(double x)
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
        return (struct number_write_decimal){c >> -q, 0}; /* an integer below 2^53 */
    if (is_short(x, &digits))
        return (struct number_write_decimal){digits, -8};
    return shortest(c, q, fraction % 2 == 0, fraction == 0 && exponent > 1);
}

/* ---- writing ---- */

/* The digits of an integer without its trailing zeros, as bytes 0-9 in registers: pieces stored to memory and
 * loaded as a whole would stall. */
struct number_write_bytes {
    unsigned first; /* 1-9 */
    uint128 others; /* up to 16, the first one lowest, followed by zeros */
    int n;          /* number of digits, `first` included */
    int zeros;      /* number of trailing zeros left out */
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

/* The digits of n, 0 < n < 10^17. Selections instead of branches, as above. */
static inline struct number_write_bytes digits_of(uint64_t n)
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
    int before = high != 0 ? before_high : before_low; /* leading zeros */
    int behind_low = __builtin_clzll(low | 1) / 8, behind_high = 8 + __builtin_clzll(high | 1) / 8;
    int behind = low != 0 ? behind_low : high != 0 ? behind_high : 16;
    uint128 all = (uint128)low << 64 | high, shifted = all >> (8 * before);
    return (struct number_write_bytes){
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
static size_t write_scientific(char *out, struct number_write_bytes d, int power)
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

/* Writes the notation promised by number.h for digits of the value 0.ddd * 10^point. All 17 digits are written
 * twice, once for each side of the point, and the length says which of them count. */
static size_t write_notation(char *out, struct number_write_bytes d, int point)
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

/* Writes the sign and returns its length; NaN is written without a sign. */
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
    struct number_write_decimal x = shortest_of(magnitude);
    struct number_write_bytes d = digits_of(x.digits);
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
    for (; *p != 'e'; p++) { /* skips the decimal point of any locale */
        if (*p >= '0' && *p <= '9')
            n = 10 * n + (uint64_t)(*p - '0');
    }
    int exponent = 0;
    for (const char *e = p + 2; *e != '\0'; e++)
        exponent = 10 * exponent + (*e - '0');
    return sign + write_notation(out + sign, digits_of(n), (p[1] == '-' ? -exponent : exponent) + 1);
}
