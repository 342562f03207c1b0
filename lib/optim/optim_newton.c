/* Newton's method with Cholesky factors, for objectives that give their Hessian.
 *
 *  1. Evaluate value, gradient and Hessian H at the start (point_evaluate); stop where optim_visit says so.
 *  2. Find the step p of (H + shift D) p = -gradient (find_step): shift is the first of 0, 1e-10, 1e-9, ... that lets
 *     Cholesky succeed. D is H's diagonal at first, so that the parameters' scales do not matter, which is enough
 *     where H is positive semidefinite; then the largest entry of the diagonal times I (J. Nocedal and S. Wright,
 *     Numerical Optimization, 2nd ed., section 3.4, adding a multiple of the identity).
 *  3. Halve the step until the value falls by 1e-4 of what the slope promises (Armijo; ibid. eq. 3.4), at most 60
 *     times (advance). Near the optimum rounding hides the fall of the value: there a step is accepted whose gradient
 *     is smaller.
 *  4. Repeat from 2 at the new point. Hessians cost more than gradients: needs_hessian forecasts by quadratic
 *     convergence whether the next point is the optimum, and evaluates it without one if so. If it is not quite, one
 *     small step more uses the Hessian of the point before (find_chord_step).
 *  5. Once converged, one step more brings the point to rounding (polish), unless the tolerance is coarse.
 *
 * With an L1 penalty it is the proximal Newton method (J. Lee, Y. Sun and M. Saunders, SIAM J. Optim. 24 (2014),
 * 1420): the step leads to the minimum of the quadratic model plus the penalty (l1_quadratic), and the least
 * subgradient takes the gradient's place.
 *
 * Memory: 3 n^2 + 8 n numbers. Per iteration one evaluation with Hessian, n^3 / 3 operations for the factor, and an
 * evaluation per halving. One thread but for the objective's own. */

#include "optim/optim.h"

#include "base/mem.h"
#include "math/dense.h"
#include "optim/l1.h"
#include "optim/optim_visit.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct newton_point {
    double value;
    double *theta, *gradient, *hessian;
    double *slope; /* the subgradient */
    bool has_hessian;
};

struct newton {
    const struct objective *objective;
    double tolerance;
    bool wants_hessian; /* at the optimum */
    size_t n, evaluations;
    double *factor, *step;
    double *end;                   /* of the step */
    double before;                 /* the norm of the gradient one point ago; 0: there was none */
    bool is_chord;                 /* the step that led to now was a chord step */
    struct newton_point now, next; /* where now has no Hessian, that of next is the newest */
};

/* A converged point whose gradient is larger than this share of the tolerance is polished; behind a chord step, whose
 * convergence is linear, the share is smaller. With a tolerance above `coarse` the caller does not ask for digits. */
static const double polished = 1e-3, polished_by_chord = 1e-5, coarse = 1e-6;

static void point_evaluate(struct newton *s, struct newton_point *p, bool hessian)
{
    p->value = s->objective->evaluate(s->objective->context, p->theta, p->gradient, hessian ? p->hessian : NULL);
    p->has_hessian = hessian;
    s->evaluations++;
    p->value += l1_value(s->n, s->objective->l1, p->theta);
    l1_subgradient(s->n, s->objective->l1, p->theta, p->gradient, p->slope);
}

/* Adds shift times the diagonal, whose entries count as at least `least` and at most `most`. */
static void shift_diagonal(size_t n, double shift, double least, double most, double *hessian)
{
    for (size_t i = 0; i < n; i++)
        hessian[i * n + i] += shift * fmin(most, fmax(hessian[i * n + i], least));
}

/* hessian: the shifted one, which is positive definite. */
static void find_proximal_step(struct newton *s, const double *hessian)
{
    double norm = dense_norm_max(s->n, s->now.slope), share = fmin(0.1, norm);
    l1_quadratic(s->n, hessian, s->now.gradient, s->objective->l1, s->now.theta,
                 fmax(polished * s->tolerance, share * norm), s->end);
    memcpy(s->step, s->end, s->n * sizeof *s->step);
    dense_add(s->n, -1, s->now.theta, s->step);
}

static void solve_step(struct newton *s)
{
    for (size_t i = 0; i < s->n; i++)
        s->step[i] = -s->now.gradient[i];
    dense_cholesky_solve(s->n, s->factor, s->step);
    memcpy(s->end, s->now.theta, s->n * sizeof *s->end);
    dense_add(s->n, 1, s->step, s->end);
}

/* Factors the shifted Hessian and finds the step; false, leaving the Hessian as it is, where the shift is not enough.
 * The proximal step needs the shifted matrix itself beside the factor. It is shifted in place, which saves another
 * matrix of n x n: this is done once per Hessian, as no step is sought again from a point where one was found. */
static bool find_step_at(struct newton *s, double shift, double least, double most)
{
    size_t n = s->n;
    memcpy(s->factor, s->now.hessian, n * n * sizeof *s->factor);
    shift_diagonal(n, shift, least, most, s->factor);
    if (!dense_cholesky(n, s->factor))
        return false;
    if (s->objective->l1 != NULL) {
        shift_diagonal(n, shift, least, most, s->now.hessian);
        find_proximal_step(s, s->now.hessian);
    } else {
        solve_step(s);
    }
    return true;
}

/* False: no shift helps, as the Hessian is 0 or not finite. */
static bool find_step(struct newton *s)
{
    static const double first = 1e-10, last_of_diagonal = 1e-6, last = 1e6;
    double largest = 0;
    for (size_t i = 0; i < s->n; i++)
        largest = fmax(largest, fabs(s->now.hessian[i * s->n + i]));
    if (!isfinite(largest) || !(largest > 0))
        return false;
    if (find_step_at(s, 0, 0, 0))
        return true;
    for (double shift = first; shift <= last_of_diagonal; shift *= 10)
        if (find_step_at(s, shift, DBL_EPSILON * largest, largest))
            return true;
    for (double shift = first; shift <= last; shift *= 10)
        if (find_step_at(s, shift, largest, largest))
            return true;
    return false;
}

static void find_chord_step(struct newton *s)
{
    if (s->objective->l1 != NULL)
        find_proximal_step(s, s->next.hessian);
    else
        solve_step(s);
}

/* A forecast of the gradient's norm after a whole step from now. The last step multiplied it by `share`: quadratic
 * convergence multiplies it by share^2 next, a chord step by share. */
static double forecast(const struct newton *s)
{
    double norm = dense_norm_max(s->n, s->now.slope), share = s->before > 0 ? norm / s->before : (double)INFINITY;
    return norm * share * (s->now.has_hessian ? share : 1);
}

/* Whether the Hessian at the end of a whole Newton step will be used. */
static bool needs_hessian(const struct newton *s)
{
    double norm = forecast(s);
    return !(norm <= s->tolerance) || (s->wants_hessian && (s->tolerance > coarse || norm <= polished * s->tolerance));
}

static void try_step(struct newton *s, double length, bool hessian)
{
    memcpy(s->next.theta, length == 1 ? s->end : s->now.theta, s->n * sizeof(double));
    if (length != 1)
        dense_add(s->n, length, s->step, s->next.theta);
    point_evaluate(s, &s->next, hessian);
}

static void accept(struct newton *s)
{
    struct newton_point p = s->now;
    s->before = dense_norm_max(s->n, p.slope);
    s->now = s->next;
    s->next = p;
}

/* Halves the step until it is good enough; false: it never is. hessian: evaluate that of a whole step's end. */
static bool advance(struct newton *s, bool hessian)
{
    double slope = dense_dot(s->n, s->now.gradient, s->step);
    slope += l1_value(s->n, s->objective->l1, s->end) - l1_value(s->n, s->objective->l1, s->now.theta);
    double norm = dense_norm_max(s->n, s->now.slope), noise = 8 * DBL_EPSILON * fabs(s->now.value);
    double length = 1;
    for (int halvings = 0; halvings < 60; halvings++, length /= 2) {
        try_step(s, length, hessian || length != 1);
        bool falls = s->next.value <= s->now.value + 1e-4 * length * slope && s->next.value < s->now.value;
        bool flat = fabs(s->next.value - s->now.value) <= noise && dense_norm_max(s->n, s->next.slope) < norm;
        if (falls || flat) {
            accept(s);
            return true;
        }
    }
    return false;
}

static bool iterate(struct newton *s)
{
    if (!s->now.has_hessian && forecast(s) <= s->tolerance) {
        find_chord_step(s);
        s->is_chord = advance(s, s->wants_hessian);
        if (s->is_chord)
            return true;
    }
    if (!s->now.has_hessian)
        point_evaluate(s, &s->now, true);
    s->is_chord = false;
    return find_step(s) && advance(s, needs_hessian(s));
}

static void polish(struct newton *s)
{
    double norm = dense_norm_max(s->n, s->now.slope);
    if (s->tolerance > coarse || norm <= (s->is_chord ? polished_by_chord : polished) * s->tolerance)
        return;
    if (!s->now.has_hessian)
        point_evaluate(s, &s->now, true);
    if (!find_step(s))
        return;
    try_step(s, 1, s->wants_hessian);
    if (dense_norm_max(s->n, s->next.slope) < norm)
        accept(s);
}

static void newton_run(const struct objective *objective, const struct optim_options *options, double *theta,
                       struct optim_result *result)
{
    size_t n = objective->n;
    struct newton s = {
        .objective = objective, .tolerance = options->tolerance, .wants_hessian = options->wants_hessian, .n = n};
    double *memory = mem_alloc(8 * n, sizeof *memory), *matrices = mem_alloc(n, 3 * n * sizeof *matrices), *p = memory;
    s.step = p;
    s.end = p + n;
    s.now = (struct newton_point){0, p + 2 * n, p + 3 * n, matrices, p + 4 * n, false};
    s.next = (struct newton_point){0, p + 5 * n, p + 6 * n, matrices + n * n, p + 7 * n, false};
    s.factor = matrices + 2 * n * n;

    memcpy(s.now.theta, theta, n * sizeof *theta);
    point_evaluate(&s, &s.now, true);
    for (size_t iteration = 0; !optim_visit(options, iteration, s.now.value, n, s.now.slope, result); iteration++) {
        if (!iterate(&s)) {
            result->status = OPTIM_STALLED;
            break;
        }
    }
    if (result->status == OPTIM_CONVERGED)
        polish(&s);
    result->value = s.now.value;
    result->gradient_norm = dense_norm_max(n, s.now.slope);
    result->evaluations = s.evaluations;
    memcpy(theta, s.now.theta, n * sizeof *theta);
    free(memory);
    free(matrices);
}

const struct optim optim_newton = {
    .name = "newton",
    .help = "Newton's method: few, costly iterations",
    .max_iterations = 100,
    .uses_hessian = true,
    .takes_l1 = true,
    .run = newton_run,
};
