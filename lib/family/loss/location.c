/* Estimates of location: mean, median, Huber's M-estimate and trimmed mean of a sorted sample with weights,
 * their losses and standard errors (references in location.h).
 *
 * 1. location_sort orders the sample: radix sort on the bits of the doubles, 11 bits per pass, or qsort for few
 *    values.
 * 2. A weight counts as that many repetitions of its value: median and trimmed mean find positions in the
 *    cumulative weight (find_position, trim_start, trim_next).
 * 3. Huber's estimate is the zero of a piecewise linear derivative: Newton's method within a bracket
 *    (huber_estimate).
 *
 * All sums are in double-double, in the order of the sorted values. Memory: the radix sort needs a second copy
 * of the sample. One thread per sample. */
#include "family/loss/location.h"

#include "base/mem.h"
#include "math/dd.h"
#include "math/moments.h"
#include "text/number.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum status location_parse(struct location_loss *loss, const char *text, struct err *err)
{
    const char *colon = strchr(text, ':');
    struct slice name = colon == NULL ? slice_of(text) : (struct slice){text, (size_t)(colon - text)};
    *loss = (struct location_loss){LOCATION_L2, 0};
    if (slice_equal(name, slice_of("l2")) && colon == NULL)
        return STATUS_OK;
    if (slice_equal(name, slice_of("l1")) && colon == NULL) {
        loss->kind = LOCATION_L1;
        return STATUS_OK;
    }
    bool is_number = colon != NULL && number_parse(slice_of(colon + 1), &loss->parameter);
    if (slice_equal(name, slice_of("huber"))) {
        loss->kind = LOCATION_HUBER;
        return is_number && loss->parameter > 0 && loss->parameter < INFINITY
                   ? STATUS_OK
                   : err_usage(err, "expected huber:DELTA with DELTA > 0, such as huber:1.345");
    }
    if (slice_equal(name, slice_of("trimmed"))) {
        loss->kind = LOCATION_TRIMMED;
        return is_number && loss->parameter >= 0 && loss->parameter < 0.5
                   ? STATUS_OK
                   : err_usage(err, "expected trimmed:P with 0 <= P < 0.5, the share omitted at either end");
    }
    return err_usage(err, "expected l2, l1, huber:DELTA or trimmed:P");
}

/* ---- the sample ---- */

static int location_compare(const void *a, const void *b)
{
    const struct location_value *p = a, *q = b;
    return (p->x > q->x) - (p->x < q->x);
}

/* An integer that orders as the double does. */
static uint64_t key_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

/* Radix sort by 11 bits per pass, the least significant first; passes in which all values share the digit are
 * skipped. */
static void sort_by_digits(struct location_value *value, size_t n)
{
    enum { BITS = 11, DIGITS = 1 << BITS, PASSES = 6 };
    struct location_value *to = mem_alloc(n, sizeof *to), *from = value;
    size_t(*start)[DIGITS] = mem_zero(PASSES, sizeof *start);
    for (size_t i = 0; i < n; i++)
        for (int pass = 0; pass < PASSES; pass++)
            start[pass][key_of(value[i].x) >> (pass * BITS) & (DIGITS - 1)]++;
    for (int pass = 0; pass < PASSES; pass++) {
        if (start[pass][key_of(value[0].x) >> (pass * BITS) & (DIGITS - 1)] == n)
            continue;
        size_t sum = 0;
        for (size_t d = 0; d < DIGITS; d++) {
            size_t count = start[pass][d];
            start[pass][d] = sum;
            sum += count;
        }
        for (size_t i = 0; i < n; i++)
            to[start[pass][key_of(from[i].x) >> (pass * BITS) & (DIGITS - 1)]++] = from[i];
        struct location_value *swap = from;
        from = to;
        to = swap;
    }
    if (from != value)
        memcpy(value, from, n * sizeof *value);
    free(from != value ? from : to);
    free(start);
}

void location_sort(struct location_sample *s)
{
    enum { FEW = 4000 };
    if (s->n > FEW)
        sort_by_digits(s->value, s->n);
    else if (s->n > 1)
        qsort(s->value, s->n, sizeof *s->value, location_compare);
}

static struct dd sum_of_weights(const struct location_sample *s)
{
    struct dd sum = {0};
    for (size_t i = 0; i < s->n; i++)
        sum = dd_add_double(sum, s->value[i].weight);
    return sum;
}

double location_weight(const struct location_sample *s)
{
    return sum_of_weights(s).high;
}

double location_size(const struct location_sample *s)
{
    struct dd sum = sum_of_weights(s), squares = {0};
    if (!s->importances || s->n == 0)
        return sum.high;
    /* Weights of any size, times a power of 2 with which their squares neither overflow nor vanish. */
    int scale = -ilogb(sum.high);
    for (size_t i = 0; i < s->n; i++) {
        double weight = ldexp(s->value[i].weight, scale);
        squares = dd_add(squares, dd_two_product(weight, weight));
    }
    sum = (struct dd){ldexp(sum.high, scale), ldexp(sum.low, scale)};
    return dd_multiply(sum, dd_divide(sum, squares)).high;
}

/* How far two sums of weights that are equal as decimals may differ. Each weight is the double nearest to a decimal,
 * within half an ulp, so that a sum of some of them is within 2^-53 of their total, and so is a given part of the
 * total: 2^-52 together. Whole numbers are exact. */
static double slack_of(const struct location_sample *s, struct dd total)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->value[i].weight != rint(s->value[i].weight))
            return total.high * 0x1p-52;
    return 0;
}

/* The index of the first value at which the cumulative weight, its own included, reaches `position`; *exactly is
 * true if it is equal to it, but for the slack. */
static size_t find_position(const struct location_sample *s, struct dd position, double slack, bool *exactly)
{
    struct dd sum = {0};
    for (size_t i = 0; i < s->n; i++) {
        sum = dd_add_double(sum, s->value[i].weight);
        double left = dd_subtract(sum, position).high;
        if (left >= -slack) {
            *exactly = left <= slack;
            return i;
        }
    }
    *exactly = false;
    return s->n - 1;
}

static double middle(double a, double b)
{
    return isfinite(a + b) ? (a + b) / 2 : a / 2 + b / 2;
}

static double median(const struct location_sample *s)
{
    bool exactly;
    struct dd total = sum_of_weights(s), half = dd_multiply(total, dd_of(0.5));
    size_t i = find_position(s, half, slack_of(s, total), &exactly);
    return exactly && i + 1 < s->n ? middle(s->value[i].x, s->value[i + 1].x) : s->value[i].x;
}

/* ---- trimming ---- */

double location_whole_part(double share, double n)
{
    double product = share * n, nearest = rint(product);
    return fabs(product - nearest) <= 0x1p-51 * product ? nearest : floor(product);
}

/* A sample without weight `cut` at either end. */
struct location_trim {
    double cut, low, high; /* the least and the greatest value kept */
    struct dd before;      /* cumulative weight of the values seen so far */
    struct dd total;
};

static struct location_trim trim_start(const struct location_sample *s, double share)
{
    struct location_trim t = {.total = sum_of_weights(s)};
    bool exactly;
    double slack = slack_of(s, t.total);
    t.cut = s->importances ? share * t.total.high : location_whole_part(share, t.total.high);
    size_t low = find_position(s, dd_of(t.cut), slack, &exactly);
    t.low = s->value[exactly && t.cut > 0 ? low + 1 : low].x;
    t.high = s->value[find_position(s, dd_subtract(t.total, dd_of(t.cut)), slack, &exactly)].x;
    return t;
}

/* The weight that is kept of the next value. */
static double trim_next(struct location_trim *t, double weight)
{
    struct dd after = dd_add_double(t->before, weight), end = dd_subtract(t->total, dd_of(t->cut));
    double from = fmax(t->before.high, t->cut), to = dd_subtract(after, end).high > 0 ? end.high : after.high;
    bool whole = t->before.high >= t->cut && to == after.high;
    t->before = after;
    return whole ? weight : fmax(to - from, 0);
}

/* ---- estimates ---- */

/* The mean of the values without the given share of the weight at either end. */
static double trimmed_mean(const struct location_sample *s, double share)
{
    struct location_trim t = trim_start(s, share);
    struct dd sum = {0}, weight = {0};
    for (size_t i = 0; i < s->n; i++) {
        double kept = trim_next(&t, s->value[i].weight);
        sum = dd_add(sum, dd_two_product(kept, s->value[i].x));
        weight = dd_add_double(weight, kept);
    }
    return dd_divide(sum, weight).high;
}

/* The sums that determine the minimum of the Huber loss: of values below, within and above the two corners about
 * a constant. */
struct location_huber {
    struct dd below, within, above, sum; /* weights; sum of w x within */
};

static struct location_huber huber_sums(const struct location_sample *s, double delta, double constant)
{
    struct location_huber h = {0};
    for (size_t i = 0; i < s->n; i++) {
        double x = s->value[i].x, w = s->value[i].weight;
        if (x < constant - delta) {
            h.below = dd_add_double(h.below, w);
        } else if (x > constant + delta) {
            h.above = dd_add_double(h.above, w);
        } else {
            h.within = dd_add_double(h.within, w);
            h.sum = dd_add(h.sum, dd_two_product(w, x));
        }
    }
    return h;
}

/* The derivative of the loss is piecewise linear and monotone: Newton's method, kept within the bracket of a
 * bisection, ends at the zero of the right piece. If the derivative is 0 over an interval, the median is its
 * middle and is returned. */
static double huber_estimate(const struct location_sample *s, double delta)
{
    double low = s->value[0].x, high = s->value[s->n - 1].x, constant = median(s);
    double slack = slack_of(s, sum_of_weights(s));
    for (int i = 0; i < 2000 && low < high; i++) {
        struct location_huber h = huber_sums(s, delta, constant);
        struct dd surplus = dd_subtract(h.above, h.below);
        if (h.within.high == 0 && fabs(surplus.high) <= slack)
            break;
        struct dd pull = dd_multiply(surplus, dd_of(delta));
        double slope = dd_add(dd_subtract(h.sum, dd_multiply(h.within, dd_of(constant))), pull).high;
        if (slope > 0)
            low = constant;
        else
            high = constant;
        double next = h.within.high > 0 ? dd_divide(dd_add(h.sum, pull), h.within).high : NAN;
        if (next == constant || slope == 0)
            break;
        if (!(next > low && next < high))
            next = middle(low, high);
        if (!(next > low && next < high))
            break;
        constant = next;
    }
    return constant;
}

double location_estimate(const struct location_sample *s, struct location_loss loss)
{
    if (s->n == 0)
        return NAN;
    switch (loss.kind) {
    case LOCATION_L1:
        return median(s);
    case LOCATION_HUBER:
        return huber_estimate(s, loss.parameter);
    case LOCATION_L2:
    case LOCATION_TRIMMED:
        break;
    }
    return trimmed_mean(s, loss.kind == LOCATION_L2 ? 0 : loss.parameter);
}

/* ---- standard errors ---- */

/* n: the size of the sample, at least 2; unit: the weight of one of its n rows. The bounds are the first values at
 * which the weight up to them reaches `position` rows, counted from either end: from above, where the weight up to a
 * value exceeds that of the other n - position rows. */
static double median_se(const struct location_sample *s, double n, double unit)
{
    static const double quantile = 2.5758293035489004; /* the 0.995 quantile of the standard normal distribution */
    double position = fmax(rint((n + 1) / 2 - quantile * sqrt(n / 4)), 1);
    double slack = slack_of(s, dd_of(n * unit));
    bool exactly;
    size_t low = find_position(s, dd_of(position * unit), slack, &exactly),
           high = find_position(s, dd_of((n - position) * unit), slack, &exactly);
    if (exactly && high + 1 < s->n)
        high++;
    return (s->value[high].x - s->value[low].x) / (2 * quantile);
}

/* Sum of squared deviations of the values, cut off at low and high, from their mean. */
static double winsorised_squares(const struct location_sample *s, double low, double high)
{
    struct dd sum = {0}, squares = {0};
    for (size_t i = 0; i < s->n; i++)
        sum = dd_add(sum, dd_two_product(s->value[i].weight, fmin(fmax(s->value[i].x, low), high)));
    struct dd mean = dd_divide(sum, sum_of_weights(s));
    for (size_t i = 0; i < s->n; i++) {
        double r = dd_subtract(dd_of(fmin(fmax(s->value[i].x, low), high)), mean).high;
        squares = dd_add_double(squares, s->value[i].weight * r * r);
    }
    return squares.high;
}

static double huber_se(const struct location_sample *s, double n, double unit, double delta, double estimate)
{
    struct dd squares = {0}, within = {0};
    for (size_t i = 0; i < s->n; i++) {
        double r = s->value[i].x - estimate, psi = fmin(fmax(r, -delta), delta);
        squares = dd_add_double(squares, s->value[i].weight * psi * psi);
        if (fabs(r) <= delta)
            within = dd_add_double(within, s->value[i].weight);
    }
    return within.high > 0 ? sqrt(squares.high * unit * n / (n - 1)) / within.high : NAN;
}

bool location_is_few(double n, struct location_loss loss)
{
    return loss.kind == LOCATION_L1 ? !(n >= 2) : !(moments_freedom(dd_of(n)).high > 0);
}

/* unit: the weight of a row. */
static double kept_of(const struct location_trim *t, double n, double unit)
{
    return n - 2 * t->cut / unit;
}

double location_kept(const struct location_sample *s, struct location_loss loss)
{
    double n = location_size(s);
    if (loss.kind != LOCATION_TRIMMED || s->n == 0)
        return n;
    struct location_trim t = trim_start(s, loss.parameter);
    return kept_of(&t, n, location_weight(s) / n);
}

double location_se(const struct location_sample *s, struct location_loss loss, double estimate)
{
    double n = location_size(s), unit = location_weight(s) / n;
    if (location_is_few(n, loss))
        return NAN;
    if (loss.kind == LOCATION_L1)
        return median_se(s, n, unit);
    if (loss.kind == LOCATION_HUBER)
        return huber_se(s, n, unit, loss.parameter, estimate);
    struct location_trim t = trim_start(s, loss.kind == LOCATION_TRIMMED ? loss.parameter : 0);
    double kept = kept_of(&t, n, unit), freedom = moments_freedom(dd_of(kept)).high;
    return sqrt(winsorised_squares(s, t.low, t.high) / unit / freedom / kept);
}

/* ---- a constant ---- */

static struct location_point point_of(struct location_loss loss, double r)
{
    double size = fabs(r), delta = loss.parameter;
    if (loss.kind == LOCATION_L1)
        return (struct location_point){size, (r < 0) - (r > 0)};
    if (loss.kind == LOCATION_HUBER && size > delta)
        return (struct location_point){delta * (size - delta / 2), r < 0 ? delta : -delta};
    return (struct location_point){r * r / 2, -r};
}

struct location_point location_at(const struct location_sample *s, struct location_loss loss, double constant)
{
    if (s->n == 0)
        return (struct location_point){NAN, NAN};
    struct location_trim t = trim_start(s, loss.kind == LOCATION_TRIMMED ? loss.parameter : 0);
    struct dd sum = {0}, derivative = {0}, weight = {0};
    for (size_t i = 0; i < s->n; i++) {
        double kept = trim_next(&t, s->value[i].weight);
        struct location_point p = point_of(loss, s->value[i].x - constant);
        sum = dd_add_double(sum, kept * p.loss);
        derivative = dd_add_double(derivative, kept * p.derivative);
        weight = dd_add_double(weight, kept);
    }
    return (struct location_point){sum.high / weight.high, derivative.high / weight.high + 0.0};
}

double location_between(const struct location_sample *s, size_t k, size_t points)
{
    double low = s->value[0].x, high = s->value[s->n - 1].x, last = (double)(points - 1);
    double sum = (last - (double)k) * low + (double)k * high;
    return isfinite(sum) ? sum / last : (1 - (double)k / last) * low + (double)k / last * high;
}
