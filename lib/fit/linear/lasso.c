/* The lasso of a dense problem; what is minimised and the conditions of optimality are in lasso.h.
 *
 *  1. approach starts where the penalties are so strong that no penalised column is used, and weakens them step by
 * step; each step begins at the optimum of the step before, with a few sweeps (J. Friedman, T. Hastie and R.
 * Tibshirani, J. Stat. Softw. 33 (2010), issue 1, section 2.5).
 *  2. Only active columns are swept: those that are used, and those that the sequential strong rule keeps (R.
 *     Tibshirani and others, J. R. Stat. Soc. B 74 (2012), 245, eq. 7). admit looks at the others whenever a sweep has
 *     come to rest, and adds those that break the conditions.
 *  3. sweep descends in each active coordinate in turn: x_j is the soft threshold of a_j'(residual + a_j x_j) (J.
 *     Friedman, T. Hastie, H. Hofling and R. Tibshirani, Ann. Appl. Stat. 1 (2007), eq. 5).
 *  4. After a sweep in which no coordinate came to 0, left it or changed its sign, polish solves the equations of the
 *     others by QR, their signs taken as given.
 *  5. Done when breach, the largest violation of the conditions, is at most 1e-12; zeros are exact. Else sweep again,
 *     at most 100000 times; then the duality gap decides (find_gap).
 *
 * On the factor of least squares rows is the number of columns, so that nothing depends on the number of rows of
 * data.
 * Memory: rows + 4 n numbers, and (k + 1) (rows + k) while k columns that are used are polished. One thread. */

#include "fit/linear/lasso.h"

#include "base/mem.h"
#include "math/dense.h"
#include "math/tsqr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double tolerance = 1e-12;

struct lasso_problem {
    size_t rows, n;
    const double *a, *b, *lambda;
    double *norm2;    /* n: |a_j|^2 */
    double *residual; /* rows: b - A x */
    double size;      /* |b| */
    double strength;  /* the penalties are so many times as strong */
    size_t *active, n_active;
    bool *is_active; /* n */
};

static void compute_residual(const struct lasso_problem *p, const double *x, double *residual)
{
    memcpy(residual, p->b, p->rows * sizeof *residual);
    for (size_t j = 0; j < p->n; j++)
        if (x[j] != 0)
            dense_add(p->rows, -x[j], p->a + j * p->rows, residual);
}

static double gradient_of(const struct lasso_problem *p, size_t j)
{
    return dense_dot(p->rows, p->a + j * p->rows, p->residual);
}

/* The largest violation of the conditions of optimality, in units of |a_j| |b|. */
static double breach(const struct lasso_problem *p, const double *x)
{
    double worst = 0;
    for (size_t j = 0; j < p->n; j++) {
        double gradient = gradient_of(p, j);
        double off = x[j] != 0 ? fabs(gradient - copysign(p->lambda[j], x[j])) : fmax(0, fabs(gradient) - p->lambda[j]);
        if (p->norm2[j] > 0 && p->size > 0)
            worst = fmax(worst, off / (sqrt(p->norm2[j]) * p->size));
    }
    return worst;
}

/* Makes the columns active whose gradient is above `share` of their penalty; returns how many. */
static size_t admit(struct lasso_problem *p, double share)
{
    size_t before = p->n_active;
    for (size_t j = 0; j < p->n; j++) {
        if (p->is_active[j] || p->norm2[j] == 0 || fabs(gradient_of(p, j)) <= share * p->lambda[j])
            continue;
        p->is_active[j] = true;
        p->active[p->n_active++] = j;
    }
    return p->n_active - before;
}

struct lasso_change {
    bool of_signs; /* a coordinate came to 0, left it or changed its sign */
    double size;   /* largest change of a fitted vector a_j x_j */
};

/* One descent in each active coordinate. */
static struct lasso_change sweep(const struct lasso_problem *p, double *x)
{
    struct lasso_change change = {0};
    for (size_t i = 0; i < p->n_active; i++) {
        size_t j = p->active[i];
        double target = gradient_of(p, j) + p->norm2[j] * x[j];
        double next = copysign(fmax(0, fabs(target) - p->strength * p->lambda[j]), target) / p->norm2[j];
        change.of_signs |= (next > 0) != (x[j] > 0) || (next < 0) != (x[j] < 0);
        change.size = fmax(change.size, fabs(next - x[j]) * sqrt(p->norm2[j]));
        if (next != x[j])
            dense_add(p->rows, x[j] - next, p->a + j * p->rows, p->residual);
        x[j] = next == 0 ? 0 : next;
    }
    return change;
}

/* The penalties that leave all penalised columns out are so many times as strong. */
static double greatest_strength(const struct lasso_problem *p)
{
    double strength = 1;
    for (size_t j = 0; j < p->n; j++)
        if (p->lambda[j] > 0)
            strength = fmax(strength, fabs(gradient_of(p, j)) / p->lambda[j]);
    return strength;
}

/* Goes from strong penalties towards those of the problem, each step to a thousandth. */
static void approach(struct lasso_problem *p, double *x)
{
    enum { STEP_SWEEPS = 100 };
    const double weaker = 0.7, close = 1e-3;
    admit(p, INFINITY); /* only columns without a penalty: nothing is at most inf * 0, which is no number */
    for (double from = greatest_strength(p); from > 1; from = p->strength) {
        p->strength = fmax(1, weaker * from);
        admit(p, 2 * p->strength - from);
        int sweeps = 0;
        do
            while (sweep(p, x).size > close * p->size && sweeps++ < STEP_SWEEPS)
                ;
        while (sweeps < STEP_SWEEPS && admit(p, p->strength) > 0);
    }
    p->strength = 1;
}

/* The optimum of the signs of x, if it has these signs: with A = Q R over the columns in question, R x = Q'b - R'^-1
 * (lambda sign). */
static bool polish(const struct lasso_problem *p, const double *x, double *polished)
{
    size_t *active = mem_alloc(p->n, sizeof *active), k = 0;
    for (size_t j = 0; j < p->n; j++)
        if (x[j] != 0)
            active[k++] = j;
    size_t order = k + 1;
    double *r = mem_zero(order * order, sizeof *r), *stack = mem_alloc(order * p->rows, sizeof *stack);
    for (size_t i = 0; i < k; i++)
        memcpy(stack + i * p->rows, p->a + active[i] * p->rows, p->rows * sizeof *stack);
    memcpy(stack + k * p->rows, p->b, p->rows * sizeof *stack);
    tsqr_fold(order, r, p->rows, stack, p->rows);
    bool good = k <= p->rows;
    for (size_t i = 0; i < k; i++)
        good &= fabs(r[i * order + i]) > tolerance * sqrt(p->norm2[active[i]]);
    double *right = mem_alloc(order, sizeof *right), *solution = mem_alloc(order, sizeof *solution);
    for (size_t i = 0; i < k && good; i++) {
        double sum = copysign(p->lambda[active[i]], x[active[i]]);
        for (size_t l = 0; l < i; l++)
            sum -= r[l * order + i] * right[l];
        right[i] = sum / r[i * order + i];
    }
    for (size_t i = 0; i < k && good; i++)
        right[i] = r[i * order + k] - right[i];
    memset(polished, 0, p->n * sizeof *polished);
    if (good)
        tsqr_solve(k, r, order, right, 1, solution);
    for (size_t i = 0; i < k && good; i++) {
        polished[active[i]] = solution[i];
        good = solution[i] != 0 && (solution[i] > 0) == (x[active[i]] > 0);
    }
    free(active);
    free(r);
    free(stack);
    free(right);
    free(solution);
    return good;
}

/* How far the sum may be above the minimum: s = share * residual with |a_j's| <= lambda_j is a dual solution of value
 * (|b|^2 - |b - s|^2) / 2. */
static double find_gap(const struct lasso_problem *p, const double *x)
{
    double share = 1, primal = dense_dot(p->rows, p->residual, p->residual) / 2, dual = 0;
    for (size_t j = 0; j < p->n; j++) {
        double gradient = fabs(dense_dot(p->rows, p->a + j * p->rows, p->residual));
        share = gradient > p->lambda[j] ? fmin(share, p->lambda[j] / gradient) : share;
        primal += p->lambda[j] * fabs(x[j]);
    }
    for (size_t i = 0; i < p->rows; i++)
        dual += share * p->residual[i] * (p->b[i] - share * p->residual[i] / 2);
    return primal - dual;
}

static bool descend(struct lasso_problem *p, double enough, double *x)
{
    enum { SWEEPS = 100000 };
    double *polished = mem_alloc(p->n, sizeof *polished);
    bool done = false, tried = false;
    approach(p, x);
    for (int i = 0; i < SWEEPS && !done; i++) {
        if (sweep(p, x).of_signs || (!tried && admit(p, 1) > 0)) {
            tried = false;
            continue;
        }
        if (!tried && polish(p, x, polished)) {
            compute_residual(p, polished, p->residual);
            done = breach(p, polished) <= tolerance;
            if (done)
                memcpy(x, polished, p->n * sizeof *x);
        }
        if (!done && (!tried || i % 16 == 0)) {
            compute_residual(p, x, p->residual);
            done = breach(p, x) <= tolerance;
            admit(p, 1);
        }
        tried = true;
    }
    free(polished);
    compute_residual(p, x, p->residual);
    return done || find_gap(p, x) <= enough;
}

static struct lasso_problem lasso_problem_new(size_t rows, size_t n, const double *a, const double *b,
                                              const double *lambda, const double *x)
{
    struct lasso_problem p = {.rows = rows,
                              .n = n,
                              .a = a,
                              .b = b,
                              .lambda = lambda,
                              .norm2 = mem_alloc(n, sizeof(double)),
                              .residual = mem_alloc(rows, sizeof(double)),
                              .size = sqrt(dense_dot(rows, b, b)),
                              .strength = 1,
                              .active = mem_alloc(n, sizeof(size_t)),
                              .is_active = mem_zero(n, sizeof(bool))};
    for (size_t j = 0; j < n; j++) {
        p.norm2[j] = dense_dot(rows, a + j * rows, a + j * rows);
        p.is_active[j] = x[j] != 0 && p.norm2[j] > 0;
        if (p.is_active[j])
            p.active[p.n_active++] = j;
    }
    compute_residual(&p, x, p.residual);
    return p;
}

static void lasso_problem_release(struct lasso_problem *p)
{
    free(p->norm2);
    free(p->residual);
    free(p->active);
    free(p->is_active);
}

bool lasso_solve(size_t rows, size_t n, const double *a, const double *b, const double *lambda, double enough,
                 double *x)
{
    if (dense_norm_max(rows, b) == 0) {
        memset(x, 0, n * sizeof *x);
        return true;
    }
    struct lasso_problem p = lasso_problem_new(rows, n, a, b, lambda, x);
    bool done = descend(&p, enough, x);
    lasso_problem_release(&p);
    return done;
}
