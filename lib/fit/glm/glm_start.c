/* Starts: the optimum of intercepts alone, which rare classes need (else each step towards them is of about 1 in
 * log-odds), and for Newton's method an optimum of a sample of the rows.
 *
 *  1. glm_start takes one row in 16 or, if that leaves too few per parameter, one in 4 (take_sample): whole chunks
 *     where there are many, else blocks of GLM_ROWS rows, evenly spread, so that sorted rows do no harm.
 *  2. find_optimum minimises the same objective over the sample (glm_total.c skips the other rows), as far as a
 *     sample knows the optimum of all: in columns of unit sd no entry of a gradient has a larger standard error than
 *     0.5 / sqrt(rows).
 *
 * Newton's method squares the distance to the optimum, while that of a sample's optimum goes by the root of its size:
 * a sample of one in 16 costs less than half a pass in all and saves about two. */

#include "base/mem.h"
#include "fit/glm/glm.h"
#include "fit/glm/glm_sums.h"
#include "fit/glm/glm_total.h"
#include "optim/optim.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const size_t shares[] = {16, 4};
enum { ROWS = 4096, ROWS_PER_PARAMETER = 50 }; /* in the sample, at least */

/* Sets the sample to one row in `share`; returns its size. Whole chunks where there are many: chunks that are not in
 * memory need not be read. */
static size_t take_sample(struct glm *glm, size_t share)
{
    enum { MANY = 64 };
    size_t rows = 0;
    glm->has_sums = false;
    glm->every_chunk = glm->data->chunks >= MANY ? share : 1;
    glm->every_block = share / glm->every_chunk;
    glm->weight_sum = 0;
    for (size_t c = 0; c < glm->data->chunks; c += glm->every_chunk) {
        for (size_t first, end = 0; glm_total_next_sampled(glm, c, &first, &end); rows += end - first)
            for (size_t r = first; r < end; r++)
                glm->weight_sum += glm_weight(&glm->data->chunk[c], r);
    }
    return rows;
}

static void find_optimum(struct glm *glm, double *theta)
{
    struct objective objective = glm_objective(glm);
    struct optim_options options = {.tolerance = 0.3, .max_iterations = 20}; /* standard errors of the sample */
    struct optim_result result;
    double *at = mem_alloc(objective.n, sizeof *at);
    memcpy(at, theta, objective.n * sizeof *at);
    optim_newton.run(&objective, &options, at, &result);
    bool is_separated = objective.total * result.value < 1; /* nat: as good as perfect, which has no optimum */
    if (result.status == OPTIM_CONVERGED && !is_separated)
        memcpy(theta, at, objective.n * sizeof *theta);
    free(at);
}

void glm_start_intercepts(const struct glm *glm, double *theta)
{
    const struct dataset *data = glm->data;
    double *weights = mem_alloc(data->classes, sizeof *weights), mean = 0;
    dataset_class_weights(data, weights);
    memset(theta, 0, glm->blocks * glm->width * sizeof *theta);
    for (size_t b = 0; b < glm->blocks; b++) {
        double *intercept = &theta[b * glm->width];
        if (glm->scores == 1)
            *intercept = log(weights[glm->options.positive]) - log(weights[1 - (glm->options.positive != 0)]);
        else
            *intercept = log(weights[glm_block_score(glm, b)]);
        if (glm->blocks < glm->scores)
            *intercept -= log(weights[glm->options.reference]);
        mean += *intercept / (double)glm->blocks;
    }
    for (size_t b = 0; b < glm->blocks && glm_is_symmetric(glm); b++)
        theta[b * glm->width] -= mean;
    free(weights);
}

void glm_start(struct glm *glm, double *theta)
{
    size_t n = glm->blocks * glm->width, least = ROWS_PER_PARAMETER * n > ROWS ? ROWS_PER_PARAMETER * n : ROWS;
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        if (glm->data->n / shares[i] < least)
            continue;
        take_sample(glm, shares[i]);
        if (glm->weight_sum > 0)
            find_optimum(glm, theta);
        break;
    }
    glm->has_sums = false;
    glm->every_chunk = glm->every_block = 1;
    glm->weight_sum = glm->data->weight_sum;
}
