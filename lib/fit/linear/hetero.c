/* Regression of mean and standard deviation; the likelihood is in hetero.h.
 *
 *  1. hetero_fit starts at least squares with one sd for all rows (regress_least_squares).
 *  2. optim_newton minimises the mean of gauss_row, whose second derivatives are exact: the observed information,
 *     which is not definite everywhere, so that Newton's method shifts it at first. A row of sd <= 0 makes the
 *     objective infinite, from which the step is halved.
 *  3. find_least_sd tells the caller how near 0 an sd has come: the likelihood is unbounded there.
 *  4. infer inverts the information at the optimum.
 *
 * Memory: the rows of regress.h, and what optim_newton needs. Threads: those of regress_objective. */

#include "fit/linear/hetero.h"

#include "base/mem.h"
#include "math/dense.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ITERATIONS = 200 };

/* predictor: mean, sd. */
static bool gauss_row(const void *context, double target, double weight, const double *predictor, double *value,
                      double *gradient, double *curvature)
{
    (void)context;
    (void)weight;
    double sd = predictor[1], residual = target - predictor[0];
    if (!(sd > 0))
        return false;
    double unit = 1 / sd, z = residual * unit;
    *value = log(sd) + 0.5 * z * z + 0.5 * special_log_two_pi;
    gradient[0] = -z * unit;
    gradient[1] = (1 - z * z) * unit;
    curvature[0] = unit * unit;
    curvature[2] = 2 * z * unit * unit;
    curvature[3] = (3 * z * z - 1) * unit * unit;
    return true;
}

static struct regress_block sd_terms(const struct regress *r, const bool *in_sd)
{
    struct regress_block block = {0, mem_alloc(r->terms, sizeof *block.term)};
    block.term[block.n++] = 0;
    for (size_t k = 1; k < r->terms; k++)
        if (in_sd[r->feature[k]])
            block.term[block.n++] = k;
    return block;
}

static void infer(struct hetero *fit, const struct regress *r, const struct objective *objective)
{
    size_t n = objective->n;
    double *gradient = mem_alloc(n, sizeof *gradient), *hessian = mem_alloc(n * n, sizeof *hessian);
    objective->evaluate(objective->context, fit->theta, gradient, hessian);
    if (dense_cholesky(n, hessian)) {
        dense_cholesky_inverse(n, hessian);
        dense_scale(n * n, 1 / r->data->weight_sum, hessian, hessian);
        fit->covariance = hessian;
        hessian = NULL;
    }
    free(gradient);
    free(hessian);
}

static double find_least_sd(const struct hetero *fit, const struct regress *r)
{
    const double *gamma = fit->theta + fit->mean.n;
    double least = (double)INFINITY;
    for (size_t c = 0; c < r->data->chunks; c++) {
        const struct dataset_chunk *chunk = &r->data->chunk[c];
        for (size_t row = 0; row < chunk->rows; row++) {
            double sd = gamma[0];
            for (size_t k = 1; k < fit->sd.n; k++)
                sd += gamma[k] * chunk->x[row * chunk->ld + fit->sd.term[k] - 1];
            if (dataset_weight(chunk, row) > 0)
                least = fmin(least, sd);
        }
    }
    return least;
}

void hetero_fit(struct hetero **made, const struct regress *r, const bool *in_sd, double tolerance)
{
    struct hetero *fit = mem_zero(1, sizeof *fit);
    fit->mean = regress_all_terms(r);
    fit->sd = sd_terms(r, in_sd);
    struct regress_mean mean = {.regress = r, .blocks = 2, .block = {fit->mean, fit->sd}, .loss = gauss_row};
    struct objective objective = regress_objective(&mean);
    struct optim_options options = {.tolerance = tolerance, .is_polished = true, .max_iterations = MAX_ITERATIONS};
    double *start = mem_alloc(r->terms, sizeof *start);
    double sd = regress_least_squares(r, start);
    fit->theta = mem_zero(objective.n, sizeof *fit->theta);
    memcpy(fit->theta, start + !r->intercept, fit->mean.n * sizeof *start);
    fit->theta[fit->mean.n] = sd;
    free(start);
    optim_newton.run(&objective, &options, fit->theta, &fit->result);
    fit->loglik = -r->data->weight_sum * (fit->result.value + log(r->target_scale));
    fit->least_sd = find_least_sd(fit, r) / sd;
    if (fit->result.status == OPTIM_CONVERGED)
        infer(fit, r, &objective);
    *made = fit;
}

void hetero_free(struct hetero *fit)
{
    if (fit == NULL)
        return;
    free(fit->mean.term);
    free(fit->sd.term);
    free(fit->theta);
    free(fit->covariance);
    free(fit);
}
