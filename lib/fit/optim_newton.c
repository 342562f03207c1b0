#include "fit/optim.h"

#include "base/mem.h"
#include "math/dense.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Newton's method, J. Nocedal and S. Wright, Numerical Optimization, 2nd ed., section 3.4: the step solves
 * (H + shift I) p = -g with the smallest shift of 0, s, 10 s, 100 s … that lets Cholesky succeed, and is halved until the
 * value falls enough (Armijo). Near the optimum, where rounding hides the fall of the value, a step that does not raise the
 * gradient is taken, too. */

struct newton {
    const struct objective *objective;
    size_t n, evaluations;
    double *factor, *step;
    struct point {
        double value;
        double *theta, *gradient, *hessian;
    } now, next;
};

static void point_evaluate(struct newton *s, struct point *p)
{
    p->value = s->objective->evaluate(s->objective->context, p->theta, p->gradient, p->hessian);
    s->evaluations++;
}

/* False when no shift helps: the Hessian is not finite. */
static bool find_step(struct newton *s)
{
    size_t n = s->n;
    double largest = 0;
    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, fabs(s->now.hessian[i * n + i]));
    if (!isfinite(largest) || !(largest > 0))
        return false;
    for (double shift = 0; shift <= 1e6 * largest; shift = shift > 0 ? 10 * shift : 1e-10 * largest) {
        memcpy(s->factor, s->now.hessian, n * n * sizeof *s->factor);
        for (size_t i = 0; i < n; i++)
            s->factor[i * n + i] += shift;
        if (!dense_cholesky(n, s->factor))
            continue;
        for (size_t i = 0; i < n; i++)
            s->step[i] = -s->now.gradient[i];
        dense_cholesky_solve(n, s->factor, s->step);
        return true;
    }
    return false;
}

static void try_step(struct newton *s, double length)
{
    memcpy(s->next.theta, s->now.theta, s->n * sizeof(double));
    dense_add(s->n, length, s->step, s->next.theta);
    point_evaluate(s, &s->next);
}

static void accept(struct newton *s)
{
    struct point p = s->now;
    s->now = s->next;
    s->next = p;
}

static bool advance(struct newton *s)
{
    double slope = dense_dot(s->n, s->now.gradient, s->step);
    double norm = dense_norm_max(s->n, s->now.gradient), noise = 8 * DBL_EPSILON * fabs(s->now.value);
    double length = 1;
    for (int halvings = 0; halvings < 60; halvings++, length /= 2) {
        try_step(s, length);
        bool falls = s->next.value <= s->now.value + 1e-4 * length * slope && s->next.value < s->now.value;
        bool flat = fabs(s->next.value - s->now.value) <= noise && dense_norm_max(s->n, s->next.gradient) < norm;
        if (falls || flat) {
            accept(s);
            return true;
        }
    }
    return false;
}

/* The iteration converges quadratically: one step beyond the tolerance brings the point to rounding. */
static void polish(struct newton *s)
{
    if (!find_step(s))
        return;
    try_step(s, 1);
    if (dense_norm_max(s->n, s->next.gradient) < dense_norm_max(s->n, s->now.gradient))
        accept(s);
}

void optim_newton(const struct objective *objective, const struct optim_options *options, double *theta,
                  struct optim_result *result)
{
    size_t n = objective->n;
    struct newton s = {.objective = objective, .n = n};
    double *memory = mem_alloc(5 * n, sizeof *memory), *matrices = mem_alloc(n, 3 * n * sizeof *matrices);
    s.step = memory;
    s.now = (struct point){0, memory + n, memory + 2 * n, matrices};
    s.next = (struct point){0, memory + 3 * n, memory + 4 * n, matrices + n * n};
    s.factor = matrices + 2 * n * n;

    memcpy(s.now.theta, theta, n * sizeof *theta);
    point_evaluate(&s, &s.now);
    for (size_t iteration = 0; !optim_visit(options, iteration, s.now.value, n, s.now.gradient, result); iteration++) {
        if (!find_step(&s) || !advance(&s)) {
            result->status = OPTIM_STALLED;
            break;
        }
    }
    if (result->status == OPTIM_CONVERGED && result->gradient_norm > 1e-3 * options->tolerance)
        polish(&s);
    result->value = s.now.value;
    result->gradient_norm = dense_norm_max(n, s.now.gradient);
    result->evaluations = s.evaluations;
    memcpy(theta, s.now.theta, n * sizeof *theta);
    free(memory);
    free(matrices);
}
