/* Every minimiser finds known minima, as fast as its theory says, and reports how it ended. */

#include "optim/gradcheck.h"
#include "optim/optim.h"
#include "test.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Rosenbrock's valley: minimum 0 at (1, 1). */
static double rosenbrock(void *context, const double *t, double *g, double *h)
{
    double a = t[1] - t[0] * t[0], b = 1 - t[0];
    (void)context;
    if (g != NULL) {
        g[0] = -400 * a * t[0] - 2 * b;
        g[1] = 200 * a;
    }
    if (h != NULL) {
        h[0] = 1200 * t[0] * t[0] - 400 * t[1] + 2;
        h[1] = h[2] = -400 * t[0];
        h[3] = 200;
    }
    return 100 * a * a + b * b;
}

/* A convex function with a wall: sum of t - log t, inf for t <= 0; minimum n at (1, …, 1). */
enum { WALL = 20 };
static double wall(void *context, const double *t, double *g, double *h)
{
    double value = 0;
    (void)context;
    if (h != NULL)
        memset(h, 0, WALL * WALL * sizeof *h);
    for (size_t i = 0; i < WALL; i++) {
        double c = (double)(i + 1);
        if (!(t[i] > 0))
            return (double)INFINITY;
        value += c * (t[i] - log(t[i]));
        if (g != NULL)
            g[i] = c * (1 - 1 / t[i]);
        if (h != NULL)
            h[i * WALL + i] = c / (t[i] * t[i]);
    }
    return value;
}

/* Products with the Hessian where the gradient was evaluated last, by way of the Hessian itself. */
struct remembered {
    double (*evaluate)(void *context, const double *theta, double *gradient, double *hessian);
    size_t n;
    double at[WALL], hessian[WALL * WALL];
};

static double remember(void *context, const double *t, double *g, double *h)
{
    struct remembered *r = context;
    memcpy(r->at, t, r->n * sizeof *t);
    return r->evaluate(NULL, t, g, h);
}

static void multiply(void *context, const double *direction, double *product)
{
    struct remembered *r = context;
    double gradient[WALL];
    r->evaluate(NULL, r->at, gradient, r->hessian);
    for (size_t i = 0; i < r->n; i++) {
        product[i] = 0;
        for (size_t j = 0; j < r->n; j++)
            product[i] += r->hessian[i * r->n + j] * direction[j];
    }
}

static void curvatures(void *context, double *diagonal)
{
    struct remembered *r = context;
    double gradient[WALL];
    r->evaluate(NULL, r->at, gradient, r->hessian);
    for (size_t i = 0; i < r->n; i++)
        diagonal[i] = r->hessian[i * r->n + i];
}

static struct objective remembering(struct remembered *r)
{
    return (struct objective){
        .n = r->n, .context = r, .evaluate = remember, .multiply = multiply, .curvatures = curvatures};
}

static double nowhere(void *context, const double *t, double *g, double *h)
{
    (void)context;
    (void)t;
    if (g != NULL)
        g[0] = (double)NAN;
    if (h != NULL)
        h[0] = (double)NAN;
    return (double)NAN;
}

static void count(void *context, const struct optim_progress *progress)
{
    size_t *calls = context;
    CHECK(progress->iteration == *calls, "iterations are reported in order");
    ++*calls;
}

static void finds_minima(const char *name, const struct optim *optim)
{
    struct remembered of_valley = {rosenbrock, 2, {0}, {0}}, of_wall = {wall, WALL, {0}, {0}};
    struct objective valley = remembering(&of_valley), walled = remembering(&of_wall);
    size_t calls = 0;
    struct optim_options options = {.tolerance = 1e-9, .max_iterations = 500, .context = &calls, .progress = count};
    struct optim_result result;
    double t[2] = {-1.2, 1}, u[WALL];
    optim->run(&valley, &options, t, &result);
    CHECK(result.status == OPTIM_CONVERGED, "%s: %s", name, optim_status_text(result.status));
    CHECK(fabs(t[0] - 1) < 1e-8 && fabs(t[1] - 1) < 1e-8, "%s: %g %g", name, t[0], t[1]);
    CHECK(calls == result.iterations + 1, "%s: one report per iterate", name);
    CHECK(result.iterations <= 60, "%s: it is as quick as its order: %zu iterations", name, result.iterations);
    for (size_t i = 0; i < WALL; i++)
        u[i] = 0.1 + 3 * (double)(i % 5);
    options.progress = NULL;
    optim->run(&walled, &options, u, &result);
    CHECK(result.status == OPTIM_CONVERGED, "%s: %s", name, optim_status_text(result.status));
    for (size_t i = 0; i < WALL; i++)
        CHECK(fabs(u[i] - 1) < 1e-8, "%s: %zu: %.17g", name, i, u[i]);
}

static void says_why_it_stopped(const char *name, const struct optim *optim)
{
    struct remembered of_valley = {rosenbrock, 2, {0}, {0}};
    struct objective valley = remembering(&of_valley), none = {.n = 1, .evaluate = nowhere};
    struct optim_options options = {.tolerance = 1e-9, .max_iterations = 3, .learning_rate = 1e-4};
    struct optim_result result;
    double t[2] = {-1.2, 1}, u[1] = {0};
    double start = rosenbrock(NULL, t, NULL, NULL);
    optim->run(&valley, &options, t, &result);
    CHECK(result.status == OPTIM_ITERATIONS && result.iterations == 3, "%s: the limit", name);
    CHECK(result.value <= start && result.value == rosenbrock(NULL, t, NULL, NULL), "%s: the best point", name);
    optim->run(&none, &options, u, &result);
    CHECK(result.status == OPTIM_DIVERGED, "%s: nothing finite", name);
}

static void gd_descends_as_a_textbook_has_it(void)
{
    struct objective walled = {.n = WALL, .evaluate = wall};
    struct optim_options options = {.tolerance = 1e-12, .max_iterations = 1, .learning_rate = 0.01};
    struct optim_result result;
    double t[WALL];
    for (size_t i = 0; i < WALL; i++)
        t[i] = 2;
    optim_gd.run(&walled, &options, t, &result);
    for (size_t i = 0; i < WALL; i++)
        CHECK(fabs(t[i] - (2 - 0.01 * (double)(i + 1) * 0.5)) < 1e-15, "step %zu", i);
    options.max_iterations = 5000;
    optim_gd.run(&walled, &options, t, &result);
    CHECK(result.status == OPTIM_CONVERGED && fabs(t[0] - 1) < 1e-10, "%s", optim_status_text(result.status));
    options.learning_rate = 10;
    for (size_t i = 0; i < WALL; i++)
        t[i] = 2;
    double start = wall(NULL, t, NULL, NULL);
    optim_gd.run(&walled, &options, t, &result);
    CHECK(result.status == OPTIM_DIVERGED, "too long a step: %s", optim_status_text(result.status));
    CHECK(wall(NULL, t, NULL, NULL) <= start, "the best point is kept");
}

/* A bowl whose curvatures span twelve powers of ten, a little twisted; minimum 0 at 0. */
static double bowl(void *context, const double *t, double *g, double *h)
{
    double value = 0, mean = 0;
    (void)context;
    (void)h;
    for (size_t i = 0; i < WALL; i++)
        mean += t[i] / WALL;
    for (size_t i = 0; i < WALL; i++) {
        double c = pow(10, 12 * (double)i / WALL);
        value += c * t[i] * t[i] / 2;
        g[i] = c * t[i] + mean;
    }
    return value + WALL * mean * mean / 2;
}

static void lbfgs_is_quick_where_it_knows_the_diagonal(void)
{
    struct objective objective = {.n = WALL, .evaluate = bowl};
    double t[WALL], diagonal[WALL];
    for (size_t i = 0; i < WALL; i++) {
        t[i] = 1;
        diagonal[i] = 2 * pow(10, 12 * (double)i / WALL);
    }
    struct optim_options options = {.tolerance = 1e-9, .max_iterations = 30, .diagonal = diagonal};
    struct optim_result result;
    optim_lbfgs.run(&objective, &options, t, &result);
    CHECK(result.status == OPTIM_CONVERGED, "%s", optim_status_text(result.status));
    for (size_t i = 0; i < WALL; i++)
        t[i] = 1;
    options.diagonal = NULL;
    optim_lbfgs.run(&objective, &options, t, &result);
    CHECK(result.status == OPTIM_ITERATIONS, "without it, it takes longer: %s", optim_status_text(result.status));
}

/* sum of c_i (t_i - b_i)^2 / 2 + (sum of t)^2 / 2 with c_i = 1 … 1e4, b_i of both signs. */
static double shifted(void *context, const double *t, double *g, double *h)
{
    double value = 0, sum = 0;
    (void)context;
    for (size_t i = 0; i < WALL; i++)
        sum += t[i];
    for (size_t i = 0; i < WALL; i++) {
        double c = pow(10, (double)(i % 5)), r = t[i] - (i % 2 == 0 ? 1 : -2);
        value += c * r * r / 2;
        if (g != NULL)
            g[i] = c * r + sum;
        for (size_t j = 0; h != NULL && j < WALL; j++)
            h[i * WALL + j] = (i == j ? c : 0) + 1;
    }
    return value + sum * sum / 2;
}

/* At the optimum the gradient is within lambda, and -lambda sign(t) where t is not 0; zeros are exact. */
static void l1_leads_to_zeros(const char *name, const struct optim *optim)
{
    struct remembered of_shifted = {shifted, WALL, {0}, {0}};
    struct objective objective = remembering(&of_shifted);
    struct optim_options options = {.tolerance = 1e-9, .max_iterations = 100};
    struct optim_result result;
    double t[WALL], l1[WALL], g[WALL];
    size_t zeros = 0;
    for (size_t i = 0; i < WALL; i++) {
        t[i] = i % 3 == 0 ? 0 : 5;
        l1[i] = i == 1 ? 0 : 30;
    }
    objective.l1 = l1;
    optim->run(&objective, &options, t, &result);
    CHECK(result.status == OPTIM_CONVERGED, "%s: %s", name, optim_status_text(result.status));
    double value = shifted(NULL, t, g, NULL);
    for (size_t i = 0; i < WALL; i++) {
        zeros += t[i] == 0;
        value += l1[i] * fabs(t[i]);
        if (t[i] != 0)
            CHECK(fabs(g[i] + copysign(l1[i], t[i])) < 1e-8, "%s: %zu: %g", name, i, g[i]);
        else
            CHECK(fabs(g[i]) <= l1[i], "%s: %zu: %g", name, i, g[i]);
    }
    CHECK(fabs(value - result.value) <= 1e-12 * value, "%s: the value includes the penalty", name);
    CHECK(zeros >= 4 && t[1] != 0, "%s: %zu zeros", name, zeros);
    for (size_t i = 0; i < WALL; i++)
        l1[i] = 1e6;
    optim->run(&objective, &options, t, &result);
    for (size_t i = 0; i < WALL; i++)
        CHECK(t[i] == 0, "%s: a large penalty leaves nothing", name);
}

static void lbfgs_is_quicker_the_more_it_remembers(void)
{
    struct objective objective = {.n = WALL, .evaluate = shifted};
    static const size_t pairs[] = {2, 0, OPTIM_PAIRS_MAX, 10 * OPTIM_PAIRS_MAX};
    size_t iterations[4];
    for (size_t i = 0; i < 4; i++) {
        struct optim_options options = {.tolerance = 1e-9, .max_iterations = 10000, .pairs = pairs[i]};
        struct optim_result result;
        double t[WALL] = {0};
        optim_lbfgs.run(&objective, &options, t, &result);
        CHECK(result.status == OPTIM_CONVERGED, "%zu pairs: %s", pairs[i], optim_status_text(result.status));
        iterations[i] = result.iterations;
    }
    CHECK(iterations[0] > 2 * iterations[1], "%zu with 2 pairs, %zu with 30", iterations[0], iterations[1]);
    CHECK(iterations[2] <= iterations[1] && iterations[3] == iterations[2], "%zu, %zu", iterations[2], iterations[3]);
}

struct counted {
    size_t gradients, hessians;
    bool had_hessian; /* last, … */
    double at[WALL];  /* … here */
};

static double counting(void *context, const double *t, double *g, double *h)
{
    struct counted *c = context;
    c->gradients++;
    c->hessians += c->had_hessian = h != NULL;
    memcpy(c->at, t, sizeof c->at);
    return wall(NULL, t, g, h);
}

static struct counted count_newton(double tolerance, bool wants_hessian, const double *l1)
{
    struct counted counted = {0};
    struct objective objective = {.n = WALL, .context = &counted, .evaluate = counting, .l1 = l1};
    struct optim_options options = {
        .tolerance = tolerance, .is_polished = tolerance < 1e-6, .max_iterations = 50, .wants_hessian = wants_hessian};
    struct optim_result result;
    double t[WALL];
    for (size_t i = 0; i < WALL; i++)
        t[i] = 0.9 - 0.02 * (double)(i % 10);
    optim_newton.run(&objective, &options, t, &result);
    CHECK(result.status == OPTIM_CONVERGED && result.evaluations == counted.gradients, "%s",
          optim_status_text(result.status));
    CHECK(!wants_hessian || (counted.had_hessian && memcmp(t, counted.at, sizeof t) == 0),
          "the Hessian at the optimum is the last");
    double error = tolerance > 1e-6 ? tolerance : 1e-10; /* a coarse one is taken at its word */
    for (size_t i = 0; i < WALL; i++)
        CHECK(fabs(t[i] - (l1 != NULL ? (double)(i + 1) / ((double)(i + 1) + l1[i]) : 1)) < error, "%zu: %.17g", i,
              t[i]);
    return counted;
}

static void newton_makes_no_hessian_it_can_do_without(void)
{
    static const double tolerances[] = {1e-2, 1e-4, 1e-8, 1e-11};
    double l1[WALL] = {0};
    for (size_t i = 0; i < WALL; i += 2)
        l1[i] = 0.01;
    for (size_t i = 0; i < 8; i++) {
        double tolerance = tolerances[i / 2];
        struct counted with = count_newton(tolerance, true, i % 2 == 0 ? NULL : l1);
        struct counted without = count_newton(tolerance, false, i % 2 == 0 ? NULL : l1);
        CHECK(without.hessians < with.hessians && without.gradients <= with.gradients + 1,
              "%g: %zu and %zu of %zu and %zu", tolerance, without.hessians, with.hessians, without.gradients,
              with.gradients);
    }
}

static void derivatives(void)
{
    struct objective valley = {.n = 2, .evaluate = rosenbrock};
    double t[2];
    gradcheck_point(2, 1, t);
    CHECK(gradcheck_at(&valley, t).error < 1e-8, "%g", gradcheck_at(&valley, t).error);
    CHECK(gradcheck_hessian_at(&valley, t).error < 1e-8, "%g", gradcheck_hessian_at(&valley, t).error);
}

int main(void)
{
    for (const struct optim *const *o = optim_all; *o != NULL; o++) {
        says_why_it_stopped((*o)->name, *o);
        if (*o != &optim_gd)
            finds_minima((*o)->name, *o);
    }
    l1_leads_to_zeros("newton", &optim_newton);
    l1_leads_to_zeros("newton-cg", &optim_newton_cg);
    gd_descends_as_a_textbook_has_it();
    lbfgs_is_quick_where_it_knows_the_diagonal();
    lbfgs_is_quicker_the_more_it_remembers();
    newton_makes_no_hessian_it_can_do_without();
    derivatives();
    return test_report("optim");
}
