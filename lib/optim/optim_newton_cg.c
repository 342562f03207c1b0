/* Newton's method by conjugate gradients, for objectives that give products with their Hessian H and its diagonal D.
 *
 *  1. Evaluate value and gradient g at the start (point_evaluate); stop where optim_visit says so.
 *  2. Solve H p = -g by conjugate gradients preconditioned by D (find_step; optim_cg.c), no more accurately than
 *     min(1/2, the root of |g| / |g at the start|) in the norm of D^-1. Near the optimum the Hessian, if it is cheap,
 * or make_certain tell the Newton decrement, by which optim_visit tells convergence.
 *  3. Halve the step until the value falls enough, as in optim_newton.c (advance), and repeat from 2. Once converged,
 *     the last step, which is accurate by now, is taken as well (polish).
 *
 * Under an L1 penalty a step stays in one orthant (R. Byrd, G. Chin, J. Nocedal and F. Oztoprak, A family of
 * second-order methods for convex l1-regularized optimization, Math. Program. 159 (2016), section 3): g is the least
 * subgradient; parameters that are 0 and whose subgradient is 0 stay (is_free); an entry that would change its sign
 * becomes 0 (try_step). With u = theta+ and v = theta- this is the projected Newton method of D. Bertsekas (SIAM J.
 * Control Optim. 20 (1982), 221), whose steps lower the objective. H may be singular with g outside its range then: a
 * multiple of D is added, as in the method of Levenberg and Marquardt, which falls tenfold with each whole step that is
 * accepted and grows where steps had to be shortened. A decrement that says converged is computed without it.
 *
 * Between nearly collinear columns such steps may leave and enter orthants for ever. Where PATIENCE steps were not
 * enough or one fails, and the parameters are few, finish_by_newton makes the Hessian of products and goes on as
 * optim_newton.c does.
 *
 * Memory: 12 n numbers. One pass of the objective over its data per evaluation and per product, both counted as
 * evaluations. */

#include "optim/optim.h"

#include "base/mem.h"
#include "math/dense.h"
#include "optim/l1.h"
#include "optim/optim_cg.h"
#include "optim/optim_decrement.h"
#include "optim/optim_visit.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double most_damping = 1, least_damping = 1e-14;
static const double near = 4;         /* a decrement, from where Newton's steps soon end */
static const double polished = 1e-10; /* standard errors, as in optim_newton.c */
static const double enough = 1e-4;    /* a step as short, relative to theta, is the last: its error is its square */
static const double noise_of = 1e-11; /* the value: a change of less may be rounding of a sum over rows */

struct newton_cg_point {
    double value;
    double *theta, *gradient;
    double *slope; /* the subgradient */
};

struct newton_cg {
    const struct objective *objective;
    size_t n, evaluations;
    double total;
    struct newton_cg_point now, next;
    double *diagonal, *step;
    double damping, used; /* H + used D stands for H */
    double first;         /* g'D^-1 g at the start */
    struct optim_cg cg;
    bool hessian_is_cheap;
    double last; /* the decrement one point ago */
};

static void point_evaluate(struct newton_cg *s, struct newton_cg_point *p)
{
    p->value = s->objective->evaluate(s->objective->context, p->theta, p->gradient, NULL);
    p->value += l1_value(s->n, s->objective->l1, p->theta);
    l1_subgradient(s->n, s->objective->l1, p->theta, p->gradient, p->slope);
    s->evaluations++;
}

static bool is_free(const struct newton_cg *s, size_t i)
{
    return s->objective->l1 == NULL || s->objective->l1[i] == 0 || s->now.theta[i] != 0 || s->now.slope[i] != 0;
}

static void newton_cg_precondition(void *context, const double *residual, double *scaled)
{
    const struct newton_cg *s = context;
    for (size_t i = 0; i < s->n; i++)
        scaled[i] = residual[i] / s->diagonal[i];
}

/* product: (H + used D) direction, 0 for parameters that stay. */
static void newton_cg_multiply(void *context, const double *direction, double *product)
{
    struct newton_cg *s = context;
    s->objective->multiply(s->objective->context, direction, product);
    s->evaluations++;
    for (size_t i = 0; i < s->n; i++)
        product[i] = is_free(s, i) ? product[i] + s->used * s->diagonal[i] * direction[i] : 0;
}

static double decrement(const struct newton_cg *s)
{
    return s->total * s->cg.decrement;
}

/* The whole Newton step and its decrement by the Hessian. */
static bool use_hessian(struct newton_cg *s)
{
    s->evaluations++;
    s->cg.is_certain = optim_newton_step(s->objective, s->now.theta, s->now.gradient, s->step, &s->cg.decrement);
    return s->cg.is_certain;
}

/* step: an approximate solution of H p = -g; exact enough to tell its decrement where that may be within the
 * tolerance. */
static void find_step(struct newton_cg *s, double tolerance)
{
    optim_diagonal(s->objective, s->diagonal);
    if (s->hessian_is_cheap && s->last <= near && use_hessian(s))
        return;
    s->used = s->objective->l1 != NULL ? s->damping : 0;
    optim_cg_start(&s->cg, s->now.slope, s->step);
    s->first = s->first > 0 ? s->first : s->cg.first;
    optim_cg_run(&s->cg, s->first > 0 ? fmin(0.5, sqrt(sqrt(s->cg.first / s->first))) : 0.5);
    if (!(optim_distance(decrement(s)) <= tolerance) || (s->hessian_is_cheap && use_hessian(s)))
        return;
    if (s->used > 0) {
        s->used = 0;
        optim_cg_start(&s->cg, s->now.slope, s->step);
    }
    optim_cg_make_certain(&s->cg);
}

/* Goes along the step. A parameter with a penalty stops at 0 where it would change its sign or, from 0, go uphill.
 * Returns the subgradient times the way gone, the fall that the slope promises. */
static double try_step(struct newton_cg *s, double length)
{
    double fall = 0;
    for (size_t i = 0; i < s->n; i++) {
        double theta = s->now.theta[i], to = theta + length * s->step[i];
        double orthant = theta != 0 ? theta : -s->now.slope[i];
        if (s->objective->l1 != NULL && s->objective->l1[i] > 0 && !(to * orthant > 0))
            to = 0;
        s->next.theta[i] = to;
        fall += s->now.slope[i] * (to - theta);
    }
    point_evaluate(s, &s->next);
    return fall;
}

/* The size of a subgradient in the norm of D^-1. */
static double size_of(const struct newton_cg *s, const double *slope)
{
    double sum = 0;
    for (size_t i = 0; i < s->n; i++)
        sum += slope[i] * (slope[i] / s->diagonal[i]);
    return sum;
}

static void accept(struct newton_cg *s)
{
    s->last = decrement(s);
    struct newton_cg_point p = s->now;
    s->now = s->next;
    s->next = p;
}

static bool advance(struct newton_cg *s)
{
    double size = size_of(s, s->now.slope), noise = noise_of * fabs(s->now.value), length = 1;
    for (int halvings = 0; halvings < 60; halvings++, length /= 2) {
        double fall = try_step(s, length);
        bool falls = s->next.value <= s->now.value + 1e-4 * fall && s->next.value < s->now.value;
        bool flat = fabs(s->next.value - s->now.value) <= noise && size_of(s, s->next.slope) < size;
        if (falls || flat) {
            accept(s);
            s->damping = halvings == 0 ? fmax(s->damping / 10, least_damping) : fmin(s->damping * 10, most_damping);
            return true;
        }
    }
    return false;
}

/* As in optim_newton.c. */
static bool is_known(const struct newton_cg *s, bool is_polished)
{
    bool is_end = optim_distance(decrement(s)) <= polished && (!s->objective->has_minimum || s->objective->l1 != NULL);
    bool is_near = !is_polished || is_end || optim_is_near(s->n, s->now.theta, s->step);
    return s->cg.is_certain && s->cg.is_definite && is_near;
}

/* The step from now is at hand. */
static void polish(struct newton_cg *s, struct optim_result *result)
{
    enum { STEPS = 3 };
    for (int i = 0; i < STEPS; i++) {
        double size = size_of(s, s->now.slope);
        bool is_last = dense_norm_max(s->n, s->step) <= enough * fmax(1, dense_norm_max(s->n, s->now.theta));
        try_step(s, 1);
        if (!(s->next.value <= s->now.value + noise_of * fabs(s->now.value)) || !(size_of(s, s->next.slope) < size))
            break;
        accept(s);
        if (is_last)
            break;
        optim_cg_start(&s->cg, s->now.slope, s->step);
        optim_cg_run(&s->cg, 1e-4);
    }
    result->value = s->now.value;
    result->gradient_norm = dense_norm_max(s->n, s->now.slope);
}

/* ---- the last resort ---- */

/* The objective with a Hessian made of products. */
static double newton_cg_evaluate(void *context, const double *theta, double *gradient, double *hessian)
{
    struct newton_cg *s = context;
    double value = s->objective->evaluate(s->objective->context, theta, gradient, NULL);
    for (size_t i = 0; hessian != NULL && i < s->n; i++) {
        memset(s->step, 0, s->n * sizeof *s->step);
        s->step[i] = 1;
        s->objective->multiply(s->objective->context, s->step, hessian + i * s->n);
        s->evaluations++;
    }
    s->evaluations++;
    return value;
}

/* Goes on by Newton's method with proximal steps, for which it makes the Hessian. */
static void finish_by_newton(struct newton_cg *s, const struct optim_options *options, size_t iteration,
                             struct optim_result *result)
{
    struct objective whole = *s->objective;
    struct optim_options rest = *options;
    whole.context = s;
    whole.evaluate = newton_cg_evaluate;
    rest.iteration = iteration;
    optim_newton.run(&whole, &rest, s->now.theta, result);
}

static void newton_cg_run(const struct objective *objective, const struct optim_options *options, double *theta,
                          struct optim_result *result)
{
    enum { PATIENCE = 50, FEW = 1000 };
    size_t n = objective->n;
    bool is_finished = false;
    struct newton_cg s = {.objective = objective,
                          .n = n,
                          .total = optim_total(objective),
                          .damping = most_damping,
                          .last = (double)INFINITY,
                          .hessian_is_cheap = options->hessian_is_cheap && objective->l1 == NULL};
    double *memory = mem_alloc(n, 8 * sizeof *memory), *p = memory;
    double **vectors[] = {&s.now.theta,     &s.now.gradient, &s.now.slope, &s.next.theta,
                          &s.next.gradient, &s.next.slope,   &s.diagonal,  &s.step};
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++, p += n)
        *vectors[i] = p;
    optim_cg_init(&s.cg, n, &s, newton_cg_multiply, newton_cg_precondition);
    memcpy(s.now.theta, theta, n * sizeof *theta);
    point_evaluate(&s, &s.now);
    for (size_t iteration = 0;; iteration++) {
        find_step(&s, options->tolerance);
        if (optim_visit(options, iteration, s.now.value, n, s.now.slope, decrement(&s),
                        is_known(&s, options->is_polished), result))
            break;
        bool is_last = objective->l1 != NULL && n <= FEW && iteration + 1 == PATIENCE;
        if (advance(&s) && !is_last)
            continue;
        is_finished = objective->l1 != NULL && n <= FEW;
        if (is_finished)
            finish_by_newton(&s, options, iteration + 1, result);
        else
            result->status = OPTIM_STALLED;
        break;
    }
    if (result->status == OPTIM_CONVERGED && result->decrement > 0 && options->is_polished && !is_finished)
        polish(&s, result);
    result->evaluations = s.evaluations;
    memcpy(theta, s.now.theta, n * sizeof *theta);
    optim_cg_free(&s.cg);
    free(memory);
}

const struct optim optim_newton_cg = {
    .name = "newton-cg",
    .help = "Newton's method by conjugate gradients: for many parameters",
    .max_iterations = 1000,
    .uses_products = true,
    .takes_l1 = true,
    .run = newton_cg_run,
};
