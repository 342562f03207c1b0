/* Standard errors of least absolute deviations; the formula and its references are in lad_errors.h.
 *
 *  1. fit_quantiles fits the quantiles 1/2 - h and 1/2 + h (lad_fit_quantile), beginning at the median, whose intercept
 *     find_start moves by the quantile of the residuals.
 *  2. fold_rows makes the triangular factors J of X'X and F of X'F X by QR; a row where the quantiles cross has f = 0.
 *  3. lad_errors: the inverse of the covariance is 4 (F'F) (J'J)^-1 (F'F) = M'M with M = 2 K'F and K = F J^-1, and R
 *     is the triangular factor of M (combine). No Gram matrix is formed.
 *
 * Memory: what two fits need, 16 bytes per row for the start, and 4 p^2 numbers. One thread. */

#include "fit/linear/lad_errors.h"

#include "base/mem.h"
#include "fit/linear/lad.h"
#include "math/dense.h"
#include "math/special.h"
#include "math/tsqr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Quantiles that differ by less, in parts of the target's scale, cross in a row, … */
static const double crossing = 1.4901161193847656e-8;
/* … and so do those that differ by less than this part of the sum of their terms, which may cancel: rounding. */
static const double rounding = 1e3 * 2.220446049250313e-16;

static double predict(const struct regress *r, const double *theta, const double *x)
{
    return theta[0] + dense_dot(r->terms - 1, theta + 1, x);
}

/* ---- the quantiles ---- */

struct lad_residual {
    double value, weight;
};

static int compare_residuals(const void *a, const void *b)
{
    const struct lad_residual *p = a, *q = b;
    return (p->value > q->value) - (p->value < q->value);
}

/* start: theta, with the intercept, if there is one, moved by the quantile of the residuals. */
static void find_start(const struct regress *r, const double *theta, double tau, double *start)
{
    size_t n = 0;
    memcpy(start, theta, r->terms * sizeof *start);
    if (!r->intercept)
        return;
    struct lad_residual *residual = mem_alloc(r->data->n, sizeof *residual);
    for (size_t c = 0; c < r->data->chunks; c++) {
        const struct dataset_chunk *chunk = &r->data->chunk[c];
        for (size_t row = 0; row < chunk->rows; row++)
            residual[n++] =
                (struct lad_residual){chunk->target[row * chunk->ld] - predict(r, theta, chunk->x + row * chunk->ld),
                                      dataset_weight(chunk, row)};
    }
    qsort(residual, n, sizeof *residual, compare_residuals);
    size_t i = 0;
    for (double below = residual[0].weight; below < tau * r->data->weight_sum && i + 1 < n;)
        below += residual[++i].weight;
    start[0] += residual[i].value;
    free(residual);
}

static double bandwidth(double n)
{
    double f = exp(-0.5 * special_log_two_pi); /* the normal density at 0 */
    double h = cbrt(1.5 * f * f / n) * pow(special_normal_quantile(0.975), 2.0 / 3);
    while (h > 0.5)
        h /= 2;
    return h;
}

/* slope: theta(1/2 + h) - theta(1/2 - h), divided by 2h. size: the sum of their magnitudes. */
static bool fit_quantiles(const struct regress *r, const double *theta, double h, double *slope, double *size)
{
    struct lad_result low, high;
    double *other = mem_alloc(r->terms, sizeof *other);
    find_start(r, theta, 0.5 - h, other);
    find_start(r, theta, 0.5 + h, slope);
    lad_fit_quantile(r, 0.5 - h, other, &low);
    lad_fit_quantile(r, 0.5 + h, slope, &high);
    for (size_t k = 0; k < r->terms; k++) {
        size[k] = fabs(slope[k]) + fabs(other[k]);
        slope[k] = (slope[k] - other[k]) / (2 * h);
    }
    free(other);
    return low.converged && high.converged;
}

/* ---- the sandwich ---- */

/* f of a row, or 0 where the quantiles cross. */
static double density(const struct regress *r, const double *slope, const double *size, double h, double unit,
                      const double *x)
{
    double rise = predict(r, slope, x), terms = size[0];
    for (size_t k = 1; k < r->terms; k++)
        terms += size[k] * fabs(x[k - 1]);
    return 2 * h * rise > fmax(crossing, rounding * terms) ? 1 / (unit * rise) : 0;
}

/* Factors, m x m, of the terms and of the terms times the root of their density. */
struct lad_bread {
    size_t m;
    double *rows, *density;
};

static void fold_rows(const struct regress *r, const double *slope, const double *size, double h, bool importances,
                      struct lad_bread *b)
{
    size_t first = !r->intercept, m = b->m;
    for (size_t c = 0; c < r->data->chunks; c++) {
        const struct dataset_chunk *chunk = &r->data->chunk[c];
        double *a = mem_alloc(chunk->rows * m, sizeof *a), *d = mem_alloc(chunk->rows * m, sizeof *d);
        for (size_t row = 0; row < chunk->rows; row++) {
            const double *x = chunk->x + row * chunk->ld;
            double weight = dataset_weight(chunk, row), unit = importances ? weight : sqrt(weight);
            double root = weight > 0 ? sqrt(density(r, slope, size, h, importances ? weight : 1, x)) : 0;
            for (size_t k = 0; k < m; k++) {
                a[k * chunk->rows + row] = unit * (first + k == 0 ? 1 : x[first + k - 1]);
                d[k * chunk->rows + row] = root * a[k * chunk->rows + row];
            }
        }
        tsqr_fold(m, b->rows, chunk->rows, a, chunk->rows);
        tsqr_fold(m, b->density, chunk->rows, d, chunk->rows);
        free(a);
        free(d);
    }
}

/* ratio: m x m, the upper triangle K with K J = F, which is well-conditioned however nearly collinear the terms are. */
static void divide(size_t m, const double *f, const double *j, double *ratio)
{
    for (size_t i = 0; i < m; i++) {
        for (size_t c = i; c < m; c++) {
            double sum = f[i * m + c];
            for (size_t k = i; k < c; k++)
                sum -= ratio[i * m + k] * j[k * m + c];
            ratio[i * m + c] = sum / j[c * m + c];
        }
    }
}

/* r: m x m, the factor of 2 K'F. False: F is singular. */
static bool combine(const struct lad_bread *b, double *r)
{
    size_t m = b->m;
    double *ratio = mem_zero(m * m, sizeof *ratio), *columns = mem_zero(m * m, sizeof *columns);
    bool regular = true;
    divide(m, b->density, b->rows, ratio);
    for (size_t j = 0; j < m; j++) {
        regular = regular && fabs(b->density[j * m + j]) > 1e-7 * fabs(b->rows[j * m + j]);
        for (size_t i = 0; i < m; i++)
            for (size_t k = 0; k <= (i < j ? i : j); k++)
                columns[j * m + i] += 2 * ratio[k * m + i] * b->density[k * m + j];
    }
    memset(r, 0, m * m * sizeof *r);
    tsqr_fold(m, r, m, columns, m);
    free(ratio);
    free(columns);
    return regular;
}

bool lad_errors(const struct regress *r, const double *theta, bool importances, double *factor)
{
    size_t first = !r->intercept, m = r->terms - first;
    double n = r->data->weight_sum, h = bandwidth(n), *slope = mem_alloc(r->terms, 2 * sizeof *slope);
    struct lad_bread bread = {m, mem_zero(m * m, sizeof(double)), mem_zero(m * m, sizeof(double))};
    double *triangle = mem_alloc(m * m, sizeof *triangle);
    bool known = n > (double)m && fit_quantiles(r, theta, h, slope, slope + r->terms);
    if (known) {
        fold_rows(r, slope, slope + r->terms, h, importances, &bread);
        known = combine(&bread, triangle);
    }
    memset(factor, 0, r->terms * r->terms * sizeof *factor);
    for (size_t i = 0; i < m && known; i++)
        for (size_t j = i; j < m; j++)
            factor[(first + i) * r->terms + first + j] = triangle[i * m + j];
    free(bread.rows);
    free(bread.density);
    free(triangle);
    free(slope);
    return known;
}
