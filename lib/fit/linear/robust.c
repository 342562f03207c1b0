/* Huber's regression: minimise the mean of rho(r) = r^2 / 2 for |r| <= delta, delta (|r| - delta / 2) beyond.
 *
 *  1. With delta given, robust_approach starts at least squares and minimises with a wide delta, a quarter of it, and
 *     so on down to the one asked for: each optimum is a good start for the next.
 *  2. With delta = k s, coefficients and scale s are those of Huber's proposal 2: sum psi(r/s) x = 0 and
 *     sum psi(r/s)^2 = (n - p) gamma, gamma being the mean of psi(z)^2 for normal z, so that s is the standard
 *     deviation of normal errors. Both are the conditions of the minimum of the mean of s rho(r/s) + a s,
 *     a = gamma (n - p) / (2n), which is convex in coefficients and s together (Huber, Robust Statistics (1981),
 *     sections 7.7 and 7.8; scale_row). k comes down from 1.345 as delta does in 1.
 *  3. optim_newton minimises regress_objective. The losses are smooth in pieces, so that the optimum is exact once no
 *     row changes its piece; rows beyond delta get a little curvature (newton_row, scale_row), as no row may have any.
 *  4. robust_variance: the formula in robust.h, from sums of psi^2 and psi' over the rows (sum_psi).
 *
 * Memory: what optim_newton needs. Threads: those of regress_objective. */

#include "fit/linear/robust.h"

#include "base/mem.h"
#include "family/loss/loss.h"
#include "math/dense.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ITERATIONS = 1000 };
static const double outlier_curvature = 1e-3; /* of an outlier, relative to its IRLS weight; chosen by trial */
static const double least_scale = 1e-10;      /* of the target's: a smaller one is on its way to 0 */
static const double wide_tolerance = 1e-2;    /* standard errors, on the way */

struct robust_loss {
    double delta; /* or k */
    double a;     /* of the scale */
    bool importances;
};

/* Loss, psi and psi' of an error. */
static void huber(double delta, double error, double *value, double *psi, double *slope)
{
    static const double zero = 0;
    struct loss_batch one = {.rows = 1, .width = 1, .prediction = &error, .target = &zero, .parameter = delta};
    loss_huber.evaluate(&one, value, psi, slope);
}

/* The curvature beyond delta is 0, which may make the Hessian singular. A part of the IRLS weight there, delta /
 * |error| (Huber, Robust Statistics (1981), section 7.8), makes it definite and hardly slows the last steps. */
static double newton_slope(double delta, double error, double slope)
{
    return slope == 0 ? outlier_curvature * delta / fabs(error) : slope;
}

/* An error of importance w counts as one of root w times its size; the objective multiplies the loss by w. */
static bool newton_row(const void *context, double target, double weight, const double *predictor, double *value,
                       double *gradient, double *curvature)
{
    const struct robust_loss *loss = context;
    double unit = loss->importances ? sqrt(weight) : 1, error = unit * (*predictor - target);
    huber(loss->delta, error, value, gradient, curvature);
    *curvature = newton_slope(loss->delta, error, *curvature);
    *value /= unit * unit;
    *gradient /= unit;
    return true;
}

/* s rho(r/s) + a s, predictors being the mean and s. */
static bool scale_row(const void *context, double target, double weight, const double *predictor, double *value,
                      double *gradient, double *curvature)
{
    const struct robust_loss *loss = context;
    double unit = loss->importances ? sqrt(weight) : 1, scale = predictor[1], psi, slope;
    if (!(scale > least_scale))
        return false;
    double z = unit * (predictor[0] - target) / scale, share = 1 / (unit * unit);
    huber(loss->delta, z, value, &psi, &slope);
    *value = share * scale * (*value + loss->a);
    gradient[0] = psi / unit;
    gradient[1] = share * (loss->a - 0.5 * psi * psi);
    curvature[0] = newton_slope(loss->delta, z, slope) / scale;
    curvature[2] = -slope * z / (unit * scale);
    curvature[3] = share * (slope == 0 ? outlier_curvature * psi * psi : z * z) / scale;
    return true;
}

static void minimise(const struct regress *r, const struct robust_loss *loss, double to, bool is_last, double *theta,
                     struct optim_result *result)
{
    struct regress_block all = regress_all_terms(r);
    struct regress_mean mean = {.regress = r, .blocks = 1, .block = {all}, .loss = newton_row, .context = loss};
    struct objective objective = regress_objective(&mean);
    objective.total /= fmin(1, loss->delta * loss->delta); /* an upper bound of the mean of psi^2 */
    struct optim_options options = {.tolerance = to, .is_polished = is_last, .max_iterations = MAX_ITERATIONS};
    optim_newton.run(&objective, &options, theta + !r->intercept, result);
    free(all.term);
}

static void approach(const struct regress *r, struct robust_loss loss, double to, bool is_last, double *theta,
                     struct optim_result *result)
{
    size_t iterations = 0;
    double delta = loss.delta;
    for (double wide = regress_least_squares(r, theta); wide > 2 * delta; wide /= 4) {
        loss.delta = wide;
        minimise(r, &loss, wide_tolerance, false, theta, result);
        iterations += result->iterations;
    }
    loss.delta = delta;
    minimise(r, &loss, to, is_last, theta, result);
    result->iterations += iterations;
}

void robust_approach(const struct regress *r, double delta, double to, double *theta, struct optim_result *result)
{
    approach(r, (struct robust_loss){.delta = delta}, to, false, theta, result);
}

/* ---- the scale ---- */

/* The mean of psi(z)^2 for normal z. */
static double mean_square_psi(double k)
{
    double density = exp(-0.5 * (k * k + special_log_two_pi)), beyond = erfc(k / sqrt(2.0));
    return 1 - beyond + k * k * beyond - 2 * k * density;
}

static double terms_of(const struct regress *r)
{
    return (double)(r->terms - !r->intercept);
}

/* theta: parameters of all terms, then the scale. */
static void minimise_scale(const struct regress *r, struct robust_loss *loss, double to, bool is_last, double *theta,
                           struct optim_result *result)
{
    size_t intercept = 0;
    struct regress_block all = regress_all_terms(r);
    struct regress_mean mean = {
        .regress = r, .blocks = 2, .block = {all, {1, &intercept}}, .loss = scale_row, .context = loss};
    struct objective objective = regress_objective(&mean);
    double unit = fmin(1, loss->delta * loss->delta), n = r->data->weight_sum;
    struct optim_options options = {.tolerance = to, .is_polished = is_last, .max_iterations = MAX_ITERATIONS};
    objective.total /= unit * theta[all.n];
    loss->a = 0.5 * mean_square_psi(loss->delta) * (n - terms_of(r)) / n;
    optim_newton.run(&objective, &options, theta, result);
    free(all.term);
}

static void fit_scale(const struct regress *r, struct robust *fit, double *theta)
{
    static const double first = 1.345;
    size_t skip = !r->intercept, n = r->terms - skip, iterations = 0;
    double *both = mem_alloc(r->terms + 1, sizeof *both);
    both[n] = regress_least_squares(r, theta);
    memcpy(both, theta + skip, n * sizeof *both);
    struct robust_loss loss = {.importances = fit->importances};
    for (double k = fmax(first, fit->k); both[n] > least_scale; k = fmax(k / 4, fit->k)) {
        loss.delta = k;
        bool is_last = k == fit->k;
        minimise_scale(r, &loss, is_last ? fit->tolerance : wide_tolerance, is_last, both, &fit->result);
        iterations += fit->result.iterations;
        if (is_last)
            break;
    }
    if (!(both[n] > 2 * least_scale))
        fit->result.status = OPTIM_DIVERGED;
    fit->result.iterations = iterations;
    memcpy(theta + skip, both, n * sizeof *both);
    fit->scale = both[n] * r->target_scale;
    fit->delta = fit->k * fit->scale;
    free(both);
}

/* ---- sums over the rows ---- */

struct robust_sums {
    double n, loss, squares, slopes;
};

static struct robust_sums sum_psi(const struct regress *r, const struct robust *fit, const double *theta)
{
    struct robust_sums sum = {0};
    double delta = fit->delta / r->target_scale;
    for (size_t c = 0; c < r->data->chunks; c++) {
        const struct dataset_chunk *chunk = &r->data->chunk[c];
        for (size_t row = 0; row < chunk->rows; row++) {
            double weight = dataset_weight(chunk, row), value, psi, slope, unit = 1;
            double mean = theta[0] + dense_dot(r->terms - 1, theta + 1, chunk->x + row * chunk->ld);
            if (fit->importances) {
                unit = sqrt(weight);
                weight = weight > 0;
            }
            huber(delta, unit * (mean - chunk->target[row * chunk->ld]), &value, &psi, &slope);
            sum.n += weight;
            sum.loss += weight * value;
            sum.squares += weight * psi * psi;
            sum.slopes += weight * slope;
        }
    }
    return sum;
}

void robust_fit(const struct regress *r, struct robust *fit, double *theta)
{
    struct robust_loss loss = {.delta = fit->delta / r->target_scale, .importances = fit->importances};
    if (fit->k > 0)
        fit_scale(r, fit, theta);
    else
        approach(r, loss, fit->tolerance, true, theta, &fit->result);
    struct robust_sums sum = sum_psi(r, fit, theta);
    fit->result.value = sum.loss / sum.n * r->target_scale * r->target_scale;
    fit->within = sum.slopes;
}

bool robust_variance(const struct regress *r, const struct robust *fit, const double *theta, double *factor)
{
    struct robust_sums sum = sum_psi(r, fit, theta);
    double n = sum.n, p = terms_of(r), mean = sum.slopes / n;
    if (!(n > p) || !(sum.slopes > fmin(2 * p, n / 2)))
        return false;
    double k = 1 + p / (n - 1) * (1 - mean) / mean; /* psi' is 0 or 1: its variance is n / (n - 1) mean (1 - mean) */
    *factor = k * k * sum.squares / (n - p) / (mean * mean);
    return true;
}
