/* Standard errors of least absolute deviations; the formula and its references are in lad_errors.h.
 *
 *  1. gather sorts the residuals by size, rows of weight w being w of them.
 *  2. find_sparsity takes h + 1 of the smallest, those of 0 left out, by value, and has slope_of fit a median
 *     regression of them on their ranks: its slope is the sparsity s (difference quotient of the quantile function,
 *     steadied by a regression).
 *  3. lad_covariance returns s^2 / 4 (X'X)^-1 or, for importances, of the rows times their weights
 *     (inverse_gram_of_squares).
 *
 * Memory: 32 bytes per row, and 16 per residual of step 2. Time: n log n. One thread. */

#include "fit/linear/lad_errors.h"

#include "base/mem.h"
#include "fit/linear/lad.h"
#include "math/dense.h"
#include "math/special.h"
#include "math/tsqr.h"

#include <math.h>
#include <stdlib.h>

/* Residuals of less than this part of the target's scale are 0. */
static const double zero = 1.4901161193847656e-8;

struct lad_residual {
    double size, value;
    size_t row, weight;
};

static int compare_sizes(const void *a, const void *b)
{
    const struct lad_residual *p = a, *q = b;
    if (p->size != q->size)
        return p->size < q->size ? -1 : 1;
    return (p->row > q->row) - (p->row < q->row);
}

static int compare_values(const void *a, const void *b)
{
    const double *p = a, *q = b;
    return (*p > *q) - (*p < *q);
}

/* Sorts the residuals by size; *zeros: the number of those that are 0. False: a weight is not whole. */
static bool gather(const struct regress *r, const double *theta, bool importances, struct lad_residual *residual,
                   size_t *zeros)
{
    size_t n = 0;
    *zeros = 0;
    for (size_t c = 0; c < r->data->chunks; c++) {
        const struct dataset_chunk *chunk = &r->data->chunk[c];
        for (size_t row = 0; row < chunk->rows; row++, n++) {
            double weight = dataset_weight(chunk, row);
            double mean = theta[0] + dense_dot(r->terms - 1, theta + 1, chunk->x + row * chunk->ld);
            double value = chunk->target[row * chunk->ld] - mean;
            if (importances) {
                value *= weight;
                weight = weight > 0;
            }
            if (weight != floor(weight) || weight > 1e15)
                return false;
            residual[n] = (struct lad_residual){fabs(value), value, n, (size_t)weight};
            *zeros += fabs(value) < zero ? (size_t)weight : 0;
        }
    }
    qsort(residual, n, sizeof *residual, compare_sizes);
    return true;
}

/* The slope of the median regression of values, ascending, on first / freedom, (first + 1) / freedom, ...; NaN where
 * there is none. */
static double slope_of(const double *value, size_t n, double first, double freedom)
{
    struct err ignored = {0};
    struct regress *r = NULL;
    struct lad_result result;
    double *rows = mem_alloc(n, 2 * sizeof *rows), slope = (double)NAN, theta[2];
    for (size_t i = 0; i < n; i++) {
        rows[2 * i] = (first + (double)i) / freedom;
        rows[2 * i + 1] = value[i];
    }
    char name[] = "residual";
    struct dataset_chunk chunk = {.rows = n, .x = rows, .ld = 2, .target = rows + 1};
    double rows_n = (double)n;
    struct dataset data = {.n = n,
                           .d = 1,
                           .chunks = 1,
                           .chunk = &chunk,
                           .target = name,
                           .weight_sum = rows_n,
                           .cases = rows_n,
                           .counted = rows_n};
    if (regress_new_in_place(&r, &data, false, 1, &ignored) == STATUS_OK && r->terms == 2) {
        lad_fit(r, theta, &result);
        if (result.converged)
            slope = r->target_scale * theta[1] / r->scale[0];
    }
    regress_free(r);
    free(rows);
    return slope;
}

static double find_sparsity(const struct regress *r, const double *theta, bool importances, double n, double p)
{
    struct lad_residual *residual = mem_alloc(r->data->n, sizeof *residual);
    double f = exp(-0.5 * log(2 * acos(-1))), sparsity = (double)NAN; /* the normal density at 0 */
    double share = cbrt(1.5 * f * f / n) * pow(special_normal_quantile(0.975), 2.0 / 3);
    double wanted = fmax(p + 1, ceil(n * share)) + 1;
    size_t zeros, count = 0, rank = 0;
    if (!(wanted < 1e9) || !gather(r, theta, importances, residual, &zeros) || (double)zeros + wanted > n) {
        free(residual);
        return sparsity;
    }
    double *value = mem_alloc((size_t)wanted, sizeof *value);
    for (size_t i = 0; i < r->data->n && count < (size_t)wanted; i++)
        for (size_t copy = 0; copy < residual[i].weight && count < (size_t)wanted; copy++)
            if (rank++ >= zeros)
                value[count++] = residual[i].value;
    qsort(value, count, sizeof *value, compare_values);
    sparsity = slope_of(value, count, (double)zeros + 1, n - p);
    free(value);
    free(residual);
    return sparsity;
}

/* (sum of (w x)(w x)')^-1 over the rows' terms x, terms x terms; 0 for the term 0 of a fit without intercept. */
static void inverse_gram_of_squares(const struct regress *r, double *inverse)
{
    size_t first = !r->intercept, n = r->terms - first;
    double *triangle = mem_zero(n, n * sizeof *triangle), *half = mem_alloc(n, n * sizeof *half);
    for (size_t c = 0; c < r->data->chunks; c++) {
        const struct dataset_chunk *chunk = &r->data->chunk[c];
        double *a = mem_alloc(chunk->rows * n, sizeof *a);
        for (size_t row = 0; row < chunk->rows; row++) {
            const double *x = chunk->x + row * chunk->ld, weight = chunk->weight[row * chunk->ld];
            for (size_t k = 0; k < n; k++)
                a[k * chunk->rows + row] = weight * (first + k == 0 ? 1 : x[first + k - 1]);
        }
        tsqr_fold(n, triangle, chunk->rows, a, chunk->rows);
        free(a);
    }
    tsqr_inverse(n, triangle, n, half);
    for (size_t i = 0; i < r->terms * r->terms; i++)
        inverse[i] = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            inverse[(first + i) * r->terms + first + j] = dense_dot(n, half + i * n, half + j * n);
    free(triangle);
    free(half);
}

bool lad_covariance(const struct regress *r, const double *theta, bool importances, double *covariance)
{
    double n = r->data->weight_sum, p = (double)(r->terms - !r->intercept);
    double sparsity = n > p ? find_sparsity(r, theta, importances, n, p) : (double)NAN;
    if (!(sparsity > 0))
        return false;
    if (importances)
        inverse_gram_of_squares(r, covariance);
    else
        regress_inverse_gram(r, covariance);
    dense_scale(r->terms * r->terms, sparsity * sparsity / 4, covariance, covariance);
    return true;
}
