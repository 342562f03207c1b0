/* Huber's regression: minimise the mean of r^2 / 2 for |r| <= delta, delta (|r| - delta / 2) beyond.
 *
 *  1. robust_approach starts at least squares and minimises with a wide delta, a quarter of it, and so on down to the
 *     one asked for: each optimum is a good start for the next.
 *  2. minimise runs optim_newton on regress_objective. The loss is quadratic in pieces, so that the optimum is exact
 *     once no row changes its piece; rows beyond delta get a little curvature (newton_row), as none of them may have
 *     any.
 *  3. robust_covariance: Huber's formula, in robust.h, from sums of psi^2 and psi' over the rows (sum_psi).
 *
 * Memory: what optim_newton needs. Threads: those of regress_objective. */

#include "fit/linear/robust.h"

#include "family/loss/loss.h"
#include "math/dense.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_ITERATIONS = 1000 };
static const double outlier_curvature = 1e-3; /* of an outlier, relative to its IRLS weight; chosen by trial */

static bool huber_row(const void *context, double target, const double *predictor, double *value, double *gradient,
                      double *curvature)
{
    struct loss_batch one = {
        .rows = 1, .width = 1, .prediction = predictor, .target = &target, .parameter = *(const double *)context};
    loss_huber.evaluate(&one, value, gradient, curvature);
    return true;
}

/* The curvature beyond delta is 0, which may make the Hessian singular. A part of the IRLS weight there, delta /
 * |residual| (Huber, Robust Statistics (1981), section 7.8), makes it definite and hardly slows the last steps. */
static bool newton_row(const void *context, double target, const double *predictor, double *value, double *gradient,
                       double *curvature)
{
    huber_row(context, target, predictor, value, gradient, curvature);
    if (*curvature == 0)
        *curvature = outlier_curvature * *(const double *)context / fabs(*predictor - target);
    return true;
}

static void minimise(const struct regress *r, double delta, double tolerance, double *theta,
                     struct optim_result *result)
{
    struct regress_block all = regress_all_terms(r);
    struct regress_mean mean = {.regress = r, .blocks = 1, .block = {all}, .loss = newton_row, .context = &delta};
    struct objective objective = regress_objective(&mean);
    struct optim_options options = {.tolerance = tolerance * fmin(1, delta), .max_iterations = MAX_ITERATIONS};
    optim_newton.run(&objective, &options, theta + !r->intercept, result);
    result->gradient_norm /= fmin(1, delta);
    free(all.term);
}

void robust_approach(const struct regress *r, double delta, double tolerance, double *theta,
                     struct optim_result *result)
{
    size_t iterations = 0;
    for (double wide = regress_least_squares(r, theta); wide > 2 * delta; wide /= 4) {
        minimise(r, wide, 1e-3, theta, result);
        iterations += result->iterations;
    }
    minimise(r, delta, tolerance, theta, result);
    result->iterations += iterations;
}

void robust_huber(const struct regress *r, double delta, double *theta, struct optim_result *result)
{
    robust_approach(r, delta / r->target_scale, 1e-10, theta, result);
    result->value *= r->target_scale * r->target_scale;
}

/* Weighted sums of psi^2 and psi'. */
static void sum_psi(const struct regress *r, double delta, const double *theta, double *squares, double *slopes)
{
    *squares = *slopes = 0;
    for (size_t c = 0; c < r->data->chunks; c++) {
        const struct dataset_chunk *chunk = &r->data->chunk[c];
        for (size_t row = 0; row < chunk->rows; row++) {
            double weight = dataset_weight(chunk, row), value, psi, slope;
            double mean = theta[0] + dense_dot(r->terms - 1, theta + 1, chunk->x + row * chunk->ld);
            huber_row(&delta, chunk->target[row * chunk->ld], &mean, &value, &psi, &slope);
            *squares += weight * psi * psi;
            *slopes += weight * slope;
        }
    }
}

bool robust_covariance(const struct regress *r, double delta, const double *theta, double *covariance)
{
    double n = r->data->weight_sum, p = (double)(r->terms - !r->intercept), squares, slopes;
    sum_psi(r, delta / r->target_scale, theta, &squares, &slopes);
    double mean = slopes / n;
    if (!(n > p) || !(mean > 0))
        return false;
    double k = 1 + p / n * (1 - mean) / mean; /* psi' is 0 or 1: its variance is mean (1 - mean) */
    regress_inverse_gram(r, covariance);
    dense_scale(r->terms * r->terms, k * k * squares / (n - p) / (mean * mean), covariance, covariance);
    return true;
}
