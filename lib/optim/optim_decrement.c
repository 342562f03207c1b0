/* The Newton decrement, for optimisers that use gradients alone: conjugate gradients, preconditioned by the Hessian's
 * diagonal where the objective has it (optim_cg.c). Products with the Hessian are the objective's own or, by central
 * differences where the objective has none: H v = (g(theta + h v) - g(theta - h v)) / 2 h, with h |v| the cube root of
 * the machine precision, relative to theta (J. Nocedal and S. Wright, Numerical Optimization, 2nd ed., sections 8.1
 * and 7.1).
 *
 * optim_newton_step has the Hessian itself, by Cholesky.
 *
 * Memory: 8 n numbers; n^2 with the Hessian. */

#include "optim/optim_decrement.h"

#include "base/mem.h"
#include "math/dense.h"
#include "optim/optim_cg.h"
#include "optim/optim_visit.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t optim_product(const struct objective *objective, const double *theta, const double *direction, double *product,
                     double *room)
{
    size_t n = objective->n;
    if (objective->multiply != NULL) {
        objective->multiply(objective->context, direction, product);
        return 1;
    }
    double *at = room, *below = room + n, length = sqrt(dense_dot(n, direction, direction));
    double step = cbrt(DBL_EPSILON) * fmax(1, sqrt(dense_dot(n, theta, theta))) / length;
    memcpy(at, theta, n * sizeof *at);
    dense_add(n, -step, direction, at);
    objective->evaluate(objective->context, at, below, NULL);
    memcpy(at, theta, n * sizeof *at);
    dense_add(n, step, direction, at);
    objective->evaluate(objective->context, at, product, NULL);
    dense_add(n, -1, below, product);
    dense_scale(n, 0.5 / step, product, product);
    return 2;
}

struct optim_decrement {
    const struct objective *objective;
    const double *theta;
    double *diagonal, *room; /* n, 2 n */
    size_t evaluations;
};

static void optim_decrement_precondition(void *context, const double *residual, double *scaled)
{
    const struct optim_decrement *d = context;
    for (size_t i = 0; i < d->objective->n; i++)
        scaled[i] = residual[i] / d->diagonal[i];
}

static void optim_decrement_multiply(void *context, const double *direction, double *product)
{
    struct optim_decrement *d = context;
    d->evaluations += optim_product(d->objective, d->theta, direction, product, d->room);
}

void optim_diagonal(const struct objective *objective, double *diagonal)
{
    double largest = 0;
    for (size_t i = 0; i < objective->n; i++)
        diagonal[i] = 1;
    if (objective->curvatures != NULL)
        objective->curvatures(objective->context, diagonal);
    for (size_t i = 0; i < objective->n; i++)
        largest = fmax(largest, fabs(diagonal[i]));
    for (size_t i = 0; i < objective->n; i++)
        diagonal[i] = diagonal[i] > 1e-10 * largest ? diagonal[i] : largest > 0 ? largest : 1;
}

double optim_decrement(const struct objective *objective, const double *theta, const double *gradient, bool *is_known,
                       size_t *evaluations)
{
    size_t n = objective->n;
    double *memory = mem_alloc(n, 4 * sizeof *memory);
    struct optim_decrement d = {.objective = objective, .theta = theta, .diagonal = memory, .room = memory + n};
    struct optim_cg cg;
    optim_cg_init(&cg, n, &d, optim_decrement_multiply, optim_decrement_precondition);
    optim_diagonal(objective, d.diagonal);
    optim_cg_start(&cg, gradient, memory + 3 * n);
    optim_cg_make_certain(&cg);
    *is_known = cg.is_certain && cg.is_definite && optim_is_near(n, theta, cg.step);
    *evaluations += d.evaluations;
    optim_cg_free(&cg);
    free(memory);
    return optim_total(objective) * cg.decrement;
}

bool optim_newton_step(const struct objective *objective, const double *theta, const double *gradient, double *step,
                       double *decrement)
{
    size_t n = objective->n;
    double *again = mem_alloc(n, (1 + n) * sizeof *again), *hessian = again + n;
    objective->evaluate(objective->context, theta, again, hessian);
    bool is_definite = dense_cholesky(n, hessian);
    if (is_definite) {
        dense_scale(n, -1, gradient, step);
        dense_cholesky_solve(n, hessian, step);
        *decrement = -dense_dot(n, gradient, step);
    }
    free(again);
    return is_definite;
}
