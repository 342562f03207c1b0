#ifndef LIKELY_MATH_DD_H
#define LIKELY_MATH_DD_H

#include <math.h>

/* Double-double arithmetic: a number is the unevaluated sum of two doubles, |low| <= ulp(high)/2, about 106
 * bits. Error-free sums are Knuth's (TAOCP 2, 4.2.2, theorem B), error-free products use fma; the operations are
 * those of Hida, Li and Bailey, Library for Double-Double and Quad-Double Arithmetic (2007). Relative errors are
 * a few 2^-104 as long as nothing overflows or underflows. */
struct dd {
    double high, low;
};

static inline struct dd dd_of(double x)
{
    return (struct dd){x, 0};
}

/* a + b and a * b without any error. */
static inline struct dd dd_two_sum(double a, double b)
{
    double s = a + b, t = s - a;
    return (struct dd){s, (a - (s - t)) + (b - t)};
}

static inline struct dd dd_two_product(double a, double b)
{
    double p = a * b;
    return (struct dd){p, fma(a, b, -p)};
}

/* high + low as a normalised pair; requires |high| >= |low|. */
static inline struct dd dd_renormalise(double high, double low)
{
    double s = high + low;
    return (struct dd){s, low - (s - high)};
}

static inline struct dd dd_add(struct dd a, struct dd b)
{
    struct dd s = dd_two_sum(a.high, b.high), t = dd_two_sum(a.low, b.low);
    s = dd_renormalise(s.high, s.low + t.high);
    return dd_renormalise(s.high, s.low + t.low);
}

static inline struct dd dd_negate(struct dd a)
{
    return (struct dd){-a.high, -a.low};
}

static inline struct dd dd_subtract(struct dd a, struct dd b)
{
    return dd_add(a, dd_negate(b));
}

static inline struct dd dd_multiply(struct dd a, struct dd b)
{
    struct dd p = dd_two_product(a.high, b.high);
    return dd_renormalise(p.high, p.low + (a.high * b.low + a.low * b.high));
}

static inline struct dd dd_divide(struct dd a, struct dd b)
{
    double q = a.high / b.high;
    if (!isfinite(q) || q == 0)
        return dd_of(q);
    struct dd r = dd_subtract(a, dd_multiply(b, dd_of(q)));
    double q2 = r.high / b.high;
    r = dd_subtract(r, dd_multiply(b, dd_of(q2)));
    struct dd result = dd_renormalise(q, q2);
    return dd_add(result, dd_of(r.high / b.high));
}

/* sum + x, one step of a running sum; an overflow gives inf instead of NaN. */
static inline struct dd dd_add_double(struct dd sum, double x)
{
    struct dd s = dd_two_sum(sum.high, x);
    return isfinite(s.high) ? dd_renormalise(s.high, s.low + sum.low) : dd_of(s.high);
}

#endif
