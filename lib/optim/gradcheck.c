/* Compares analytic derivatives with central differences (f(x + h) - f(x - h)) / 2h, h = cbrt(eps) max(1, |x|), which
 * balances truncation, of order h^2, and rounding, of order eps / h (J. Nocedal and S. Wright, Numerical
 * Optimization, 2nd ed., section 8.1).
 *
 * A point where the objective has a bend (relu, hinge) between x - h and x + h gives a wrong difference: check_one
 * tries h / 10 and h / 100 where the disagreement is not small, and keeps the best. Two evaluations per parameter and
 * h. */

#include "optim/gradcheck.h"

#include "base/mem.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const double good = 1e-6; /* no smaller h is tried below this */

static struct gradcheck compare(double analytic, double numeric, size_t parameter)
{
    double error = fabs(analytic - numeric) / fmax(fmax(fabs(analytic), fabs(numeric)), 1e-3);
    return (struct gradcheck){error, analytic, numeric, parameter};
}

static void keep_worst(struct gradcheck *worst, struct gradcheck other)
{
    if (!isnan(worst->error) && !(other.error <= worst->error)) /* NaN is the worst of all */
        *worst = other;
}

/* at: theta, and again theta afterwards. */
static double difference(const struct objective *objective, double *at, size_t i, double h)
{
    double center = at[i], above = center + h, below = center - h;
    at[i] = above;
    double high = objective->evaluate(objective->context, at, NULL, NULL);
    at[i] = below;
    double low = objective->evaluate(objective->context, at, NULL, NULL);
    at[i] = center;
    return (high - low) / (above - below);
}

static struct gradcheck check_one(const struct objective *objective, double *at, size_t i, double analytic)
{
    double h = cbrt(DBL_EPSILON) * fmax(1, fabs(at[i]));
    struct gradcheck best = compare(analytic, difference(objective, at, i, h), i);
    for (int again = 0; again < 2 && !(best.error < good); again++) {
        h /= 10;
        struct gradcheck nearer = compare(analytic, difference(objective, at, i, h), i);
        if (nearer.error < best.error)
            best = nearer;
    }
    return best;
}

struct gradcheck gradcheck_some(const struct objective *objective, const double *theta, size_t n,
                                const size_t *parameter)
{
    double *gradient = mem_alloc(2 * objective->n, sizeof *gradient), *at = gradient + objective->n;
    struct gradcheck worst = {0};
    memcpy(at, theta, objective->n * sizeof *at);
    objective->evaluate(objective->context, theta, gradient, NULL);
    for (size_t i = 0; i < n; i++)
        keep_worst(&worst, check_one(objective, at, parameter[i], gradient[parameter[i]]));
    free(gradient);
    return worst;
}

struct gradcheck gradcheck_at(const struct objective *objective, const double *theta)
{
    size_t *all = mem_alloc(objective->n, sizeof *all);
    for (size_t i = 0; i < objective->n; i++)
        all[i] = i;
    struct gradcheck worst = gradcheck_some(objective, theta, objective->n, all);
    free(all);
    return worst;
}

struct gradcheck gradcheck_hessian_at(const struct objective *objective, const double *theta)
{
    size_t n = objective->n;
    double *high = mem_alloc(3 * n, sizeof *high), *low = high + n, *at = low + n;
    double *hessian = mem_alloc(n, n * sizeof *hessian);
    struct gradcheck worst = {0};
    memcpy(at, theta, n * sizeof *at);
    objective->evaluate(objective->context, theta, high, hessian);
    for (size_t i = 0; i < n; i++) {
        double h = cbrt(DBL_EPSILON) * fmax(1, fabs(theta[i]));
        double above = theta[i] + h, below = theta[i] - h;
        at[i] = above;
        objective->evaluate(objective->context, at, high, NULL);
        at[i] = below;
        objective->evaluate(objective->context, at, low, NULL);
        at[i] = theta[i];
        for (size_t j = 0; j < n; j++)
            keep_worst(&worst, compare(hessian[i * n + j], (high[j] - low[j]) / (above - below), i * n + j));
    }
    free(high);
    free(hessian);
    return worst;
}

/* Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators. */
static uint64_t splitmix(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

void gradcheck_point(size_t n, unsigned long long seed, double *theta)
{
    uint64_t state = seed;
    for (size_t i = 0; i < n; i++)
        theta[i] = (double)(splitmix(&state) >> 11) * 0x1p-53 - 0.5;
}
