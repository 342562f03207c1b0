/* Covariances and standard errors from the Hessian at the optimum; the definitions are in inference.h.
 *
 *  1. inference_invert adds curvature along common shifts of all classes, of which the data know nothing
 *     (pin_shifts), and inverts by Cholesky.
 *  2. inference_covariance turns the inverse, of standardised columns, into the covariance of coefficients of the
 *     columns as they are: J inverse J' / W with J of b_j = theta_j / scale_j, b_0 = theta_0 - sum b_j center_j
 *     (transform, once along the rows and once along the columns), and takes the shifts out again (center_classes).
 *
 * Memory: in place; n^2 numbers of the caller. One thread. */

#include "fit/glm/inference.h"

#include "math/dense.h"

#include <math.h>

/* From standardised to original columns, theta_j = z_j / scale_j and intercept = z_0 - sum center_j theta_j, on a row
 * or column of entries `step` apart. */
static void transform(const struct glm *glm, double *entries, size_t step)
{
    for (size_t j = 0; j < glm->d; j++) {
        double *entry = &entries[(j + 1) * step];
        *entry /= glm->scale[j];
        if (!glm->aliased[j])
            entries[0] -= glm->center[j] * *entry;
    }
}

/* Adds the Hessian of (sum over classes)^2 / 2 per column, as the objective has it without an L1. A common shift,
 * whose only other curvature is the penalty's, is orthogonal to all that the data determine, and becomes as well
 * conditioned. */
static void pin_shifts(const struct glm *glm, double *hessian)
{
    size_t width = glm->width, n = glm->blocks * width;
    for (size_t i = 1; i < width; i++)
        for (size_t a = 0; a < glm->blocks; a++)
            for (size_t b = 0; b < glm->blocks; b++)
                hessian[(a * width + i) * n + b * width + i] += 1;
}

/* Subtracts the mean over classes from entries `step` apart. */
static void center(size_t blocks, double *entries, size_t step)
{
    double mean = 0;
    for (size_t b = 0; b < blocks; b++)
        mean += entries[b * step] / (double)blocks;
    for (size_t b = 0; b < blocks; b++)
        entries[b * step] -= mean;
}

static void center_classes(const struct glm *glm, double *covariance)
{
    size_t width = glm->width, n = glm->blocks * width;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < width; j++)
            center(glm->blocks, covariance + i * n + j, width);
    for (size_t i = 0; i < width; i++)
        for (size_t j = 0; j < n; j++)
            center(glm->blocks, covariance + i * n + j, width * n);
}

bool inference_invert(const struct glm *glm, double *hessian)
{
    size_t n = glm->blocks * glm->width;
    if (glm_is_symmetric(glm) && glm->options.l1 > 0)
        pin_shifts(glm, hessian);
    if (!dense_cholesky(n, hessian))
        return false;
    dense_cholesky_inverse(n, hessian);
    return true;
}

void inference_covariance(const struct glm *glm, double *inverse)
{
    size_t width = glm->width, n = glm->blocks * width;
    for (size_t i = 0; i < n; i++)
        for (size_t b = 0; b < glm->blocks; b++)
            transform(glm, inverse + i * n + b * width, 1);
    for (size_t i = 0; i < n; i++)
        for (size_t b = 0; b < glm->blocks; b++)
            transform(glm, inverse + i + b * width * n, n);
    if (glm_is_symmetric(glm))
        center_classes(glm, inverse);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            bool aliased =
                (i % width > 0 && glm->aliased[i % width - 1]) || (j % width > 0 && glm->aliased[j % width - 1]);
            inverse[i * n + j] = aliased ? (double)NAN : inverse[i * n + j] / glm->data->weight_sum;
        }
    }
}

void inference_errors(const struct glm *glm, const double *covariance, double *errors)
{
    size_t width = glm->width, n = glm->blocks * width;
    for (size_t i = 0; i < glm->scores * width; i++)
        errors[i] = (double)NAN;
    for (size_t i = 0; i < n; i++)
        errors[glm_block_score(glm, i / width) * width + i % width] = sqrt(covariance[i * n + i]);
}
