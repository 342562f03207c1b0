/* Verifies a proposed direction of separation against every row of positive weight.
 *
 *  1. separation_margin runs over the rows, GLM_ROWS at a time, and takes the least and the largest of (score of an
 *     own class - score of another class); with one score, of the score towards the row's class.
 *  2. separation_verify compares them: no margin below 0 (to rounding: `border` of the largest) and one above is a
 *     separation; all above 0 is a complete one.
 *
 * Reference: A. Albert and J. Anderson, On the existence of maximum likelihood estimates in logistic regression
 * models, Biometrika 71 (1984), 1-10. Memory: GLM_ROWS rows of scores; one thread. */

#include "fit/glm/separation_verify.h"

#include "base/mem.h"
#include "fit/glm/glm_sums.h"

#include <math.h>
#include <stdlib.h>

static const double border = 1e-9; /* of the largest margin: counts as 0 */

static void widen(struct separation_margin *margin, double x)
{
    margin->least = fmin(margin->least, x);
    margin->largest = fmax(margin->largest, x);
}

struct separation_margin separation_margin(const struct glm *glm, const double *direction)
{
    size_t k = glm->scores;
    double *full = mem_alloc(k * glm->width, sizeof *full), *scores = mem_alloc(GLM_ROWS * k, sizeof *scores);
    struct separation_margin margin = {(double)INFINITY, -(double)INFINITY};
    glm_expand(glm, direction, full);
    for (size_t c = 0; c < glm->data->chunks; c++) {
        const struct dataset_chunk *chunk = &glm->data->chunk[c];
        for (size_t r = 0; r < chunk->rows; r++) {
            if (r % GLM_ROWS == 0)
                glm_scores(glm, chunk, r, chunk->rows - r < GLM_ROWS ? chunk->rows - r : GLM_ROWS, full, scores);
            if (!(glm_weight(chunk, r) > 0))
                continue;
            const double *row = scores + r % GLM_ROWS * k;
            if (k == 1)
                widen(&margin, chunk->label[r] == glm->options.positive ? row[0] : -row[0]);
            for (size_t own = 0; own < k && k > 1; own++)
                for (size_t other = 0; other < k && dataset_probability(chunk, r, own) > 0; other++)
                    if (other != own)
                        widen(&margin, row[own] - row[other]);
        }
    }
    free(full);
    free(scores);
    return margin;
}

enum separation_kind separation_verify(const struct glm *glm, const double *direction)
{
    struct separation_margin margin = separation_margin(glm, direction);
    if (!(margin.largest > 0) || !isfinite(margin.largest) || !(margin.least >= -border * margin.largest))
        return SEPARATION_NONE;
    return margin.least > border * margin.largest ? SEPARATION_COMPLETE : SEPARATION_QUASI;
}
