/* Products of the Hessian with a direction v, and its diagonal, without the Hessian (B. Pearlmutter, Neural
 * Computation 6 (1994), 147, of which this is the case of one layer).
 *
 *  1. glm_product has the last point evaluated once more where no weights are there yet (fill_irls_weights);
 *     evaluations of later points fill them on the way.
 *  2. Per chunk (glm_product_map): scores s = X v, then with one score X'(h s), h being the weighted curvatures of
 *     the rows; with several, per class, X'(w p_a (s_a - sum_b p_b s_b)), p being the fitted probabilities
 *     (glm_sums_add_product).
 *  3. glm_product_reduce adds the chunks in order; the sum is divided by the weight of all rows.
 *
 * Memory: scores numbers per row, and a gradient per thread. One pass over the rows per product. */

#include "fit/glm/glm_product.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "fit/glm/glm_sums.h"
#include "fit/glm/glm_total.h"
#include "math/dense.h"

#include <stdlib.h>
#include <string.h>

struct glm_product_pass {
    struct glm *glm;
    const double *irls_weights;
    const double *direction; /* scores x width; NULL: the diagonal */
    double *sum;             /* scores x width */
};

static void glm_product_map(void *context, size_t worker, size_t index)
{
    const struct glm_product_pass *pass = context;
    struct glm *glm = pass->glm;
    struct glm_sums *mine = &glm->sums[1 + worker];
    const struct dataset_chunk *chunk = &glm->data->chunk[index];
    const double *irls_weights = pass->irls_weights + glm->first_row[index] * glm->scores;
    glm_sums_clear(mine, glm, glm->options.loss, true, false);
    if (pass->direction != NULL)
        glm_sums_add_product(mine, glm, chunk, irls_weights, pass->direction);
    else
        glm_sums_add_diagonal(mine, glm, chunk, irls_weights);
}

static void glm_product_reduce(void *context, size_t worker, size_t index)
{
    const struct glm_product_pass *pass = context;
    (void)index;
    dense_add(pass->glm->scores * pass->glm->width, 1, pass->glm->sums[1 + worker].gradient, pass->sum);
}

/* Evaluates the last point again, this time with the weights. */
static void fill_irls_weights(struct glm *glm)
{
    double *theta = mem_alloc(glm->blocks * glm->width, sizeof *theta);
    glm->irls_weights = mem_large(glm->data->n * glm->scores, sizeof *glm->irls_weights);
    for (size_t b = 0; b < glm->blocks; b++)
        memcpy(theta + b * glm->width, glm->theta + glm_block_score(glm, b) * glm->width, glm->width * sizeof *theta);
    glm->has_sums = false;
    glm_total(glm, glm->options.loss, theta, true, false);
    free(theta);
}

void glm_product_with(struct glm *glm, const double *irls_weights, const double *direction, double *sum)
{
    size_t width = glm->width, n = glm->scores * width;
    double *memory = mem_zero(2 * n, sizeof *memory);
    struct glm_product_pass pass = {
        .glm = glm, .irls_weights = irls_weights, .direction = direction != NULL ? memory : NULL, .sum = memory + n};
    if (direction != NULL)
        glm_expand(glm, direction, memory);
    parallel_reduce(glm->data->chunks, glm->options.threads, &pass, glm_product_map, glm_product_reduce);
    for (size_t b = 0; b < glm->blocks; b++)
        for (size_t i = 0; i < width; i++)
            sum[b * width + i] = pass.sum[glm_block_score(glm, b) * width + i] / glm->weight_sum;
    free(memory);
}

void glm_product(struct glm *glm, const double *direction, double *sum)
{
    if (glm->irls_weights == NULL)
        fill_irls_weights(glm);
    glm_product_with(glm, glm->irls_weights, direction, sum);
}

void glm_product_diagonal(struct glm *glm, double *sum)
{
    glm_product(glm, NULL, sum);
}
