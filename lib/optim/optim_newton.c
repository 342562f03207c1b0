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
 *     convergence whether the next point needs one. From a point that has none the step uses the factor of the point
 *     before (a chord step), which is nearly as good so close to the optimum.
 *  5. The step gives the Newton decrement, by which optim_visit tells convergence; with a Hessian that had to be
 *     shifted much, it tells nothing. Once converged, polish goes on to rounding by chord steps.
 *
 * With an L1 penalty it is the proximal Newton method (J. Lee, Y. Sun and M. Saunders, SIAM J. Optim. 24 (2014),
 * 1420): the step leads to the minimum of the quadratic model plus the penalty (l1_quadratic), and the least
 * subgradient takes the gradient's place.
 *
 * Memory: 3 n^2 + 9 n numbers. Per iteration one evaluation with Hessian, n^3 / 3 operations for the factor, and an
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
    double tolerance, total;
    bool wants_hessian; /* at the optimum */
    bool is_polished;
    size_t n, evaluations;
    double *factor, *step;
    double *end;                   /* of the step */
    double *room;                  /* n */
    double decrement;              /* at now */
    double before;                 /* the distance (optim_distance) one point ago; 0: there was none */
    bool is_known;                 /* the decrement is by a Hessian that was shifted by little at most */
    struct newton_point now, next; /* where now has no Hessian, that of next is the newest */
};

static const double polished = 1e-10; /* standard errors: a point nearer to the optimum is as good as the optimum */
static const double noise_of = 1e-11; /* the value: a change of less may be rounding of a sum over rows */
static const double little = 1e-6;    /* a shift, relative to the diagonal */

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

/* hessian: the shifted one, which is positive definite. The model is solved the more accurately the nearer the optimum
 * is. */
static void find_proximal_step(struct newton *s, const double *hessian)
{
    double norm = dense_norm_max(s->n, s->now.slope), share = s->before > 0 ? fmin(0.1, s->before) : 0.1;
    l1_quadratic(s->n, hessian, s->now.gradient, s->objective->l1, s->now.theta,
                 fmax(fmax(share, 1e-9) * norm, 8 * DBL_EPSILON * dense_norm_max(s->n, s->now.gradient)), s->end);
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

/* The fall of the value that the slope promises for the whole step, < 0. */
static double promised_fall(const struct newton *s)
{
    double slope = dense_dot(s->n, s->now.gradient, s->step);
    return slope + l1_change(s->n, s->objective->l1, s->now.theta, s->end);
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
static bool find_shifted_step(struct newton *s)
{
    static const double first = 1e-10, last = 1e6;
    double largest = 0;
    for (size_t i = 0; i < s->n; i++)
        largest = fmax(largest, fabs(s->now.hessian[i * s->n + i]));
    if (!isfinite(largest) || !(largest > 0))
        return false;
    s->is_known = true;
    if (find_step_at(s, 0, 0, 0))
        return true;
    for (double shift = first; shift <= little; shift *= 10)
        if (find_step_at(s, shift, DBL_EPSILON * largest, largest))
            return true;
    s->is_known = false;
    for (double shift = first; shift <= last; shift *= 10)
        if (find_step_at(s, shift, largest, largest))
            return true;
    return false;
}

static double distance(const struct newton *s)
{
    return optim_distance(s->decrement);
}

/* The step from now and its decrement by the newest factor (under L1 the newest Hessian). */
static void find_chord_step(struct newton *s)
{
    if (s->objective->l1 != NULL)
        find_proximal_step(s, s->now.has_hessian ? s->now.hessian : s->next.hessian);
    else
        solve_step(s);
    s->decrement = -s->total * promised_fall(s);
}

static bool find_step(struct newton *s)
{
    s->decrement = (double)NAN;
    if (!find_shifted_step(s))
        return false;
    s->decrement = -s->total * promised_fall(s);
    return true;
}

/* A forecast of the distance after a whole step from now. The last step multiplied it by `share`: quadratic
 * convergence multiplies it by share^2 next, a chord step by share. */
static double forecast(const struct newton *s)
{
    double share = s->before > 0 ? distance(s) / s->before : (double)INFINITY;
    return distance(s) * share * (s->now.has_hessian ? share : 1);
}

/* Whether the Hessian at the end of a whole step will be used. It changes with a long step. */
static bool needs_hessian(const struct newton *s)
{
    double end = forecast(s);
    bool is_long = s->is_polished && !optim_is_near(s->n, s->now.theta, s->step);
    if (!(end <= s->tolerance) || is_long)
        return true;
    return s->wants_hessian && (!s->is_polished || end <= polished);
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
    s->before = distance(s);
    s->now = s->next;
    s->next = p;
}

/* The size of a subgradient: by the factor or, under L1, its largest entry. */
static double size_of(const struct newton *s, const double *slope)
{
    if (s->objective->l1 != NULL)
        return dense_norm_max(s->n, slope);
    memcpy(s->room, slope, s->n * sizeof *slope);
    dense_cholesky_solve(s->n, s->factor, s->room);
    return dense_dot(s->n, slope, s->room);
}

/* Halves the step until it is good enough; false: it never is. hessian: evaluate that of a whole step's end. */
static bool advance(struct newton *s, bool hessian)
{
    double slope = promised_fall(s), noise = noise_of * fabs(s->now.value), length = 1;
    for (int halvings = 0; halvings < 60; halvings++, length /= 2) {
        try_step(s, length, hessian || length != 1);
        bool falls = s->next.value <= s->now.value + 1e-4 * length * slope && s->next.value < s->now.value;
        if (falls ||
            (fabs(s->next.value - s->now.value) <= noise && size_of(s, s->next.slope) < size_of(s, s->now.slope))) {
            accept(s);
            return true;
        }
    }
    return false;
}

/* Finds the step from now; false: there is none. A chord step is good only where the forecast was right, that the point
 * is so near to the optimum. */
static bool prepare(struct newton *s)
{
    if (!s->now.has_hessian) {
        find_chord_step(s);
        if (distance(s) <= s->tolerance)
            return true;
        point_evaluate(s, &s->now, true);
    }
    return find_step(s);
}

static bool is_done(const struct newton *s)
{
    return distance(s) <= polished && optim_is_there(s->n, s->now.theta, s->step);
}

/* Whether the decrement can be believed. With a slight penalty on separated classes it cannot where steps are long;
 * without a minimum, or where an l1 leaves it open which one, they are long for ever, and `polished` is the end. */
static bool is_known(const struct newton *s)
{
    bool is_end = distance(s) <= polished && (!s->objective->has_minimum || s->objective->l1 != NULL);
    return s->is_known && (!s->is_polished || is_end || optim_is_near(s->n, s->now.theta, s->step));
}

/* The step from now is at hand. Each goes as far as rounding or `polished` allows. */
static void polish(struct newton *s)
{
    enum { STEPS = 8 };
    for (int i = 0; i < STEPS && !is_done(s); i++) {
        double size = size_of(s, s->now.slope), decrement = s->decrement;
        try_step(s, 1, s->wants_hessian && (forecast(s) <= polished || i + 1 == STEPS));
        if (!(s->next.value <= s->now.value + noise_of * fabs(s->now.value)) || !(size_of(s, s->next.slope) < size))
            return;
        accept(s);
        find_chord_step(s);
        if (!(s->decrement < decrement / 4))
            return;
    }
}

static void newton_run(const struct objective *objective, const struct optim_options *options, double *theta,
                       struct optim_result *result)
{
    size_t n = objective->n;
    struct newton s = {.objective = objective,
                       .tolerance = options->tolerance,
                       .total = optim_total(objective),
                       .wants_hessian = options->wants_hessian,
                       .is_polished = options->is_polished,
                       .n = n};
    double *memory = mem_alloc(9 * n, sizeof *memory), *matrices = mem_alloc(n, 3 * n * sizeof *matrices), *p = memory;
    s.step = p;
    s.end = p + n;
    s.now = (struct newton_point){0, p + 2 * n, p + 3 * n, matrices, p + 4 * n, false};
    s.next = (struct newton_point){0, p + 5 * n, p + 6 * n, matrices + n * n, p + 7 * n, false};
    s.room = p + 8 * n;
    s.factor = matrices + 2 * n * n;

    memcpy(s.now.theta, theta, n * sizeof *theta);
    point_evaluate(&s, &s.now, true);
    for (size_t iteration = options->iteration;; iteration++) {
        bool has_step = prepare(&s);
        if (optim_visit(options, iteration, s.now.value, n, s.now.slope, s.decrement, has_step && is_known(&s), result))
            break;
        if (!has_step || !advance(&s, needs_hessian(&s))) {
            result->status = OPTIM_STALLED;
            break;
        }
    }
    if (result->status == OPTIM_CONVERGED && result->decrement > 0 && s.is_polished)
        polish(&s);
    result->value = s.now.value;
    result->gradient_norm = dense_norm_max(n, s.now.slope);
    result->decrement = result->decrement > 0 ? s.decrement : result->decrement;
    result->evaluations = s.evaluations;
    memcpy(theta, s.now.theta, n * sizeof *theta);
    free(memory);
    free(matrices);
}

const struct optim optim_newton = {
    .name = "newton",
    .help = "Newton's method: few, costly iterations",
    .max_iterations = 1000,
    .uses_hessian = true,
    .takes_l1 = true,
    .run = newton_run,
};
