/* e^x and log(1 + x) of a vector of the level (base/levels.h); included by vexp.c, which has the constants. */

#include "math/lanes_level.h"

LEVEL_INLINE void LEVEL(fill)(LEVEL(vec) * x, double value)
{
    for (int i = 0; i < LEVEL(WIDTH); i++)
        (*x)[i] = value;
}

/* x = yes where the mask is set. */
LEVEL_INLINE void LEVEL(choose)(LEVEL(vec) * x, const LEVEL(bits) * mask, const LEVEL(vec) * yes)
{
    const LEVEL(bits) *from = (const LEVEL(bits) *)yes;
    LEVEL(bits) *to = (LEVEL(bits) *)x;
    *to = (*from & *mask) | (*to & ~*mask);
}

/* x *= 2^k, -1022 <= k <= 1023; *shifted is k + rounder. */
LEVEL_INLINE void LEVEL(scale)(LEVEL(vec) * x, const LEVEL(vec) * shifted)
{
    const LEVEL(bits) *k = (const LEVEL(bits) *)shifted;
    *x *= (LEVEL(vec))((*k << 52) + ((int64_t)1023 << 52));
}

/* e^x = 2^k e^r, |r| <= ln(2) / 2, by the Taylor series of e^r up to r^13 / 13!, whose remainder is below 2^-57.
 * 2^k is applied as two factors, because it may be outside the range of normal numbers. */
LEVEL_INLINE void LEVEL(exp_part)(LEVEL(vec) * v)
{
    static const double inverse_factorial[] = {1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800,
                                               1.0 / 362880,     1.0 / 40320,     1.0 / 5040,     1.0 / 720,
                                               1.0 / 120,        1.0 / 24,        1.0 / 6,        1.0 / 2};
    LEVEL(vec) x = *v, end;
    LEVEL(bits) beyond = x < -746;
    LEVEL(fill)(&end, -746); /* e^-746 is 0, … */
    LEVEL(choose)(&x, &beyond, &end);
    beyond = x > 710;
    LEVEL(fill)(&end, 710); /* … and e^710 is inf */
    LEVEL(choose)(&x, &beyond, &end);
    LEVEL(vec) k = (x * log2_e + rounder) - rounder;
    LEVEL(vec) r = (x - k * ln2_high) - k * ln2_low;
    LEVEL(vec) p = r * inverse_factorial[0] + inverse_factorial[1];
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
    LEVEL(vec) half = k * 0.5 + rounder, rest = k - (half - rounder) + rounder;
    *v = 1 + (r + r * r * p);
    LEVEL(scale)(v, &half);
    LEVEL(scale)(v, &rest);
}

/* log(1 + x) = k ln 2 + log(1 + f), where k = 0 and f = x, or k = 1 and f = (x - 1) / 2, so that sqrt(1/2) - 1
 * <= f <= sqrt(2) - 1. log(1 + f) = 2 artanh s = 2 (s + s^3 / 3 + s^5 / 5 + …), s = f / (2 + f), |s| < 0.172
 * (Abramowitz and Stegun, 4.6.22). As 2 s = f - s f, this is computed as f - s (f - R), R = 2 s^2 (1 / 3 + s^2 /
 * 5 + …), where f has no error. */
LEVEL_INLINE void LEVEL(log1p_part)(LEVEL(vec) * v)
{
    LEVEL(vec) f = *v, k = {0}, one, other = (f - 1) * 0.5;
    LEVEL(bits) upper = f > 0.41421356237309503;
    LEVEL(fill)(&one, 1);
    LEVEL(choose)(&f, &upper, &other);
    LEVEL(choose)(&k, &upper, &one);
    LEVEL(vec) s = f / (2 + f), z = s * s;
    LEVEL(vec) p = z * (2.0 / 23) + 2.0 / 21;
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

LEVEL_TARGET static void LEVEL(exp)(size_t n, const double *x, double *y)
{
    LEVEL(vec) v, rest = {0};
    for (; n >= LEVEL(WIDTH); n -= LEVEL(WIDTH), x += LEVEL(WIDTH), y += LEVEL(WIDTH)) {
        v = *(const LEVEL(vec) *)x;
        LEVEL(exp_part)(&v);
        *(LEVEL(vec) *)y = v;
    }
    memcpy(&rest, x, n * sizeof *x);
    LEVEL(exp_part)(&rest);
    memcpy(y, &rest, n * sizeof *y);
}

LEVEL_TARGET static void LEVEL(log1p)(size_t n, const double *x, double *y)
{
    LEVEL(vec) v, rest = {0};
    for (; n >= LEVEL(WIDTH); n -= LEVEL(WIDTH), x += LEVEL(WIDTH), y += LEVEL(WIDTH)) {
        v = *(const LEVEL(vec) *)x;
        LEVEL(log1p_part)(&v);
        *(LEVEL(vec) *)y = v;
    }
    memcpy(&rest, x, n * sizeof *x);
    LEVEL(log1p_part)(&rest);
    memcpy(y, &rest, n * sizeof *y);
}
