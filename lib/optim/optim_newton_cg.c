/* Newton's method by conjugate gradients, for objectives that give products with their Hessian H and its diagonal D.
 *
 *  1. Evaluate value and gradient g at the start (point_evaluate); stop where optim_visit says so.
 *  2. Solve H p = -g by conjugate gradients preconditioned by D (find_step; J. Nocedal and S. Wright, Numerical
 *     Optimization, 2nd ed., algorithms 5.3 and 7.1), no more accurately than min(1/2, sqrt |g|) |g| in the norm of
 *     D^-1, until the residual is a tenth of the tolerance, the curvature is not positive, or 1000 products are done.
 *  3. Halve the step until the value falls enough, as in optim_newton.c (advance), and repeat from 2.
 *
 * Under an L1 penalty a step stays in one orthant (R. Byrd, G. Chin, J. Nocedal and F. Oztoprak, A family of
 * second-order methods for convex l1-regularized optimization, Math. Program. 159 (2016), section 3): g is the least
 * subgradient; parameters that are 0 and whose subgradient is 0 stay (is_free); an entry that would change its sign
 * becomes 0 (try_step). With u = theta+ and v = theta- this is the projected Newton method of D. Bertsekas (SIAM J.
 * Control Optim. 20 (1982), 221), whose steps lower the objective. H may be singular with g outside its range then: a
 * multiple of D that goes to 0 with g is added, which keeps convergence fast (D.-H. Li, M. Fukushima, L. Qi and N.
 * Yamashita, Comput. Optim. Appl. 28 (2004), 131).
 *
 * Memory: 12 n numbers. One pass of the objective over its data per evaluation and per product, both counted as
 * evaluations. */

#include "optim/optim.h"

#include "base/mem.h"
#include "math/dense.h"
#include "optim/l1.h"
#include "optim/optim_visit.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double damping = 10; /* per unit of the subgradient; chosen by trial on tables of 30 to 50000 features */

struct newton_cg_point {
    double value;
    double *theta, *gradient;
    double *slope; /* the subgradient */
};

struct newton_cg {
    const struct objective *objective;
    size_t n, evaluations;
    struct newton_cg_point now, next;
    double *diagonal, *step;
    double damping;                                  /* H + damping D stands for H */
    double *residual, *scaled, *direction, *product; /* of conjugate gradients */
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

/* scaled = the residual divided by the diagonal. */
static void precondition(struct newton_cg *s)
{
    for (size_t i = 0; i < s->n; i++)
        s->scaled[i] = s->residual[i] / s->diagonal[i];
}

static void find_diagonal(struct newton_cg *s)
{
    double largest = 0;
    s->objective->curvatures(s->objective->context, s->diagonal);
    for (size_t i = 0; i < s->n; i++)
        largest = fmax(largest, fabs(s->diagonal[i]));
    for (size_t i = 0; i < s->n; i++)
        s->diagonal[i] = s->diagonal[i] > 1e-10 * largest ? s->diagonal[i] : largest > 0 ? largest : 1;
}

/* product: (H + damping D) direction, 0 for parameters that stay. */
static void multiply(struct newton_cg *s)
{
    s->objective->multiply(s->objective->context, s->direction, s->product);
    s->evaluations++;
    for (size_t i = 0; i < s->n; i++)
        s->product[i] = is_free(s, i) ? s->product[i] + s->damping * s->diagonal[i] * s->direction[i] : 0;
}

/* step: an approximate solution of H p = -g. enough: the residual below which the tolerance needs no further
 * accuracy. */
static void find_step(struct newton_cg *s, double enough)
{
    enum { PRODUCTS = 1000 };
    size_t n = s->n;
    double norm = dense_norm_max(n, s->now.slope), share = fmin(0.5, sqrt(norm));
    find_diagonal(s);
    s->damping = s->objective->l1 != NULL ? fmin(1, damping * norm) : 0;
    memset(s->step, 0, n * sizeof *s->step);
    memcpy(s->residual, s->now.slope, n * sizeof *s->residual);
    precondition(s);
    double size = dense_dot(n, s->residual, s->scaled), wanted = share * share * size;
    for (size_t i = 0; i < n; i++)
        s->direction[i] = -s->scaled[i];
    for (int k = 0; k < PRODUCTS && size > wanted && dense_norm_max(n, s->residual) > enough; k++) {
        multiply(s);
        double curvature = dense_dot(n, s->direction, s->product);
        if (!(curvature > 0)) {
            if (k == 0)
                memcpy(s->step, s->direction, n * sizeof *s->step);
            return;
        }
        double length = size / curvature, last = size;
        dense_add(n, length, s->direction, s->step);
        dense_add(n, length, s->product, s->residual);
        precondition(s);
        size = dense_dot(n, s->residual, s->scaled);
        for (size_t i = 0; i < n; i++)
            s->direction[i] = size / last * s->direction[i] - s->scaled[i];
    }
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

static bool advance(struct newton_cg *s)
{
    double norm = dense_norm_max(s->n, s->now.slope), noise = 8 * DBL_EPSILON * fabs(s->now.value), length = 1;
    for (int halvings = 0; halvings < 60; halvings++, length /= 2) {
        double fall = try_step(s, length);
        bool falls = s->next.value <= s->now.value + 1e-4 * fall && s->next.value < s->now.value;
        bool flat = fabs(s->next.value - s->now.value) <= noise && dense_norm_max(s->n, s->next.slope) < norm;
        if (falls || flat) {
            struct newton_cg_point p = s->now;
            s->now = s->next;
            s->next = p;
            return true;
        }
    }
    return false;
}

static void newton_cg_run(const struct objective *objective, const struct optim_options *options, double *theta,
                          struct optim_result *result)
{
    size_t n = objective->n;
    struct newton_cg s = {.objective = objective, .n = n};
    double *memory = mem_alloc(n, 12 * sizeof *memory), *p = memory;
    double **vectors[] = {&s.now.theta, &s.now.gradient, &s.now.slope, &s.next.theta, &s.next.gradient, &s.next.slope,
                          &s.diagonal,  &s.step,         &s.residual,  &s.scaled,     &s.direction,     &s.product};
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++, p += n)
        *vectors[i] = p;
    memcpy(s.now.theta, theta, n * sizeof *theta);
    point_evaluate(&s, &s.now);
    for (size_t iteration = 0; !optim_visit(options, iteration, s.now.value, n, s.now.slope, result); iteration++) {
        find_step(&s, options->tolerance / 10);
        if (!advance(&s)) {
            result->status = OPTIM_STALLED;
            break;
        }
    }
    result->evaluations = s.evaluations;
    memcpy(theta, s.now.theta, n * sizeof *theta);
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
