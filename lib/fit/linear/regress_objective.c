/* The mean over rows of a loss of one or two linear predictors (struct regress_mean), as an objective with Hessian.
 *
 *  1. Per chunk (regress_objective_map), ROWS rows at a time: their terms (gather_rows), the predictors, the loss's
 *     value, gradient g and curvature h by predictor (add_losses), and the sums w g_a x_a and the lower triangle of the
 *     sums w h_ab x_a x_b' as products of matrices (add_products).
 *  2. regress_objective_reduce adds the chunks in order, so that the bits do not depend on the number of threads.
 *
 * Memory: a gradient, a Hessian and 2 ROWS (n + 4) numbers per thread. */

#include "fit/linear/regress.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "math/dense.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 128 }; /* at a time, to stay in cache */

struct regress_part { /* of one worker */
    double value, *gradient, *hessian;
    double *rows;   /* ROWS x n: the terms of each predictor, one after the other */
    double *scaled; /* ROWS x n */
    double predictor[REGRESS_BLOCKS][ROWS], slope[REGRESS_BLOCKS][ROWS],
        curvature[REGRESS_BLOCKS * REGRESS_BLOCKS][ROWS];
};

struct regress_pass {
    const struct regress_mean *mean;
    size_t n;
    const double *theta;
    double value, *gradient, *hessian;
    struct regress_part *part;
};

static void gather_rows(const struct regress_pass *pass, const struct dataset_chunk *chunk, size_t first, size_t rows,
                        double *to)
{
    const struct regress_mean *m = pass->mean;
    for (size_t r = 0; r < rows; r++) {
        const double *x = chunk->x + (first + r) * chunk->ld;
        for (size_t b = 0; b < m->blocks; b++)
            for (size_t k = 0; k < m->block[b].n; k++)
                *to++ = m->block[b].term[k] == 0 ? 1 : x[m->block[b].term[k] - 1];
    }
}

/* Weighted losses, slopes and curvatures of the rows at their predictors. False: a loss is infinite. */
static bool add_losses(const struct regress_pass *pass, struct regress_part *part, const struct dataset_chunk *chunk,
                       size_t first, size_t rows)
{
    const struct regress_mean *m = pass->mean;
    size_t k = m->blocks;
    double predictor[REGRESS_BLOCKS], value, g[REGRESS_BLOCKS], h[REGRESS_BLOCKS * REGRESS_BLOCKS];
    for (size_t r = 0; r < rows; r++) {
        double weight = dataset_weight(chunk, first + r);
        for (size_t b = 0; b < k; b++)
            predictor[b] = part->predictor[b][r];
        for (size_t b = 0; b < k && weight == 0; b++)
            g[b] = h[b * k] = h[b * k + b] = 0;
        if (weight != 0) {
            if (!m->loss(m->context, chunk->target[(first + r) * chunk->ld], weight, predictor, &value, g, h))
                return false;
            part->value += weight * value;
        }
        for (size_t b = 0; b < k; b++)
            part->slope[b][r] = weight * g[b];
        for (size_t b = 0; b < k; b++)
            for (size_t c = 0; c <= b; c++)
                part->curvature[b * k + c][r] = weight * h[b * k + c];
    }
    return true;
}

/* The place of a block's first parameter. */
static size_t first_of(const struct regress_mean *m, size_t block)
{
    return block == 0 ? 0 : m->block[0].n;
}

static void add_products(const struct regress_pass *pass, struct regress_part *part, size_t rows)
{
    const struct regress_mean *m = pass->mean;
    size_t n = pass->n;
    for (size_t a = 0; a < m->blocks; a++) {
        size_t at = first_of(m, a), size = m->block[a].n;
        dense_apply_transposed(rows, size, part->rows + at, n, part->slope[a], part->gradient + at);
        if (pass->hessian == NULL)
            continue;
        dense_gram_add(rows, size, part->curvature[a * m->blocks + a], part->rows + at, n, part->hessian + at * (n + 1),
                       n);
        for (size_t b = 0; b < a; b++) {
            size_t from = first_of(m, b);
            for (size_t r = 0; r < rows; r++)
                dense_scale(size, part->curvature[a * m->blocks + b][r], part->rows + r * n + at,
                            part->scaled + r * size);
            dense_multiply_tn_add(size, m->block[b].n, rows, part->scaled, size, part->rows + from, n,
                                  part->hessian + at * n + from, n);
        }
    }
}

static void regress_objective_map(void *context, size_t worker, size_t index)
{
    struct regress_pass *pass = context;
    const struct regress_mean *m = pass->mean;
    const struct dataset_chunk *chunk = &m->regress->data->chunk[index];
    struct regress_part *part = &pass->part[worker];
    part->value = 0;
    memset(part->gradient, 0, pass->n * sizeof(double));
    if (pass->hessian != NULL)
        memset(part->hessian, 0, pass->n * pass->n * sizeof(double));
    for (size_t first = 0; first < chunk->rows; first += ROWS) {
        size_t rows = chunk->rows - first < ROWS ? chunk->rows - first : ROWS;
        gather_rows(pass, chunk, first, rows, part->rows);
        for (size_t b = 0; b < m->blocks; b++)
            dense_apply(rows, m->block[b].n, part->rows + first_of(m, b), pass->n, pass->theta + first_of(m, b),
                        part->predictor[b]);
        if (!add_losses(pass, part, chunk, first, rows)) {
            part->value = (double)INFINITY;
            return;
        }
        if (pass->gradient != NULL)
            add_products(pass, part, rows);
    }
}

static void regress_objective_reduce(void *context, size_t worker, size_t index)
{
    struct regress_pass *pass = context;
    const struct regress_part *part = &pass->part[worker];
    (void)index;
    pass->value += part->value;
    if (pass->gradient != NULL)
        dense_add(pass->n, 1, part->gradient, pass->gradient);
    if (pass->hessian != NULL)
        dense_add(pass->n * pass->n, 1, part->hessian, pass->hessian);
}

static size_t parameters(const struct regress_mean *m)
{
    size_t n = 0;
    for (size_t b = 0; b < m->blocks; b++)
        n += m->block[b].n;
    return n;
}

static double regress_objective_evaluate(void *context, const double *theta, double *gradient, double *hessian)
{
    const struct regress_mean *m = context;
    size_t n = parameters(m), threads = m->regress->threads, square = hessian != NULL ? n * n : 0;
    double unit = 1 / m->regress->data->weight_sum;
    struct regress_part *part = mem_alloc(threads, sizeof *part);
    for (size_t t = 0; t < threads; t++) {
        double *memory = mem_alloc(n + square + 2 * ROWS * n, sizeof *memory);
        part[t].gradient = memory;
        part[t].hessian = memory + n;
        part[t].rows = memory + n + square;
        part[t].scaled = part[t].rows + ROWS * n;
    }
    struct regress_pass pass = {m, n, theta, 0, gradient, hessian, part};
    if (gradient != NULL)
        memset(gradient, 0, n * sizeof *gradient);
    if (hessian != NULL)
        memset(hessian, 0, n * n * sizeof *hessian);
    parallel_reduce(m->regress->data->chunks, threads, &pass, regress_objective_map, regress_objective_reduce);
    if (gradient != NULL)
        dense_scale(n, unit, gradient, gradient);
    if (hessian != NULL) {
        dense_scale(n * n, unit, hessian, hessian);
        dense_mirror(n, hessian);
    }
    for (size_t t = 0; t < threads; t++)
        free(part[t].gradient);
    free(part);
    return unit * pass.value;
}

struct objective regress_objective(struct regress_mean *mean)
{
    const struct dataset *data = mean->regress->data;
    return (struct objective){.n = parameters(mean),
                              .total = fmax(data->counted, data->weight_sum),
                              .context = mean,
                              .evaluate = regress_objective_evaluate};
}
