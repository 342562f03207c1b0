/* e^x and log(1 + x) of arrays, eight numbers at a time: the argument is reduced to a small interval, where a
 * polynomial follows (J.-M. Muller, Elementary Functions, 3rd ed. (2016), chapter 11). No branch depends on a
 * value, and all sets of instructions execute the same operations (VERSIONS), so that a result has the same bits
 * wherever it stands in the array and on every processor. The last numbers of an array are padded to a whole
 * vector. */
#include "math/vexp.h"

#include "base/versions.h"

#include <stdint.h>
#include <string.h>

typedef double lanes __attribute__((vector_size(64), may_alias));
typedef int64_t bits __attribute__((vector_size(64), may_alias));
enum { LANES = 8 };

static const double log2_e = 1.44269504088896338700;
static const double ln2_high =
    0x1.62e42fefa38p-1; /* the last 11 bits are 0, so that its product with an exponent is exact */
static const double ln2_low = 0x1.ef35793c7673p-45;
static const double rounder = 0x1.8p52; /* adding it rounds to an integer, which then stands in the last bits */

/* Vectors are passed by address, because the convention for passing them by value depends on the instruction
 * set. */
#define INLINE static inline __attribute__((always_inline))

INLINE void fill(lanes *x, double value)
{
    for (int i = 0; i < LANES; i++)
        (*x)[i] = value;
}

/* x = yes where the mask is set. */
INLINE void choose(lanes *x, const bits *mask, const lanes *yes)
{
    *x = (lanes)(((bits)*yes & *mask) | ((bits)*x & ~*mask));
}

/* x *= 2^k, -1022 <= k <= 1023; *shifted is k + rounder. */
INLINE void scale(lanes *x, const lanes *shifted)
{
    *x *= (lanes)(((bits)*shifted << 52) + ((int64_t)1023 << 52));
}

/* e^x = 2^k e^r, |r| <= ln(2) / 2, by the Taylor series of e^r up to r^13 / 13!, whose remainder is below 2^-57.
 * 2^k is applied as two factors, because it may be outside the range of normal numbers. */
INLINE void exp_lanes(lanes *v)
{
    static const double inverse_factorial[] = {1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800,
                                               1.0 / 362880,     1.0 / 40320,     1.0 / 5040,     1.0 / 720,
                                               1.0 / 120,        1.0 / 24,        1.0 / 6,        1.0 / 2};
    lanes x = *v, end;
    bits beyond = x < -746;
    fill(&end, -746); /* e^-746 is 0, … */
    choose(&x, &beyond, &end);
    beyond = x > 710;
    fill(&end, 710); /* … and e^710 is inf */
    choose(&x, &beyond, &end);
    lanes k = (x * log2_e + rounder) - rounder;
    lanes r = (x - k * ln2_high) - k * ln2_low;
    lanes p = r * inverse_factorial[0] + inverse_factorial[1];
    p = p * r + inverse_factorial[2];
    p = p * r + inverse_factorial[3];
    p = p * r + inverse_factorial[4];
    p = p * r + inverse_factorial[5];
    p = p * r + inverse_factorial[6];
    p = p * r + inverse_factorial[7];
    p = p * r + inverse_factorial[8];
    p = p * r + inverse_factorial[9];
    p = p * r + inverse_factorial[10];
    p = p * r + inverse_factorial[11];
    lanes half = k * 0.5 + rounder, rest = k - (half - rounder) + rounder;
    *v = 1 + (r + r * r * p);
    scale(v, &half);
    scale(v, &rest);
}

/* log(1 + x) = k ln 2 + log(1 + f), where k = 0 and f = x, or k = 1 and f = (x - 1) / 2, so that sqrt(1/2) - 1
 * <= f <= sqrt(2) - 1. log(1 + f) = 2 artanh s = 2 (s + s^3 / 3 + s^5 / 5 + …), s = f / (2 + f), |s| < 0.172
 * (Abramowitz and Stegun, 4.6.22). As 2 s = f - s f, this is computed as f - s (f - R), R = 2 s^2 (1 / 3 + s^2 /
 * 5 + …), where f has no error. */
INLINE void log1p_lanes(lanes *v)
{
    lanes f = *v, k = {0}, one, other = (f - 1) * 0.5;
    bits upper = f > 0.41421356237309503;
    fill(&one, 1);
    choose(&f, &upper, &other);
    choose(&k, &upper, &one);
    lanes s = f / (2 + f), z = s * s;
    lanes p = z * (2.0 / 23) + 2.0 / 21;
    p = p * z + 2.0 / 19;
    p = p * z + 2.0 / 17;
    p = p * z + 2.0 / 15;
    p = p * z + 2.0 / 13;
    p = p * z + 2.0 / 11;
    p = p * z + 2.0 / 9;
    p = p * z + 2.0 / 7;
    p = p * z + 2.0 / 5;
    p = p * z + 2.0 / 3;
    *v = k * ln2_high + (f - (s * (f - z * p) - k * ln2_low));
}

VERSIONS void vexp_exp(size_t n, const double *x, double *y)
{
    lanes v;
    for (; n >= LANES; n -= LANES, x += LANES, y += LANES) {
        memcpy(&v, x, sizeof v);
        exp_lanes(&v);
        memcpy(y, &v, sizeof v);
    }
    v = (lanes){0};
    memcpy(&v, x, n * sizeof *x);
    exp_lanes(&v);
    memcpy(y, &v, n * sizeof *y);
}

VERSIONS void vexp_log1p(size_t n, const double *x, double *y)
{
    lanes v;
    for (; n >= LANES; n -= LANES, x += LANES, y += LANES) {
        memcpy(&v, x, sizeof v);
        log1p_lanes(&v);
        memcpy(y, &v, sizeof v);
    }
    v = (lanes){0};
    memcpy(&v, x, n * sizeof *x);
    log1p_lanes(&v);
    memcpy(y, &v, n * sizeof *y);
}
