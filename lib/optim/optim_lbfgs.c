/* Limited-memory BFGS (J. Nocedal and S. Wright, Numerical Optimization, 2nd ed., section 7.2), for objectives that
 * give a gradient.
 *
 *  1. direction = -B gradient by the two-loop recursion over the last steps s and changes of the gradient y
 *     (find_direction; algorithm 7.4). B, which estimates the inverse Hessian, starts as the inverse of
 *     options->diagonal, scaled to the curvature seen last (eq. 7.20).
 *  2. gradient'B gradient estimates the Newton decrement. Where it is within the tolerance, the Hessian or, if that is
 *     not cheap, conjugate gradients preconditioned by B compute the decrement itself (judge; optim_cg.c, with products
 *     by optim_decrement.c). If it is larger after all, the direction is Newton's.
 *  3. Stop where optim_visit or options->validate says so (visit). Hand the iterate and the memory to options->save,
 *     which may write a state to resume from (save, restore).
 *  4. A step along it that meets the strong Wolfe conditions (line_search, zoom; algorithms 3.5 and 3.6, with the
 *     cubic of eq. 3.59). Near the optimum rounding hides the fall of the value: there the slope alone is tested (W.
 *     Hager and H. Zhang, SIAM J. Optim. 16 (2005), eq. 4.1). If no step is found the memory is dropped, and the
 *     search repeated along -gradient.
 *  5. Move there, remember (s, y) if its curvature s'y is positive (accept), and repeat from 1.
 *
 * Memory: (5 + 2 pairs) n numbers, and 6 n for the decrement, pairs being 30 unless the options say otherwise. Mostly
 * one evaluation per iteration. */

#include "optim/optim.h"

#include "base/mem.h"
#include "math/dense.h"
#include "optim/optim_cg.h"
#include "optim/optim_decrement.h"
#include "optim/optim_visit.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double c1 = 1e-4, c2 = 0.9; /* of the Wolfe conditions, as ibid. recommends for quasi-Newton methods */
static const double polished = 1e-10;    /* standard errors, as in optim_newton.c */
static const double noise_of = 1e-11;    /* the value: a change of less may be rounding of a sum over rows */

struct lbfgs {
    const struct objective *objective;
    const double *diagonal;
    size_t n, evaluations;
    size_t capacity, pairs, newest; /* of s and y */
    double *theta, *gradient, *direction;
    double *trial, *trial_gradient;
    double *s[OPTIM_PAIRS_MAX], *y[OPTIM_PAIRS_MAX], rho[OPTIM_PAIRS_MAX];
    double value, decrement;
    bool is_known, is_newton; /* the decrement; the direction */
    bool hessian_is_cheap;
    struct optim_cg cg;
    double *room; /* 2 n */
};

/* The objective at a point along the direction. */
struct lbfgs_trial {
    double length, value, slope;
};

static struct lbfgs_trial try_length(struct lbfgs *b, double length)
{
    memcpy(b->trial, b->theta, b->n * sizeof(double));
    dense_add(b->n, length, b->direction, b->trial);
    double value = b->objective->evaluate(b->objective->context, b->trial, b->trial_gradient, NULL);
    b->evaluations++;
    return (struct lbfgs_trial){length, value, dense_dot(b->n, b->trial_gradient, b->direction)};
}

static bool falls(const struct lbfgs_trial *start, const struct lbfgs_trial *at)
{
    if (at->value <= start->value + c1 * at->length * start->slope)
        return true;
    return at->value <= start->value + noise_of * fabs(start->value) && at->slope <= (2 * c1 - 1) * start->slope;
}

static bool is_flat(const struct lbfgs_trial *start, const struct lbfgs_trial *at)
{
    return fabs(at->slope) <= -c2 * start->slope;
}

/* The minimum of the cubic through both ends, kept off the ends (equation 3.59). */
static double interpolate(const struct lbfgs_trial *a, const struct lbfgs_trial *b)
{
    double d1 = a->slope + b->slope - 3 * (a->value - b->value) / (a->length - b->length);
    double d2 = copysign(sqrt(d1 * d1 - a->slope * b->slope), b->length - a->length);
    double length = b->length - (b->length - a->length) * (b->slope + d2 - d1) / (b->slope - a->slope + 2 * d2);
    double low = fmin(a->length, b->length), high = fmax(a->length, b->length), margin = 0.1 * (high - low);
    return length >= low + margin && length <= high - margin ? length : (low + high) / 2;
}

/* Algorithm 3.6. */
static bool zoom(struct lbfgs *b, const struct lbfgs_trial *start, struct lbfgs_trial low, struct lbfgs_trial high,
                 struct lbfgs_trial *found)
{
    for (int i = 0; i < 40; i++) {
        struct lbfgs_trial at = try_length(b, interpolate(&low, &high));
        if (!falls(start, &at) || at.value > low.value + noise_of * fabs(low.value)) {
            high = at;
            continue;
        }
        *found = at;
        if (is_flat(start, &at))
            return true;
        if (at.slope * (high.length - low.length) >= 0)
            high = low;
        low = at;
    }
    /* The interval is down to rounding: its lower end will do if the value falls there. It is evaluated again, so that
     * trial and trial_gradient are of that point. */
    return low.length > 0 && (*found = try_length(b, low.length)).value < start->value;
}

/* Algorithm 3.5; leaves the point in trial and its gradient in trial_gradient. */
static bool line_search(struct lbfgs *b, double length, struct lbfgs_trial *found)
{
    struct lbfgs_trial start = {0, b->value, dense_dot(b->n, b->gradient, b->direction)}, last = start;
    if (!(start.slope < 0))
        return false;
    for (int i = 0; i < 50; i++) {
        struct lbfgs_trial at = try_length(b, length);
        if (!isfinite(at.value) || !isfinite(at.slope)) {
            length = (last.length + length) / 2;
            continue;
        }
        if (!falls(&start, &at) || (i > 0 && at.value > last.value + noise_of * fabs(last.value)))
            return zoom(b, &start, last, at, found);
        *found = at;
        if (is_flat(&start, &at))
            return true;
        if (at.slope >= 0)
            return zoom(b, &start, at, last, found);
        last = at;
        length *= 2;
    }
    return false;
}

/* Algorithm 7.4: to = B from. B starts as the inverse of the diagonal, scaled to the curvature seen last (equation 7.20
 * in variables that make the diagonal 1). */
static void lbfgs_precondition(void *context, const double *from, double *to)
{
    const struct lbfgs *b = context;
    double alpha[OPTIM_PAIRS_MAX];
    size_t n = b->n;
    memcpy(to, from, n * sizeof *to);
    for (size_t i = 0; i < b->pairs; i++) {
        size_t k = (b->newest + b->capacity - i) % b->capacity;
        alpha[k] = b->rho[k] * dense_dot(n, b->s[k], to);
        dense_add(n, -alpha[k], b->y[k], to);
    }
    const double *y = b->y[b->newest], *diagonal = b->diagonal;
    double yy = 0;
    for (size_t i = 0; i < n && b->pairs > 0; i++)
        yy += y[i] * y[i] / (diagonal != NULL ? diagonal[i] : 1);
    for (size_t i = 0; i < n; i++)
        to[i] *= (b->pairs > 0 ? 1 / (b->rho[b->newest] * yy) : 1) / (diagonal != NULL ? diagonal[i] : 1);
    for (size_t i = b->pairs; i-- > 0;) {
        size_t k = (b->newest + b->capacity - i) % b->capacity;
        double beta = b->rho[k] * dense_dot(n, b->y[k], to);
        dense_add(n, alpha[k] - beta, b->s[k], to);
    }
}

static void lbfgs_multiply(void *context, const double *direction, double *product)
{
    struct lbfgs *b = context;
    b->evaluations += optim_product(b->objective, b->theta, direction, product, b->room);
}

static void find_direction(struct lbfgs *b)
{
    lbfgs_precondition(b, b->gradient, b->direction);
    dense_scale(b->n, -1, b->direction, b->direction);
    b->is_newton = b->is_known = false;
}

static double estimate(const struct lbfgs *b)
{
    return -optim_total(b->objective) * dense_dot(b->n, b->gradient, b->direction);
}

/* The decrement by conjugate gradients, and their step in b->trial. */
static void judge_by_products(struct lbfgs *b)
{
    optim_cg_start(&b->cg, b->gradient, b->trial);
    optim_cg_make_certain(&b->cg);
    b->is_known = b->cg.is_certain && b->cg.is_definite;
    b->is_newton = b->cg.is_definite;
    b->decrement = fmax(b->decrement, optim_total(b->objective) * b->cg.decrement);
    if (b->is_known)
        b->decrement = optim_total(b->objective) * b->cg.decrement;
    if (b->objective->multiply == NULL) { /* the objective's last point becomes this one again */
        b->objective->evaluate(b->objective->context, b->theta, b->trial_gradient, NULL);
        b->evaluations++;
    }
}

static bool judge_by_hessian(struct lbfgs *b)
{
    double decrement;
    b->evaluations++;
    if (!optim_newton_step(b->objective, b->theta, b->gradient, b->trial, &decrement))
        return false;
    b->is_known = b->is_newton = true;
    b->decrement = optim_total(b->objective) * decrement;
    return true;
}

/* The decrement. Where products are to be had, a step in PATIENCE is Newton's in any case: progress is slow. */
static void judge(struct lbfgs *b, size_t iteration, double tolerance)
{
    enum { PATIENCE = 500 };
    bool is_slow = b->objective->multiply != NULL && iteration % PATIENCE == PATIENCE - 1;
    b->decrement = estimate(b);
    if (!(optim_distance(b->decrement) <= tolerance || is_slow) || !isfinite(b->value))
        return;
    if (!b->hessian_is_cheap || !judge_by_hessian(b))
        judge_by_products(b);
    b->is_known &= (optim_distance(b->decrement) <= polished && !b->objective->has_minimum) ||
                   optim_is_near(b->n, b->theta, b->trial);
    if (b->is_newton)
        memcpy(b->direction, b->trial, b->n * sizeof *b->direction);
}

/* Moves to the trial point and remembers the pair (s, y) where its curvature is positive. */
static void accept(struct lbfgs *b, double value)
{
    size_t n = b->n, slot = b->pairs > 0 ? (b->newest + 1) % b->capacity : 0;
    for (size_t i = 0; i < n; i++) {
        b->s[slot][i] = b->trial[i] - b->theta[i];
        b->y[slot][i] = b->trial_gradient[i] - b->gradient[i];
    }
    double sy = dense_dot(n, b->s[slot], b->y[slot]);
    if (sy > DBL_EPSILON * dense_dot(n, b->y[slot], b->y[slot])) {
        b->rho[slot] = 1 / sy;
        b->newest = slot;
        b->pairs = b->pairs < b->capacity ? b->pairs + 1 : b->capacity;
    }
    memcpy(b->theta, b->trial, n * sizeof(double));
    memcpy(b->gradient, b->trial_gradient, n * sizeof(double));
    b->value = value;
}

static void restore(struct lbfgs *b, const struct optim_memory *memory)
{
    b->pairs = memory != NULL ? memory->pairs : 0;
    b->newest = b->pairs > 0 ? b->pairs - 1 : 0;
    for (size_t i = 0; i < b->pairs; i++) {
        memcpy(b->s[i], memory->step[i], b->n * sizeof(double));
        memcpy(b->y[i], memory->change[i], b->n * sizeof(double));
        b->rho[i] = 1 / dense_dot(b->n, b->s[i], b->y[i]);
    }
}

static void save(const struct lbfgs *b, const struct optim_options *options, size_t iteration, bool is_last)
{
    struct optim_memory memory = {.pairs = b->pairs, .is_last = is_last};
    if (options->save == NULL)
        return;
    for (size_t i = 0; i < b->pairs; i++) {
        size_t k = (b->newest + b->capacity - (b->pairs - 1 - i)) % b->capacity;
        memory.step[i] = b->s[k];
        memory.change[i] = b->y[k];
    }
    options->save(options->context, iteration, b->theta, &memory);
}

/* Whether to stop at the iterate. */
static bool visit(const struct lbfgs *b, const struct optim_options *options, size_t iteration,
                  struct optim_result *result)
{
    bool stopped = options->validate != NULL && !options->validate(options->context, iteration, b->theta);
    if (optim_visit(options, iteration, b->value, b->n, b->gradient, b->decrement, b->is_known, result))
        return true;
    if (stopped)
        result->status = OPTIM_STOPPED;
    return stopped;
}

static double first_length(const struct lbfgs *b)
{
    return b->pairs > 0 || b->is_newton ? 1 : fmin(1, 1 / sqrt(dense_dot(b->n, b->gradient, b->gradient)));
}

/* False: no step lowers the value. */
static bool move(struct lbfgs *b)
{
    struct lbfgs_trial found;
    bool moved = line_search(b, first_length(b), &found);
    if (!moved && (b->pairs > 0 || b->is_newton)) { /* once more along the gradient itself */
        b->pairs = 0;
        find_direction(b);
        moved = line_search(b, first_length(b), &found);
    }
    if (moved)
        accept(b, found.value);
    return moved;
}

/* Takes the Newton step that has told the decrement, if it makes the gradient smaller. */
static void polish(struct lbfgs *b, struct optim_result *result)
{
    struct lbfgs_trial end = try_length(b, 1);
    lbfgs_precondition(b, b->gradient, b->room);
    double size = dense_dot(b->n, b->gradient, b->room);
    lbfgs_precondition(b, b->trial_gradient, b->room);
    if (!(end.value <= b->value + noise_of * fabs(b->value)) || !(dense_dot(b->n, b->trial_gradient, b->room) < size))
        return;
    accept(b, end.value);
    result->value = b->value;
    result->gradient_norm = dense_norm_max(b->n, b->gradient);
}

static void lbfgs_run(const struct objective *objective, const struct optim_options *options, double *theta,
                      struct optim_result *result)
{
    size_t n = objective->n;
    struct lbfgs b = {
        .objective = objective, .diagonal = options->diagonal, .n = n, .hessian_is_cheap = options->hessian_is_cheap};
    b.capacity = options->pairs > OPTIM_PAIRS_MAX ? OPTIM_PAIRS_MAX : options->pairs > 0 ? options->pairs : OPTIM_PAIRS;
    double *memory = mem_alloc(n, (7 + 2 * b.capacity) * sizeof *memory), *p = memory;
    double **vectors[] = {&b.theta, &b.gradient, &b.direction, &b.trial, &b.trial_gradient};
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++, p += n)
        *vectors[i] = p;
    b.room = p;
    p += 2 * n;
    for (size_t i = 0; i < b.capacity; i++, p += 2 * n) {
        b.s[i] = p;
        b.y[i] = p + n;
    }
    optim_cg_init(&b.cg, n, &b, lbfgs_multiply, lbfgs_precondition);
    memcpy(b.theta, theta, n * sizeof *theta);
    b.value = objective->evaluate(objective->context, b.theta, b.gradient, NULL);
    b.evaluations = 1;
    restore(&b, options->memory);
    size_t iteration = options->iteration;
    for (;; iteration++) {
        find_direction(&b);
        judge(&b, iteration, options->tolerance);
        if (visit(&b, options, iteration, result))
            break;
        save(&b, options, iteration, false);
        if (!move(&b)) {
            result->status = OPTIM_STALLED;
            break;
        }
    }
    save(&b, options, iteration, true);
    if (result->status == OPTIM_CONVERGED && result->decrement > 0 && options->is_polished)
        polish(&b, result);
    result->evaluations = b.evaluations;
    memcpy(theta, b.theta, n * sizeof *theta);
    optim_cg_free(&b.cg);
    free(memory);
}

const struct optim optim_lbfgs = {
    .name = "lbfgs",
    .help = "limited-memory BFGS: for many parameters",
    .max_iterations = 10000,
    .run = lbfgs_run,
};
