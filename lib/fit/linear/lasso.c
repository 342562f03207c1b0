/* The lasso of a small dense problem; what is minimised and the conditions of optimality are in lasso.h.
 *
 *  1. sweep descends in each coordinate in turn: x_j is the soft threshold of a_j'(residual + a_j x_j) (J. Friedman,
 *     T. Hastie, H. Hofling and R. Tibshirani, Ann. Appl. Stat. 1 (2007), eq. 5).
 *  2. After a sweep in which no coordinate came to 0, left it or changed its sign, polish solves the equations of the
 *     others by QR, their signs taken as given.
 *  3. Done when breach, the largest violation of the conditions, is at most 1e-12; zeros are exact. Else sweep again,
 *     at most 100000 times.
 *
 * On the factor of least squares rows is the number of columns, so that nothing depends on the number of rows of
 * data.
 * Memory: rows + 2 n numbers, and (n + 1) (rows + n) while polishing. One thread. */

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
};

static void compute_residual(const struct lasso_problem *p, const double *x, double *residual)
{
    memcpy(residual, p->b, p->rows * sizeof *residual);
    for (size_t j = 0; j < p->n; j++)
        if (x[j] != 0)
            dense_add(p->rows, -x[j], p->a + j * p->rows, residual);
}

/* The largest violation of the conditions of optimality, in units of |a_j| |b|. */
static double breach(const struct lasso_problem *p, const double *x)
{
    double worst = 0, size = sqrt(dense_dot(p->rows, p->b, p->b));
    for (size_t j = 0; j < p->n; j++) {
        double gradient = dense_dot(p->rows, p->a + j * p->rows, p->residual);
        double off = x[j] != 0 ? fabs(gradient - copysign(p->lambda[j], x[j])) : fmax(0, fabs(gradient) - p->lambda[j]);
        if (p->norm2[j] > 0 && size > 0)
            worst = fmax(worst, off / (sqrt(p->norm2[j]) * size));
    }
    return worst;
}

/* One descent in each coordinate. True: a coordinate came to 0, left it or changed its sign. */
static bool sweep(const struct lasso_problem *p, double *x)
{
    bool changed = false;
    for (size_t j = 0; j < p->n; j++) {
        const double *a = p->a + j * p->rows;
        if (p->norm2[j] == 0)
            continue;
        double target = dense_dot(p->rows, a, p->residual) + p->norm2[j] * x[j];
        double next = copysign(fmax(0, fabs(target) - p->lambda[j]), target) / p->norm2[j];
        changed |= (next > 0) != (x[j] > 0) || (next < 0) != (x[j] < 0);
        if (next != x[j])
            dense_add(p->rows, x[j] - next, a, p->residual);
        x[j] = next == 0 ? 0 : next;
    }
    return changed;
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

static bool descend(struct lasso_problem *p, double *x)
{
    enum { SWEEPS = 100000 };
    double *polished = mem_alloc(p->n, sizeof *polished);
    bool done = false, tried = false;
    for (int i = 0; i < SWEEPS && !done; i++) {
        if (sweep(p, x)) {
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
        }
        tried = true;
    }
    free(polished);
    return done;
}

static struct lasso_problem lasso_problem_new(size_t rows, size_t n, const double *a, const double *b,
                                              const double *lambda, const double *x)
{
    struct lasso_problem p = {rows, n, a, b, lambda, mem_alloc(n, sizeof(double)), mem_alloc(rows, sizeof(double))};
    for (size_t j = 0; j < n; j++)
        p.norm2[j] = dense_dot(rows, a + j * rows, a + j * rows);
    compute_residual(&p, x, p.residual);
    return p;
}

static void lasso_problem_release(struct lasso_problem *p)
{
    free(p->norm2);
    free(p->residual);
}

bool lasso_solve(size_t rows, size_t n, const double *a, const double *b, const double *lambda, double *x)
{
    if (dense_norm_max(rows, b) == 0) {
        memset(x, 0, n * sizeof *x);
        return true;
    }
    struct lasso_problem p = lasso_problem_new(rows, n, a, b, lambda, x);
    bool done = descend(&p, x);
    lasso_problem_release(&p);
    return done;
}
