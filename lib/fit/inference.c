#include "fit/inference.h"

#include "math/dense.h"

#include <math.h>

/* From standardised to original columns, theta_j = z_j / scale_j and intercept = z_0 - sum center_j theta_j, on a row or
 * column of entries `step` apart. */
static void transform(const struct glm *glm, double *entries, size_t step)
{
    for (size_t j = 0; j < glm->d; j++) {
        double *entry = &entries[(j + 1) * step];
        *entry /= glm->scale[j];
        if (!glm->aliased[j])
            entries[0] -= glm->center[j] * *entry;
    }
}

bool inference_covariance(const struct glm *glm, double *hessian)
{
    size_t width = glm->width, n = glm->blocks * width;
    if (!dense_cholesky(n, hessian))
        return false;
    dense_cholesky_inverse(n, hessian);
    for (size_t i = 0; i < n; i++)
        for (size_t b = 0; b < glm->blocks; b++)
            transform(glm, hessian + i * n + b * width, 1);
    for (size_t i = 0; i < n; i++)
        for (size_t b = 0; b < glm->blocks; b++)
            transform(glm, hessian + i + b * width * n, n);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            bool aliased = (i % width > 0 && glm->aliased[i % width - 1]) || (j % width > 0 && glm->aliased[j % width - 1]);
            hessian[i * n + j] = aliased ? (double)NAN : hessian[i * n + j] / glm->data->weight_sum;
        }
    }
    return true;
}

void inference_errors(const struct glm *glm, const double *covariance, double *errors)
{
    size_t width = glm->width, n = glm->blocks * width;
    for (size_t i = 0; i < glm->scores * width; i++)
        errors[i] = (double)NAN;
    for (size_t i = 0; i < n; i++)
        errors[glm_block_score(glm, i / width) * width + i % width] = sqrt(covariance[i * n + i]);
}
