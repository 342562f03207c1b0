/* The mean over rows of a loss of one or two linear predictors (struct regress_mean), as an objective with Hessian.
 *
 *  1. Per chunk (regress_objective_map): the predictors of each row, the loss's value, gradient g and curvature h by
 *     predictor, and their parts of the sums, sum w g_a x_a and the lower triangle of sum w h_ab x_a x_b' (add_row).
 *  2. regress_objective_reduce adds the chunks in order, so that the bits do not depend on the number of threads.
 *
 * Memory: a gradient and a Hessian per thread. */

#include "fit/linear/regress.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "math/dense.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct regress_part { /* of one worker */
    double value, *gradient, *hessian, *row;
};

struct regress_pass {
    const struct regress_mean *mean;
    size_t n;
    const double *theta;
    double value, *gradient, *hessian;
    struct regress_part *part;
};

static void add_row(const struct regress_pass *pass, struct regress_part *part, double weight, const double *g,
                    const double *h)
{
    const struct regress_mean *m = pass->mean;
    size_t i = 0;
    for (size_t a = 0; a < m->blocks; a++) {
        for (size_t k = 0; k < m->block[a].n; k++, i++) {
            double x = weight * part->row[i];
            part->gradient[i] += g[a] * x;
            double *to = part->hessian + i * pass->n;
            for (size_t b = 0, first = 0; pass->hessian != NULL && b <= a; first += m->block[b++].n) {
                double factor = h[a * m->blocks + b] * x;
                size_t end = b < a ? first + m->block[b].n : i + 1;
                for (size_t j = first; j < end && factor != 0; j++)
                    to[j] += factor * part->row[j];
            }
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
    for (size_t r = 0; r < chunk->rows; r++) {
        const double *x = chunk->x + r * chunk->ld;
        double predictor[REGRESS_BLOCKS], value, g[REGRESS_BLOCKS], h[REGRESS_BLOCKS * REGRESS_BLOCKS];
        double weight = dataset_weight(chunk, r);
        for (size_t b = 0, i = 0; b < m->blocks; b++) {
            predictor[b] = 0;
            for (size_t k = 0; k < m->block[b].n; k++, i++) {
                part->row[i] = m->block[b].term[k] == 0 ? 1 : x[m->block[b].term[k] - 1];
                predictor[b] += pass->theta[i] * part->row[i];
            }
        }
        if (weight == 0)
            continue;
        if (!m->loss(m->context, chunk->target[r * chunk->ld], weight, predictor, &value, g, h)) {
            part->value = (double)INFINITY;
            return;
        }
        part->value += weight * value;
        if (pass->gradient != NULL)
            add_row(pass, part, weight, g, h);
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
    size_t n = parameters(m), threads = m->regress->threads, size = 2 * n + (hessian != NULL ? n * n : 0);
    double unit = 1 / m->regress->data->weight_sum;
    struct regress_part *part = mem_alloc(threads, sizeof *part);
    for (size_t t = 0; t < threads; t++) {
        double *memory = mem_alloc(size, sizeof *memory);
        part[t] = (struct regress_part){0, memory, memory + 2 * n, memory + n};
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
