#include "fit/gradcheck.h"

#include "base/mem.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void compare(struct gradcheck *worst, double analytic, double numeric, size_t parameter)
{
    double error = fabs(analytic - numeric) / fmax(fmax(fabs(analytic), fabs(numeric)), 1e-3);
    if (!isnan(worst->error) && !(error <= worst->error)) /* NaN is the worst of all */
        *worst = (struct gradcheck){error, analytic, numeric, parameter};
}

struct gradcheck gradcheck_at(const struct objective *objective, const double *theta)
{
    size_t n = objective->n;
    double *gradient = mem_alloc(2 * n, sizeof *gradient), *at = gradient + n;
    struct gradcheck worst = {0};
    memcpy(at, theta, n * sizeof *at);
    objective->evaluate(objective->context, theta, gradient, NULL);
    for (size_t i = 0; i < n; i++) {
        double h = cbrt(DBL_EPSILON) * fmax(1, fabs(theta[i]));
        double above = theta[i] + h, below = theta[i] - h;
        at[i] = above;
        double high = objective->evaluate(objective->context, at, NULL, NULL);
        at[i] = below;
        double low = objective->evaluate(objective->context, at, NULL, NULL);
        at[i] = theta[i];
        compare(&worst, gradient[i], (high - low) / (above - below), i);
    }
    free(gradient);
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
            compare(&worst, hessian[i * n + j], (high[j] - low[j]) / (above - below), i * n + j);
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
