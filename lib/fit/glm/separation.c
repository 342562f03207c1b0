/* Finds out whether classes are separated, so that the likelihood has no maximum, from where an optimiser stopped.
 *
 *  1. is_settled: at a maximum the next Newton step changes no log-odds by more than `settled`, while along a
 *     direction of separation it changes some by about 1; standard errors are large then. Large ones of nearly
 *     collinear columns are told apart by a proof (is_certified). Most fits end here.
 *  2. theta itself, long as it has become, may be a direction that separates (verify_theta).
 *  3. follow minimises the objective under penalties that go to 0 and verifies each optimum as a direction. Rows that
 *     a direction of separation moves become ever surer on the way; rows that stay unsure are moved by none.
 *  4. search therefore adds up the Hessians of these optima: a direction of separation is one without curvature, and
 *     find_free makes a projection S on such, by (I + sum / shift)^-4. follow minimises at S u next, from 0, as if
 *     the unsure rows were not there; and so on, among ever fewer directions.
 *     All this happens on uncorrelated columns where the rows are few enough to copy (separation_white.c).
 *  5. separation_columns.c names the columns.
 *
 * separation_find_wide is the same for models whose Hessian would be too large: columns by themselves first, then
 * separation_wide.c. Every direction is verified against every row (separation_verify.c), so that a separation that
 * is reported is one; a search may miss one. Reference: A. Albert and J. Anderson, Biometrika 71 (1984), 1-10.
 * Memory: 5 n^2 numbers, n being the parameters, and those of optim_newton. */

#include "fit/glm/separation.h"

#include "base/mem.h"
#include "fit/glm/glm_sums.h"
#include "fit/glm/inference_rows.h"
#include "fit/glm/separation_columns.h"
#include "fit/glm/separation_verify.h"
#include "fit/glm/separation_white.h"
#include "fit/glm/separation_wide.h"
#include "math/dense.h"
#include "optim/optim.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const separation_names[] = {
    [SEPARATION_NONE] = "none",
    [SEPARATION_QUASI] = "quasi-complete",
    [SEPARATION_COMPLETE] = "complete",
};

static const double settled = 1e-3; /* a step that changes no log-odds by more leads to a maximum, … */
static const double vague = 10; /* … unless a standard error is that many log-odds: rounding may hide a separation */

/* The objective at S u, and a penalty on u. */
struct separation_restricted {
    struct objective whole;
    double penalty;
    double *s, *product;      /* n x n */
    double *theta, *gradient; /* n */
};

static double separation_evaluate(void *context, const double *u, double *gradient, double *hessian)
{
    const struct separation_restricted *r = context;
    size_t n = r->whole.n;
    dense_apply(n, n, r->s, n, u, r->theta);
    double value = r->whole.evaluate(r->whole.context, r->theta, gradient != NULL ? r->gradient : NULL, hessian);
    value += r->penalty / 2 * dense_dot(n, u, u);
    if (gradient != NULL) {
        dense_apply(n, n, r->s, n, r->gradient, gradient);
        dense_add(n, r->penalty, u, gradient);
    }
    if (hessian != NULL) {
        dense_multiply_nt(n, n, n, r->s, n, hessian, n, r->product, n);
        dense_multiply_nt(n, n, n, r->product, n, r->s, n, hessian, n);
        for (size_t i = 0; i < n; i++)
            hessian[i * n + i] += r->penalty;
    }
    return value;
}

/* Minimises the restricted objective under a penalty that goes to 0, until an optimum is a direction that separates.
 * The last optimum stays in r->theta. */
static enum separation_kind follow(struct glm *glm, struct separation_restricted *r, double *direction)
{
    static const double penalties[] = {1e-4, 1e-6, 1e-10, 1e-14};
    size_t n = r->whole.n;
    struct objective objective = {.n = n, .context = r, .evaluate = separation_evaluate};
    struct optim_options options = {.max_iterations = 100};
    struct optim_result result;
    double *u = mem_zero(n, sizeof *u);
    enum separation_kind kind = SEPARATION_NONE;
    for (size_t i = 0; i < sizeof penalties / sizeof *penalties && kind == SEPARATION_NONE; i++) {
        r->penalty = penalties[i];
        options.tolerance = 1e-3 * sqrt(r->penalty); /* no entry of u is further off than 1e-3 */
        optim_newton.run(&objective, &options, u, &result);
        dense_apply(n, n, r->s, n, u, direction);
        kind = separation_verify(glm, direction);
    }
    memcpy(r->theta, direction, n * sizeof *direction);
    free(u);
    return kind;
}

/* S = (I + matrix / shift)^-POWER (all n x n): about 1 along eigenvectors of eigenvalues far less than shift, and 0
 * along others. False: there are none of the former. */
static bool find_free(size_t n, double shift, const double *matrix, double *factor, double *s)
{
    enum { POWER = 4 };
    double dimension = 0;
    memcpy(factor, matrix, n * n * sizeof *factor);
    for (size_t i = 0; i < n; i++)
        factor[i * n + i] += shift;
    bool definite = dense_cholesky(n, factor);
    for (size_t i = 0; i < n && definite; i++) {
        double *row = s + i * n;
        memset(row, 0, n * sizeof *row);
        row[i] = 1;
        for (int k = 0; k < POWER; k++) {
            dense_cholesky_solve(n, factor, row);
            dense_scale(n, shift, row, row);
        }
        dimension += row[i];
    }
    return definite && dimension > 0.5;
}

/* Steps 3 and 4. shift: curvatures far less than this count as none. */
static enum separation_kind search(struct glm *glm, double shift, double *direction)
{
    enum { ROUNDS = 6 };
    size_t n = glm->blocks * glm->width;
    double *memory = mem_alloc(n, (5 * n + 2) * sizeof *memory);
    double *sum = memory + 2 * n * n, *hessian = sum + n * n, *factor = hessian + n * n;
    struct separation_restricted r = {.whole = glm_objective(glm), .s = memory, .product = memory + n * n};
    r.theta = factor + n * n;
    r.gradient = r.theta + n;
    enum separation_kind kind = SEPARATION_NONE;
    memset(memory, 0, 5 * n * n * sizeof *memory);
    for (size_t i = 0; i < n; i++)
        r.s[i * n + i] = 1;
    for (int i = 0; i < ROUNDS && kind == SEPARATION_NONE; i++) {
        kind = follow(glm, &r, direction);
        r.whole.evaluate(r.whole.context, r.theta, r.gradient, hessian);
        dense_add(n * n, 1, hessian, sum);
        if (kind == SEPARATION_NONE && !find_free(n, shift, sum, factor, r.s))
            break;
    }
    free(memory);
    return kind;
}

/* A bound of how far a step of the parameters changes any score of any row. */
static double step_bound(const struct glm *glm, const double *step)
{
    double bound = 0;
    for (size_t b = 0; b < glm->blocks; b++) {
        const double *row = step + b * glm->width;
        double sum = fabs(row[0]);
        for (size_t j = 0; j < glm->d; j++)
            sum += fabs(row[j + 1]) * glm->magnitude[j];
        bound = fmax(bound, sum);
    }
    return bound;
}

/* Whether a standard error is so large that a Hessian of half of the digits may hide a separation. */
static bool is_vague(const struct glm *glm, const double *inverse)
{
    size_t n = glm->blocks * glm->width;
    for (size_t i = 0; i < n; i++) {
        double magnitude = i % glm->width > 0 ? glm->magnitude[i % glm->width - 1] : 1;
        if (!(inverse[i * n + i] * magnitude * magnitude < vague * vague * (double)glm->data->n))
            return true;
    }
    return false;
}

/* Whether positive multipliers of the rows' moves towards their classes exist that sum to 0, so that no direction moves
 * some of them and none away (Stiemke's lemma; O. Mangasarian, Nonlinear Programming (1969), section 2.4). The
 * probabilities p of the other classes nearly are such multipliers, as the gradient is nearly 0. The Newton step makes
 * them exact: it changes p by p (d - mean d), where d are the changes of the row's scores, and so leaves them positive
 * where these are below 1. By Cauchy and Schwarz d is at most the root of (gradient' H^-1 gradient) / (w p). Rounding
 * of the gradient is part of it. */
static bool is_certified(const struct glm *glm, const double *theta, const double *gradient, const double *step,
                         const double *inverse)
{
    static const double most = 0.1;
    size_t n = glm->blocks * glm->width;
    double total = glm->data->weight_sum, rounding = 0;
    if (!inference_rows_is_cheap(glm)) /* the inverse may be rounding as well */
        return false;
    for (size_t i = 0; i < n; i++)
        rounding += 4 * DBL_EPSILON * sqrt((double)n * total * inverse[i * n + i]);
    double distance = sqrt(total * fmax(0, dense_dot(n, gradient, step))) + rounding;
    return distance < most * sqrt(separation_least_weight(glm, theta));
}

/* Whether theta is surely at a maximum. */
static bool is_settled(const struct glm *glm, const double *theta, const double *gradient, const double *inverse)
{
    size_t n = glm->blocks * glm->width;
    if (inverse == NULL)
        return false;
    double *step = mem_alloc(n, sizeof *step);
    dense_apply(n, n, inverse, n, gradient, step);
    bool settles = step_bound(glm, step) < settled &&
                   (!is_vague(glm, inverse) || is_certified(glm, theta, gradient, step, inverse));
    free(step);
    return settles;
}

/* Verifies theta itself as a direction; returns a copy of it, which the caller frees. */
static double *verify_theta(const struct glm *glm, const double *theta, struct separation *s)
{
    size_t n = glm->blocks * glm->width;
    double *direction = mem_alloc(n, sizeof *direction);
    memcpy(direction, theta, n * sizeof *direction);
    s->kind = separation_verify(glm, direction);
    if (s->kind != SEPARATION_COMPLETE)
        s->kind = SEPARATION_NONE;
    return direction;
}

void separation_find(struct glm *glm, const double *theta, const double *gradient, const double *inverse,
                     struct separation *separation)
{
    *separation = (struct separation){0};
    if (is_settled(glm, theta, gradient, inverse))
        return;
    /* Bounded by rounding from below, by rows that are a little unsure from above. */
    static const double shifts[] = {1e-8, 1e-10};
    double *direction = verify_theta(glm, theta, separation);
    struct separation_white white;
    bool is_white = separation->kind == SEPARATION_NONE && separation_white_new(&white, glm);
    for (size_t i = 0; i < 2 && separation->kind == SEPARATION_NONE; i++) {
        separation->kind = search(is_white ? &white.glm : glm, shifts[i], direction);
        glm->has_sums = false;
    }
    if (is_white) {
        separation_white_back(&white, direction);
        separation_white_free(&white);
    }
    if (separation->kind != SEPARATION_NONE)
        separation_columns_of(glm, direction, separation);
    free(direction);
}

void separation_find_wide(struct glm *glm, const double *theta, struct separation *separation)
{
    *separation = (struct separation){0};
    double *direction = verify_theta(glm, theta, separation);
    if (separation->kind == SEPARATION_NONE) {
        separation_columns_alone(glm, separation);
        separation->kind = separation->alone ? SEPARATION_QUASI : separation_search_wide(glm, direction);
    }
    if (separation->kind != SEPARATION_NONE)
        separation_columns_of(glm, direction, separation);
    free(direction);
}

void separation_free(struct separation *separation)
{
    free(separation->column);
    *separation = (struct separation){0};
}
