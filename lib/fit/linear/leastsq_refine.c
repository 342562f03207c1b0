/* Refines least squares until the coefficients are the solution for the numbers as they are stored.
 *
 *  1. leastsq_rows_add keeps the rows of a table of up to LEASTSQ_ROWS_NUMBERS numbers, as they were read.
 *  2. find_powers: columns that are powers of others to 14 digits count as the exact powers (raise).
 *  3. find_gradient: residuals and gradient of all rows at theta, in double-double arithmetic.
 *  4. find_step: the correction by R'R step = gradient, R being the factor in double precision (A. Bjorck, Numerical
 *     Methods for Least Squares Problems, 1996, section 2.9.3, corrected seminormal equations). Its length in the fit
 *     is that of R step.
 *  5. leastsq_refine repeats 3 and 4 while each step is at most half the last one, until a step changes less than
 *     2^-90 of the fit.
 *  6. leastsq_refine_factor, for columns that are nearly collinear: the rows q = R^-T z of a matrix that is orthogonal
 *     to about eps cond(R), and Q'Q, in double-double; its Cholesky factor times R is the factor of the rows to nearly
 *     all digits of double-double (two steps of Cholesky QR: Y. Yamamoto et al., Electron. Trans. Numer. Anal. 44
 *     (2015), 306).
 *
 * Memory: 1 MB of rows at most, and 5 numbers per term; for 6. also 4 p^2.
 * Time: n p double-double operations a step, and n p^2 for 6. One thread. */

#include "fit/linear/leastsq_refine.h"

#include "base/mem.h"
#include "math/tsqr.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

void leastsq_rows_add(struct leastsq_rows *rows, size_t n, const double *numbers)
{
    if (rows->lost)
        return;
    if ((rows->rows + n) * rows->columns > LEASTSQ_ROWS_NUMBERS) {
        rows->lost = true;
        leastsq_rows_release(rows);
        return;
    }
    rows->numbers = mem_grow(rows->numbers, &rows->capacity, (rows->rows + n) * rows->columns, sizeof *rows->numbers);
    double *to = rows->numbers + rows->rows * rows->columns;
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < rows->columns; c++)
            *to++ = numbers[c * n + i];
    rows->rows += n;
}

void leastsq_rows_release(struct leastsq_rows *rows)
{
    free(rows->numbers);
    rows->numbers = NULL;
    rows->rows = rows->capacity = 0;
}

/* ---- columns that are powers of others ---- */

struct leastsq_power {
    size_t base;       /* column */
    unsigned exponent; /* 0: the column is no power */
};

static struct dd raise(double x, unsigned exponent)
{
    struct dd result = dd_of(x);
    for (unsigned i = 1; i < exponent; i++)
        result = dd_multiply(result, dd_of(x));
    return result;
}

/* The power of the base that the column can be, by the first row whose base is neither 0 nor 1; 0 = none. */
static unsigned exponent_of(const struct leastsq_rows *rows, size_t base, size_t column)
{
    enum { MOST = 32 };
    for (size_t i = 0; i < rows->rows; i++) {
        double x = fabs(rows->numbers[i * rows->columns + base]), exponent;
        if (x == 0 || x == 1)
            continue;
        exponent = round(log(fabs(rows->numbers[i * rows->columns + column])) / log(x));
        return exponent >= 2 && exponent <= MOST ? (unsigned)exponent : 0;
    }
    return 0;
}

static bool is_power(const struct leastsq_rows *rows, size_t base, size_t column, unsigned exponent)
{
    static const double rounding = 1e-14;
    for (size_t i = 0; i < rows->rows; i++) {
        const double *row = rows->numbers + i * rows->columns;
        if (!(fabs(row[column] - raise(row[base], exponent).high) <= rounding * fabs(row[column])))
            return false;
    }
    return exponent > 0;
}

/* The column of which each is the highest power, if any. */
static struct leastsq_power *find_powers(const struct leastsq_rows *rows, const struct leastsq_problem *p)
{
    struct leastsq_power *power = mem_zero(p->terms, sizeof *power);
    for (size_t k = 0; k < p->terms; k++) {
        for (size_t b = 0; b < p->terms; b++) {
            size_t column = p->columns[k], base = p->columns[b];
            unsigned exponent = column > 0 && base > 0 && b != k ? exponent_of(rows, base, column) : 0;
            if (exponent > power[k].exponent && is_power(rows, base, column, exponent))
                power[k] = (struct leastsq_power){base, exponent};
        }
    }
    return power;
}

/* ---- refinement ---- */

/* The row's terms, shifted without error. */
static void shift_row(const struct leastsq_problem *p, const struct leastsq_power *power, const double *row,
                      struct dd *z)
{
    for (size_t k = 0; k < p->terms; k++) {
        size_t c = p->columns[k];
        if (power[k].exponent > 0)
            z[k] = dd_add(raise(row[power[k].base], power[k].exponent), dd_of(-p->shift[c]));
        else
            z[k] = c == 0 ? dd_of(1) : dd_two_sum(row[c], -p->shift[c]);
    }
}

/* Half the negative gradient at theta; returns the sum of weighted squared residuals. */
static struct dd find_gradient(const struct leastsq_rows *rows, const struct leastsq_problem *p,
                               const struct leastsq_power *power, const struct dd *theta, struct dd *z,
                               struct dd *gradient)
{
    struct dd rss = {0};
    for (size_t k = 0; k < p->terms; k++) {
        double penalty = p->columns[k] == 0 ? 0 : p->penalty[p->columns[k]];
        gradient[k] = dd_negate(dd_multiply(dd_of(penalty), theta[k]));
    }
    for (size_t i = 0; i < rows->rows; i++) {
        const double *row = rows->numbers + i * rows->columns;
        struct dd residual = dd_two_sum(row[p->target], -p->shift[p->target]);
        shift_row(p, power, row, z);
        for (size_t k = 0; k < p->terms; k++)
            residual = dd_subtract(residual, dd_multiply(theta[k], z[k]));
        struct dd weighted = dd_multiply(dd_of(rows->scale * row[0]), residual);
        rss = dd_add(rss, dd_multiply(weighted, residual));
        for (size_t k = 0; k < p->terms; k++)
            gradient[k] = dd_add(gradient[k], dd_multiply(weighted, z[k]));
    }
    return rss;
}

/* step = (R'R)^-1 gradient; returns the length of R step, the change of the fit. */
static double find_step(const struct leastsq_problem *p, const struct dd *gradient, double *step)
{
    double length = 0;
    for (size_t i = 0; i < p->terms; i++) {
        double sum = gradient[i].high;
        for (size_t k = 0; k < i; k++)
            sum -= p->r[k * p->ld + i] * step[k];
        step[i] = sum / p->r[i * p->ld + i];
        length = hypot(length, step[i]);
    }
    tsqr_solve(p->terms, p->r, p->ld, step, 1, step);
    return length;
}

static double length_of_fit(const struct leastsq_problem *p, const struct dd *theta)
{
    double length = 0;
    for (size_t i = 0; i < p->terms; i++) {
        double sum = 0;
        for (size_t k = i; k < p->terms; k++)
            sum += p->r[i * p->ld + k] * theta[k].high;
        length = hypot(length, sum);
    }
    return length;
}

size_t leastsq_refine(const struct leastsq_rows *rows, const struct leastsq_problem *p, struct dd *theta, double *rss)
{
    enum { MOST_STEPS = 20 };
    const double enough = 0x1p-90; /* of the fit's length: less than any digit that a double has of a coefficient */
    struct dd *z = mem_alloc(p->terms, sizeof *z), *gradient = mem_alloc(p->terms, sizeof *gradient);
    double *step = mem_alloc(p->terms, sizeof *step), last = INFINITY;
    struct leastsq_power *power = find_powers(rows, p);
    size_t steps = 0;
    for (;;) {
        struct dd sum = find_gradient(rows, p, power, theta, z, gradient);
        double length = find_step(p, gradient, step);
        *rss = sum.high;
        if (!(length < last / 2) || length <= enough * length_of_fit(p, theta) || steps == MOST_STEPS)
            break;
        for (size_t k = 0; k < p->terms; k++)
            theta[k] = dd_add_double(theta[k], step[k]);
        last = length;
        steps++;
    }
    free(z);
    free(gradient);
    free(step);
    free(power);
    return steps;
}

/* ---- the factor ---- */

/* gram: terms x terms, the upper triangle of Q'Q. */
static void find_gram(const struct leastsq_rows *rows, const struct leastsq_problem *p,
                      const struct leastsq_power *power, struct dd *gram)
{
    size_t n = p->terms;
    struct dd *q = mem_alloc(n, sizeof *q);
    for (size_t i = 0; i < rows->rows; i++) {
        const double *row = rows->numbers + i * rows->columns;
        struct dd weight = dd_of(rows->scale * row[0]);
        shift_row(p, power, row, q);
        for (size_t k = 0; k < n; k++) {
            const double *r = p->r + k * p->ld;
            q[k] = dd_divide(q[k], dd_of(r[k]));
            for (size_t j = k + 1; j < n; j++)
                q[j] = dd_subtract(q[j], dd_multiply(dd_of(r[j]), q[k]));
        }
        for (size_t k = 0; k < n; k++) {
            struct dd weighted = dd_multiply(weight, q[k]);
            for (size_t j = k; j < n; j++)
                gram[k * n + j] = dd_add(gram[k * n + j], dd_multiply(weighted, q[j]));
        }
    }
    free(q);
}

static struct dd root(struct dd x)
{
    double high = sqrt(x.high);
    struct dd rest = dd_subtract(x, dd_two_product(high, high));
    return dd_add_double(dd_of(rest.high / (2 * high)), high);
}

/* The upper triangle of a matrix becomes C, C'C being the matrix. */
static bool factor_gram(size_t n, struct dd *c)
{
    for (size_t i = 0; i < n; i++) {
        if (!(c[i * n + i].high > 0.5))
            return false;
        struct dd pivot = c[i * n + i] = root(c[i * n + i]);
        for (size_t j = i + 1; j < n; j++)
            c[i * n + j] = dd_divide(c[i * n + j], pivot);
        for (size_t k = i + 1; k < n; k++)
            for (size_t j = k; j < n; j++)
                c[k * n + j] = dd_subtract(c[k * n + j], dd_multiply(c[i * n + k], c[i * n + j]));
    }
    return true;
}

bool leastsq_refine_factor(const struct leastsq_rows *rows, const struct leastsq_problem *p, struct dd *factor)
{
    size_t n = p->terms;
    struct dd *c = mem_zero(n * n, sizeof *c);
    struct leastsq_power *power = find_powers(rows, p);
    find_gram(rows, p, power, c);
    bool done = factor_gram(n, c);
    for (size_t i = 0; i < n && done; i++) {
        for (size_t j = 0; j < n; j++) {
            struct dd sum = {0};
            for (size_t k = i; k <= j; k++)
                sum = dd_add(sum, dd_multiply(c[i * n + k], dd_of(p->r[k * p->ld + j])));
            factor[i * n + j] = sum;
        }
    }
    free(power);
    free(c);
    return done;
}
