/* Columns of a glm as combinations of others, which a Gram matrix determines to half of the digits and a pass over the
 * rows to all of them.
 *
 *  1. glm_combination_init takes the rough slopes of a column by the Gram matrix of all, and leaves out those that may
 *     be rounding: a combination of few columns costs few operations per row. If one was not rounding, what the
 *     combination leaves shows it.
 *  2. glm_combinations_refine passes over the rows for residuals e and gradients X'W e of all combinations (measure).
 *     Unless they are exact already, it corrects each by the Cholesky factor of the Gram matrix of its own columns
 * (correct), and passes over the rows again. One step of refinement squares the relative error of the Gram matrix's
 * solution (A. Bjorck, Numerical Methods for Least Squares Problems, 1996, section 2.9.3).
 *
 * Memory: d numbers, and n^2 of a combination of n columns at a time. Time: one or two passes of 4 n operations per row
 * and combination, and for sparse rows 2 per number. One thread. */

#include "fit/glm/glm_combination.h"

#include "base/mem.h"
#include "fit/glm/glm_sums.h"
#include "math/dense.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Slopes of columns of unit size below this part of the largest may be rounding. */
static const double negligible = 1e-8;

void glm_combination_release(struct glm_combination *combination)
{
    free(combination->term);
    free(combination->b);
}

void glm_combination_init(struct glm_combination *c, const struct glm_gram *gram, size_t d, size_t column,
                          const double *b)
{
    double largest = dense_norm_max(d, b);
    *c = (struct glm_combination){.column = column, .term = mem_alloc(d, sizeof *c->term)};
    c->b = mem_alloc(1 + d, sizeof *c->b);
    c->b[0] = gram->mean[column];
    for (size_t j = 0; j < d; j++) {
        if (!(fabs(b[j]) > negligible * largest))
            continue;
        c->term[c->n++] = j;
        c->b[c->n] = b[j];
        c->b[0] -= b[j] * gram->mean[j];
    }
}

/* A combination's sums over the rows. */
struct glm_combination_sums {
    double squares;
    double *gradient; /* 1 + n */
};

static void add_row(struct glm_combination *c, struct glm_combination_sums *sums, double weight, const double *x)
{
    double e = x[c->column] - c->b[0];
    for (size_t i = 0; i < c->n; i++)
        e -= c->b[1 + i] * x[c->term[i]];
    c->largest = fmax(c->largest, fabs(e));
    sums->squares += weight * e * e;
    sums->gradient[0] += weight * e;
    for (size_t i = 0; i < c->n; i++)
        sums->gradient[1 + i] += weight * e * x[c->term[i]];
}

/* values (d zeros): the numbers of a sparse row are put there or taken away. */
static void scatter(const struct dataset_chunk *chunk, size_t row, bool there, double *values)
{
    for (size_t i = chunk->start[row]; i < chunk->start[row + 1]; i++)
        values[chunk->index[i]] = there ? chunk->x[i] : 0;
}

static void measure(const struct glm *glm, struct glm_combination *c, struct glm_combination_sums *sums, size_t n)
{
    bool sparse = glm->data->sparse;
    double *values = mem_zero(sparse ? glm->d : 1, sizeof *values);
    for (size_t k = 0; k < n; k++) {
        c[k].largest = sums[k].squares = 0;
        memset(sums[k].gradient, 0, (1 + c[k].n) * sizeof(double));
    }
    for (size_t i = 0; i < glm->data->chunks; i++) {
        const struct dataset_chunk *chunk = &glm->data->chunk[i];
        for (size_t row = 0; row < chunk->rows; row++) {
            double weight = glm_weight(chunk, row);
            if (!(weight > 0))
                continue;
            if (sparse)
                scatter(chunk, row, true, values);
            const double *x = sparse ? values : chunk->x + row * chunk->ld;
            for (size_t k = 0; k < n; k++)
                add_row(&c[k], &sums[k], weight, x);
            if (sparse)
                scatter(chunk, row, false, values);
        }
    }
    for (size_t k = 0; k < n; k++)
        c[k].residual = sqrt(sums[k].squares / glm->data->weight_sum);
    free(values);
}

/* b += (X'WX)^-1 gradient. The intercept is eliminated by the means. */
static bool correct(const struct glm *glm, const struct glm_gram *gram, struct glm_combination *c, double *gradient)
{
    size_t n = c->n;
    double *factor = mem_alloc(n * n, sizeof *factor), shift = gradient[0] / glm->data->weight_sum;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < n; k++)
            factor[i * n + k] = gram->product[c->term[i] * glm->d + c->term[k]];
        gradient[1 + i] -= gram->mean[c->term[i]] * gradient[0];
    }
    bool regular = dense_cholesky(n, factor);
    if (regular)
        dense_cholesky_solve(n, factor, gradient + 1);
    for (size_t i = 0; i < n && regular; i++) {
        c->b[1 + i] += gradient[1 + i];
        shift -= gram->mean[c->term[i]] * gradient[1 + i];
    }
    c->b[0] += shift;
    free(factor);
    return regular;
}

bool glm_combinations_refine(const struct glm *glm, const struct glm_gram *gram, struct glm_combination *combination,
                             size_t n, glm_combinations_test *is_exact, const void *context)
{
    struct glm_combination_sums *sums = mem_alloc(n, sizeof *sums);
    bool regular = true;
    for (size_t k = 0; k < n; k++)
        sums[k].gradient = mem_alloc(1 + combination[k].n, sizeof(double));
    measure(glm, combination, sums, n);
    bool exact = is_exact(context);
    for (size_t k = 0; k < n && regular && !exact; k++)
        regular = correct(glm, gram, &combination[k], sums[k].gradient);
    if (regular && !exact) {
        measure(glm, combination, sums, n);
        exact = is_exact(context);
    }
    for (size_t k = 0; k < n; k++)
        free(sums[k].gradient);
    free(sums);
    return exact;
}
