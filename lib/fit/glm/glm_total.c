/* The pass over all rows, or over a sample of them, that evaluations are made of.
 *
 *  1. glm_total returns at once where the sums of that point, loss and derivatives are at hand (has_sums).
 *  2. glm_expand writes the parameters, with those of the reference, to glm->theta, where glm_sums_add reads them.
 *  3. parallel_reduce gives each chunk to a worker (glm_total_map), which clears its own sums and adds the chunk's
 *     rows to them, and merges the results in the order of the chunks (glm_total_reduce): the bits do not depend on
 *     the number of threads.
 *
 * A sample (glm_start.c) is each every_chunk-th chunk, and of its rows each every_block-th block of GLM_ROWS. Memory:
 * a gradient and, if asked for, a Hessian per thread. */

#include "fit/glm/glm_total.h"

#include "base/parallel.h"
#include "fit/glm/glm_sums.h"

#include <string.h>

bool glm_total_next_sampled(const struct glm *glm, size_t chunk, size_t *first, size_t *end)
{
    size_t rows = glm->data->chunk[chunk].rows;
    for (*first = *end; *first < rows; *first += GLM_ROWS) {
        *end = rows - *first < GLM_ROWS ? rows : *first + GLM_ROWS;
        if ((glm->first_row[chunk] + *first) / GLM_ROWS % glm->every_block == 0)
            return true;
    }
    return false;
}

static void glm_total_map(void *context, size_t worker, size_t job)
{
    struct glm *glm = context;
    size_t index = job * glm->every_chunk;
    const struct dataset_chunk *chunk = &glm->data->chunk[index];
    struct glm_sums *total = &glm->sums[0], *mine = &glm->sums[1 + worker];
    glm_sums_clear(mine, glm, total->loss, total->want_gradient, total->want_hessian);
    mine->irls_weights = glm->irls_weights != NULL && total->want_gradient
                             ? glm->irls_weights + glm->first_row[index] * glm->scores
                             : NULL;
    if (glm->every_block == 1)
        glm_sums_add(mine, glm, chunk, 0, chunk->rows);
    else
        for (size_t first, end = 0; glm_total_next_sampled(glm, index, &first, &end);)
            glm_sums_add(mine, glm, chunk, first, end);
}

static void glm_total_reduce(void *context, size_t worker, size_t index)
{
    struct glm *glm = context;
    (void)index;
    glm_sums_merge(&glm->sums[0], glm, &glm->sums[1 + worker]);
}

static bool has_sums(const struct glm *glm, const struct loss *loss, const double *theta, bool gradient, bool hessian)
{
    const struct glm_sums *sums = &glm->sums[0];
    if (!glm->has_sums || sums->loss != loss || sums->want_gradient < gradient || sums->want_hessian < hessian)
        return false;
    for (size_t b = 0; b < glm->blocks; b++)
        if (memcmp(glm->theta + glm_block_score(glm, b) * glm->width, theta + b * glm->width,
                   glm->width * sizeof *theta) != 0)
            return false;
    return true;
}

bool glm_total_has_hessian(const struct glm *glm, const struct loss *loss, const double *theta)
{
    return has_sums(glm, loss, theta, true, true);
}

void glm_total(struct glm *glm, const struct loss *loss, const double *theta, bool gradient, bool hessian)
{
    if (has_sums(glm, loss, theta, gradient, hessian))
        return;
    glm_expand(glm, theta, glm->theta);
    glm_sums_clear(&glm->sums[0], glm, loss, gradient, hessian);
    parallel_reduce((glm->data->chunks + glm->every_chunk - 1) / glm->every_chunk, glm->options.threads, glm,
                    glm_total_map, glm_total_reduce);
    glm->has_sums = true;
}
