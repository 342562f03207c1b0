/* Verifies a proposed direction of separation against every row of positive weight.
 *
 *  1. separation_margin runs over the rows, GLM_ROWS at a time, and takes the least and the largest of (score of an
 *     own class - score of another class); with one score, of the score towards the row's class.
 *  2. separation_verify: no margin below 0 and one above is a separation; all above 0 is a complete one. A margin is 0
 *     if the error of the direction in that row (error_of) explains it, so that rows far out do not hide others.
 *
 * Reference: A. Albert and J. Anderson, On the existence of maximum likelihood estimates in logistic regression
 * models, Biometrika 71 (1984), 1-10. Memory: GLM_ROWS rows of scores; one thread. */

#include "fit/glm/separation_verify.h"

#include "base/mem.h"
#include "fit/glm/glm_sums.h"
#include "math/dense.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>

/* The error of a direction: of each entry in parts of itself and of the largest entry. */
static const double relative = 1e-9, absolute = 1e-12;

static void widen(struct separation_margin *margin, double x, double error)
{
    margin->least = fmin(margin->least, x);
    margin->largest = fmax(margin->largest, x);
    margin->is_against |= !(x >= -error);
    margin->is_short |= !(x > error);
}

/* The error that the direction's own causes in the scores of a row. full: scores x width. */
static double error_of(const struct glm *glm, const struct dataset_chunk *chunk, size_t row, const double *full,
                       double largest)
{
    bool sparse = glm->data->sparse;
    size_t first = sparse ? chunk->start[row] : row * chunk->ld;
    size_t n = sparse ? chunk->start[row + 1] - first : glm->d;
    double most = 0;
    for (size_t c = 0; c < glm->scores; c++) {
        const double *u = full + c * glm->width;
        double error = relative * fabs(u[0]) + absolute * largest;
        for (size_t i = 0; i < n; i++) {
            double x = fabs(chunk->x[first + i]);
            error += relative * fabs(u[1 + (sparse ? chunk->index[first + i] : i)]) * x + absolute * largest * x;
        }
        most = fmax(most, error);
    }
    return glm->scores > 1 ? 2 * most : most;
}

struct separation_margin separation_margin(const struct glm *glm, const double *direction)
{
    size_t k = glm->scores;
    double *full = mem_alloc(k * glm->width, sizeof *full), *scores = mem_alloc(GLM_ROWS * k, sizeof *scores);
    struct separation_margin margin = {.least = (double)INFINITY, .largest = -(double)INFINITY};
    glm_expand(glm, direction, full);
    double largest = dense_norm_max(k * glm->width, full);
    for (size_t c = 0; c < glm->data->chunks; c++) {
        const struct dataset_chunk *chunk = &glm->data->chunk[c];
        for (size_t r = 0; r < chunk->rows; r++) {
            if (r % GLM_ROWS == 0)
                glm_scores(glm, chunk, r, chunk->rows - r < GLM_ROWS ? chunk->rows - r : GLM_ROWS, full, scores);
            if (!(glm_weight(chunk, r) > 0))
                continue;
            const double *row = scores + r % GLM_ROWS * k;
            double error = error_of(glm, chunk, r, full, largest);
            if (k == 1)
                widen(&margin, chunk->label[r] == glm->options.positive ? row[0] : -row[0], error);
            for (size_t own = 0; own < k && k > 1; own++)
                for (size_t other = 0; other < k && dataset_probability(chunk, r, own) > 0; other++)
                    if (other != own)
                        widen(&margin, row[own] - row[other], error);
        }
    }
    free(full);
    free(scores);
    return margin;
}

double separation_least_weight(const struct glm *glm, const double *theta)
{
    size_t k = glm->scores;
    double *full = mem_alloc(k * glm->width, sizeof *full), *scores = mem_alloc(GLM_ROWS * k, sizeof *scores);
    double least = (double)INFINITY;
    glm_expand(glm, theta, full);
    for (size_t c = 0; c < glm->data->chunks; c++) {
        const struct dataset_chunk *chunk = &glm->data->chunk[c];
        for (size_t r = 0; r < chunk->rows; r++) {
            double *p = scores + r % GLM_ROWS * k, weight = glm_weight(chunk, r);
            if (r % GLM_ROWS == 0)
                glm_scores(glm, chunk, r, chunk->rows - r < GLM_ROWS ? chunk->rows - r : GLM_ROWS, full, scores);
            if (!(weight > 0))
                continue;
            if (k == 1) {
                double score = fabs(p[0] + (chunk->offset != NULL ? chunk->offset[r * chunk->ld] : 0));
                least = fmin(least, weight * special_sigmoid(score) * special_sigmoid(-score));
                continue;
            }
            special_softmax(k, p, p);
            for (size_t i = 0; i < k; i++)
                least = fmin(least, weight * p[i]);
        }
    }
    free(full);
    free(scores);
    return least;
}

enum separation_kind separation_verify(const struct glm *glm, const double *direction)
{
    struct separation_margin margin = separation_margin(glm, direction);
    if (!(margin.largest > 0) || !isfinite(margin.largest) || margin.is_against)
        return SEPARATION_NONE;
    return margin.is_short ? SEPARATION_QUASI : SEPARATION_COMPLETE;
}
