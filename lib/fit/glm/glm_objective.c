/* The objective that optimisers see: mean loss, penalty and, where each class has a block, a term that fixes
 * shifts common to all.
 *
 * f(theta) = (1 / W) sum_i w_i loss(scores_i) + sum_j penalty_j theta_j^2 / 2 + [symmetric] unit sum_j (sum
 * over blocks of theta_j)^2 / 2
 *
 *  1. glm_total sums loss, gradient and Hessian over the rows, per score.
 *  2. glm_objective_evaluate picks the blocks of the parameters (all scores but the reference), divides by W, and
 *     collects the Hessian from the matrices S_ab of glm_sums.c (collect_hessian).
 *  3. penalize adds the L2 penalty. Aliased columns, on which nothing depends, get theta^2 / 2, which keeps their
 *     parameters at 0 and the Hessian positive definite.
 *  4. pin_shifts adds the last term, which is 0 at the optimum: a common shift of all intercepts, or of the
 *     coefficients of a column, changes no probability. An L2 penalty alone makes the sum 0 too, but so weakly where
 *     the scale of a column is large that rounding would decide it. With an L1 penalty the sums of columns need not
 *     be 0: only the intercepts are pinned.
 *
 * The L1 penalty is left to the optimiser (objective.l1). Products with the Hessian come from glm_product.c. */

#include "fit/glm/glm.h"

#include "fit/glm/glm_product.h"
#include "fit/glm/glm_sums.h"
#include "fit/glm/glm_total.h"
#include "math/dense.h"

#include <math.h>
#include <string.h>

/* Adds factor * matrix (lower triangle, width x width) to block (a, b), a >= b, of the Hessian. */
static void add_block(const struct glm *glm, double *hessian, size_t a, size_t b, double factor, const double *matrix)
{
    size_t width = glm->width, n = glm->blocks * width;
    for (size_t i = 0; i < width; i++)
        for (size_t j = 0; j < width; j++) {
            double entry = i >= j ? matrix[i * width + j] : matrix[j * width + i];
            hessian[(a * width + i) * n + b * width + j] += factor * entry;
        }
}

static size_t score_block(const struct glm *glm, size_t score)
{
    if (glm->blocks == glm->scores)
        return score;
    return score == glm->options.reference ? GLM_SYMMETRIC : score - (score > glm->options.reference);
}

static void collect_hessian(const struct glm *glm, double *hessian)
{
    size_t n = glm->blocks * glm->width, k = glm->scores;
    double factor = 1 / glm->weight_sum;
    const double *matrix = glm->sums[0].hessian;
    memset(hessian, 0, n * n * sizeof *hessian);
    if (k == 1)
        add_block(glm, hessian, 0, 0, factor, matrix);
    for (size_t a = 0; a < k; a++) {
        for (size_t b = a + 1; b < k; b++, matrix += glm->width * glm->width) {
            size_t at = score_block(glm, a), bt = score_block(glm, b);
            if (at != GLM_SYMMETRIC)
                add_block(glm, hessian, at, at, factor, matrix);
            if (bt != GLM_SYMMETRIC)
                add_block(glm, hessian, bt, bt, factor, matrix);
            if (at != GLM_SYMMETRIC && bt != GLM_SYMMETRIC)
                add_block(glm, hessian, bt, at, -factor, matrix);
        }
    }
    dense_mirror(n, hessian);
}

/* The L2 penalty, and theta^2 / 2 for parameters of aliased columns. */
static double penalize(const struct glm *glm, const double *theta, double *gradient, double *hessian)
{
    size_t width = glm->width, n = glm->blocks * width;
    double value = 0;
    for (size_t b = 0; b < glm->blocks; b++) {
        for (size_t j = 0; j < glm->d; j++) {
            size_t i = b * width + 1 + j;
            double factor = glm->aliased[j] ? 1 : glm->penalty[j];
            value += factor * theta[i] * theta[i] / 2;
            if (gradient != NULL)
                gradient[i] += factor * theta[i];
            if (hessian != NULL)
                hessian[i * n + i] += factor;
        }
    }
    return value;
}

/* How many parameters of each block are pinned: of a column only where the sum over blocks is 0 at the optimum. */
static size_t pinned(const struct glm *glm)
{
    return !glm_is_symmetric(glm) ? 0 : glm->options.l1 > 0 ? 1 : glm->width;
}

/* The curvature along a common shift, per block: enough to be seen beside the rounding of others, yet so little that
 * curvatures of nearly separated classes, which are added to it, keep their digits. L-BFGS would have to learn a large
 * one column by column. */
static double pin_unit(const struct glm *glm)
{
    return 1e-8 / (double)glm->blocks;
}

/* Sum over the pinned of unit (sum over the blocks)^2 / 2. */
static double pin_shifts(const struct glm *glm, const double *theta, double *gradient, double *hessian)
{
    size_t width = glm->width, n = glm->blocks * width;
    double value = 0;
    for (size_t i = 0; i < pinned(glm); i++) {
        double sum = 0, unit = pin_unit(glm);
        for (size_t b = 0; b < glm->blocks; b++)
            sum += theta[b * width + i];
        for (size_t a = 0; a < glm->blocks; a++) {
            if (gradient != NULL)
                gradient[a * width + i] += sum * unit;
            for (size_t b = 0; hessian != NULL && b < glm->blocks; b++)
                hessian[(a * width + i) * n + b * width + i] += unit;
        }
        value += sum * sum * unit / 2;
    }
    return value;
}

static double glm_objective_evaluate(void *context, const double *theta, double *gradient, double *hessian)
{
    struct glm *glm = context;
    double total = glm->weight_sum;
    glm_total(glm, glm->options.loss, theta, gradient != NULL, hessian != NULL);
    double value = glm->sums[0].value / total;
    for (size_t b = 0; gradient != NULL && b < glm->blocks; b++)
        for (size_t i = 0; i < glm->width; i++)
            gradient[b * glm->width + i] = glm->sums[0].gradient[glm_block_score(glm, b) * glm->width + i] / total;
    if (hessian != NULL)
        collect_hessian(glm, hessian);
    value += penalize(glm, theta, gradient, hessian);
    return value + pin_shifts(glm, theta, gradient, hessian);
}

/* The gradient of a quadratic penalty at a direction is its Hessian's product with it. */
static void glm_objective_multiply(void *context, const double *direction, double *product)
{
    struct glm *glm = context;
    glm_product(glm, direction, product);
    penalize(glm, direction, product, NULL);
    pin_shifts(glm, direction, product, NULL);
}

static void glm_objective_curvatures(void *context, double *diagonal)
{
    struct glm *glm = context;
    glm_product_diagonal(glm, diagonal);
    for (size_t i = 0; i < glm->blocks * glm->width; i++) {
        size_t j = i % glm->width;
        diagonal[i] += (j < pinned(glm) ? pin_unit(glm) : 0) + (j == 0                ? 0
                                                                : glm->aliased[j - 1] ? 1
                                                                                      : glm->penalty[j - 1]);
    }
}

struct objective glm_objective(struct glm *glm)
{
    double share = glm->weight_sum / glm->data->weight_sum; /* of a sample */
    return (struct objective){.n = glm->blocks * glm->width,
                              .total = fmax(glm->data->counted, glm->data->weight_sum) * share,
                              .has_minimum = glm->options.l1 > 0 || glm->options.l2 > 0,
                              .context = glm,
                              .evaluate = glm_objective_evaluate,
                              .multiply = glm_objective_multiply,
                              .curvatures = glm_objective_curvatures,
                              .l1 = glm->l1};
}

double glm_mean_loss(struct glm *glm, const struct loss *loss, const double *theta)
{
    glm_total(glm, loss, theta, false, false);
    return glm->sums[0].value / glm->weight_sum;
}
