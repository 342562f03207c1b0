/* From the triangular factor R of [1, features, targets] to the estimates of least squares.
 *
 *  1. penalise adds a row sqrt(weight l2) per slope: a penalty is an observation of 0.
 *  2. choose_terms leaves out constant columns and columns that are combinations of those before, up to the rounding
 *     of the numbers that were read (alias_drop), and makes the factor of the columns that stay.
 *  3. fit_target: coefficients by back substitution or, with an l1, by lasso_solve on the rows of R below the
 *     intercept's (find_slopes); the residual sum of squares is what R has below the terms in the target's column.
 *  4. leastsq_refine improves the coefficients where the rows were kept; unshift_intercept undoes the shift of the
 *     columns.
 *  5. leastsq_errors (leastsq_errors.c) makes the covariance.
 *  6. solve_with_prior, for a Gaussian prior of known sd: slopes given the variance and the variance given the
 *     slopes, in turn, until the penalty stays; each turn raises likelihood times prior.
 *
 * Reference: A. Bjorck, Numerical Methods for Least Squares Problems (1996), sections 2.4 and 2.7 (rank). Memory: 3
 * order^2 numbers; time order^3 for each column that is left out. One thread; independent of the number of rows but
 * for step 4. */

#include "fit/linear/leastsq_state.h"

#include "base/mem.h"
#include "fit/linear/lasso.h"
#include "math/alias.h"
#include "math/dd.h"
#include "math/special.h"
#include "math/tsqr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The penalty on the slopes of a fit. */
struct leastsq_penalty {
    double l1, l2;
    const double *size; /* per column of the factor: the factor of its slope */
};

static bool is_penalised(const struct leastsq_penalty *penalty)
{
    return penalty->l1 > 0 || penalty->l2 > 0;
}

static const double epsilon = 2.220446049250313e-16;

/* The norm of column j of an n x n factor: of a column's deviations from its mean where `first` is 1. */
static double column_norm(const double *r, size_t n, size_t first, size_t j)
{
    double norm = 0;
    for (size_t i = first; i <= j; i++)
        norm = hypot(norm, r[i * n + j]);
    return norm;
}

bool leastsq_is_constant(const struct leastsq_factor *f, size_t order, size_t first, size_t j)
{
    return column_norm(f->r, order, first, j) <= 4 * epsilon * fabs(f->shift[j]) * sqrt(f->weight);
}

/* The norm of each column as it was read; 0 for the intercept's, which is exact. */
static double *column_sizes(const struct leastsq_factor *f, size_t order)
{
    double *size = mem_zero(order, sizeof *size);
    for (size_t j = 1; j < order; j++)
        size[j] = hypot(f->r[j] + f->shift[j] * f->r[0], column_norm(f->r, order, 1, j));
    return size;
}

/* The terms that are independent. data: the factor without penalty; f: with l2, which makes columns independent however
 * they were read. An l1 chooses among combinations of columns itself: only constant columns are left out then. */
static void choose_terms(struct leastsq_terms *t, const struct leastsq_factor *data, const struct leastsq_factor *f,
                         size_t order, size_t width, const struct leastsq_penalty *penalty)
{
    struct alias *a = &t->of;
    a->columns = mem_alloc(order, sizeof *a->columns);
    for (size_t j = 1 - t->first; j < order; j++) {
        if (j > 0 && j < width && leastsq_is_constant(data, order, t->first, j))
            continue;
        a->columns[a->n++] = j;
        a->kept += j < width;
    }
    a->r = alias_refactor(f->r, order, a->columns, a->n);
    if (penalty->l1 > 0)
        return;
    double *size = column_sizes(data, order);
    for (size_t j = 0; penalty->l2 > 0 && j < order; j++)
        size[j] = column_norm(f->r, order, t->first, j);
    alias_drop(a, t->first, size, penalty->l2 > 0 ? a->kept : data->counted);
    free(size);
}

/* The factor of each slope in the penalty: 1, or the sd of its column. */
static double *penalty_sizes(const struct leastsq_factor *f, const struct leastsq_options *o, size_t order)
{
    double *size = mem_alloc(order, sizeof *size);
    for (size_t j = 0; j < order; j++)
        size[j] = o->standardize ? column_norm(f->r, order, 1, j) / sqrt(f->weight) : 1;
    return size;
}

/* Adds a row sqrt(weight l2) to the factor for each slope: the penalty as observations of 0. */
static void penalise(struct leastsq_factor *f, double l2, size_t n_features, size_t order, const double *size)
{
    double *row = mem_alloc(order, sizeof *row);
    for (size_t j = 1; j <= n_features; j++) {
        memset(row, 0, order * sizeof *row);
        row[j] = sqrt(f->weight * l2) * size[j];
        tsqr_fold(order, f->r, 1, row, 1);
    }
    free(row);
}

/* intercept = target's shift + intercept of the shifted columns - slopes' shifts, without losing digits to
 * cancellation. */
static double unshift_intercept(const struct leastsq_factor *f, const struct leastsq_terms *t, const struct dd *theta,
                                size_t target)
{
    struct dd sum = dd_add(dd_of(f->shift[target]), theta[0]);
    for (size_t k = 1; k < t->of.kept; k++)
        sum = dd_subtract(sum, dd_multiply(theta[k], dd_of(f->shift[t->of.columns[k]])));
    return sum.high;
}

static double square(double x)
{
    return x * x;
}

/* At the variance sum_of_squares / weight; that of a row with an importance is divided by it. */
static double gauss_loglik(double sum_of_squares, const struct leastsq_factor *f)
{
    return -0.5 * f->weight * (special_log_two_pi + log(sum_of_squares / f->weight) + 1) + 0.5 * f->importances.log_sum;
}

/* theta: `kept` numbers. With an l1 the slopes are those of the lasso on the factor's rows below the intercept's. */
static bool find_slopes(const struct leastsq_terms *t, const struct leastsq_penalty *penalty, double weight,
                        double tolerance, size_t column, double *theta)
{
    size_t n = t->of.kept - t->first;
    if (penalty->l1 == 0) {
        tsqr_solve(t->of.kept, t->of.r, t->of.n, t->of.r + column, t->of.n, theta);
        return true;
    }
    double *a = mem_alloc(n * n, sizeof *a), *b = mem_alloc(n, sizeof *b), *lambda = mem_alloc(n, sizeof *lambda);
    for (size_t i = 0; i < n; i++) {
        const double *row = t->of.r + (t->first + i) * t->of.n;
        for (size_t j = 0; j < n; j++)
            a[j * n + i] = row[t->first + j];
        b[i] = row[column];
        lambda[i] = weight * penalty->l1 * penalty->size[t->of.columns[t->first + i]];
        theta[t->first + i] = 0;
    }
    double least = 0; /* of the sum of squares, which is weight times the variance that the tolerance is relative to */
    for (size_t i = t->of.kept; i < t->of.n; i++)
        least += square(t->of.r[i * t->of.n + column]);
    bool converged = lasso_solve(n, n, a, b, lambda, square(tolerance) * least / weight / 2, theta + t->first);
    if (t->first > 0) {
        theta[0] = t->of.r[column];
        for (size_t k = 1; k < t->of.kept; k++)
            theta[0] -= t->of.r[k] * theta[k];
        theta[0] /= t->of.r[0];
    }
    free(a);
    free(b);
    free(lambda);
    return converged;
}

/* The sum of squared residuals of any theta, by the factor of the data alone. */
static double sum_of_squares(const struct leastsq_factor *data, const struct leastsq_terms *t, size_t order,
                             size_t original, const double *theta)
{
    double sum = 0;
    for (size_t i = 0; i < order; i++) {
        double residual = data->r[i * order + original];
        for (size_t k = 0; k < t->of.kept; k++)
            residual -= data->r[i * order + t->of.columns[k]] * theta[k];
        sum += square(residual);
    }
    return sum;
}

/* Returns the steps; 0 without the rows, or where an l1 chooses among the slopes. */
static size_t refine(const struct leastsq_run *run, const struct leastsq_terms *t,
                     const struct leastsq_penalty *penalty, size_t target, struct dd *theta, double *rss)
{
    if (run->rows.lost || penalty->l1 > 0)
        return 0;
    const struct leastsq_factor *f = &run->total;
    double *size = mem_zero(run->order, sizeof *size);
    for (size_t c = 1; c < target; c++)
        size[c] = f->weight * penalty->l2 * square(penalty->size[c]);
    struct leastsq_problem problem = {t->of.kept, target, t->of.columns, f->shift, size, t->of.r, t->of.n};
    size_t steps = leastsq_refine(&run->rows, &problem, theta, rss);
    free(size);
    return steps;
}

/* Whether residuals are rounding: there are as many coefficients as rows, or the target is a combination of columns. */
static bool is_exact(const struct leastsq_run *run, const struct leastsq_terms *t, const double *theta, size_t which,
                     double rss)
{
    double *size = column_sizes(&run->total, run->order);
    bool exact = t->of.kept == run->total.counted ||
                 alias_is_exact(&t->of, theta, size, t->of.columns[t->of.kept + which], sqrt(rss));
    free(size);
    return exact;
}

static void fit_target(struct leastsq *fit, const struct leastsq_run *run, const struct leastsq_terms *t,
                       const struct leastsq_penalty *penalty, size_t which)
{
    struct leastsq_target *target = &fit->target[which];
    size_t column = t->of.kept + which, original = 1 + fit->n_features + which;
    double *theta = mem_alloc(t->of.kept, sizeof *theta), absolute = 0, squares = 0;
    struct dd *refined = mem_alloc(t->of.kept, sizeof *refined);
    target->converged = find_slopes(t, penalty, fit->weight, run->options->tolerance, column, theta);
    target->rss = 0;
    for (size_t i = t->of.kept; i < t->of.n; i++)
        target->rss += square(t->of.r[i * t->of.n + column]);
    if (is_penalised(penalty))
        target->rss = sum_of_squares(&run->total, t, run->order, original, theta);
    for (size_t k = 0; k < t->of.kept; k++)
        refined[k] = dd_of(theta[k]);
    target->refinements = refine(run, t, penalty, original, refined, &target->rss);
    if (!is_penalised(penalty) && is_exact(run, t, theta, which, target->rss))
        target->rss = 0;
    memset(target->coefficients, 0, fit->width * sizeof(double));
    for (size_t k = t->first; k < t->of.kept; k++) {
        double slope = refined[k].high * penalty->size[t->of.columns[k]];
        target->coefficients[t->of.columns[k]] = refined[k].high;
        absolute += fabs(slope);
        squares += square(slope);
    }
    if (t->first > 0)
        target->coefficients[0] = unshift_intercept(&run->total, t, refined, original);
    target->l2 = penalty->l2;
    target->objective = target->rss / (2 * fit->weight) + penalty->l1 * absolute + 0.5 * penalty->l2 * squares;
    target->loglik = gauss_loglik(target->rss, &run->total);
    double variance = fit->freedom > 0 ? target->rss / fit->freedom : (double)NAN;
    for (size_t c = 0; c < fit->width; c++)
        target->standard_errors[c] = (double)NAN;
    for (size_t k = 0; k < t->of.kept; k++) {
        size_t c = t->of.columns[k];
        target->standard_errors[c] = sqrt(variance * fit->covariance[c * fit->width + c]);
    }
    free(theta);
    free(refined);
}

static void prepare_results(struct leastsq *fit, const struct leastsq_run *run)
{
    const struct leastsq_options *o = run->options;
    fit->n_targets = o->roles.n_targets;
    fit->width = 1 + o->roles.n_features;
    fit->rows = run->total.rows;
    fit->skipped = run->total.skipped;
    fit->weight = run->total.weight;
    fit->aliased = mem_zero(o->roles.n_features, sizeof *fit->aliased);
    fit->target = mem_zero(o->roles.n_targets, sizeof *fit->target);
    fit->covariance = mem_zero(fit->width * fit->width, sizeof *fit->covariance);
    fit->center = mem_alloc(o->roles.n_features, sizeof *fit->center);
    memcpy(fit->center, run->total.shift + 1, o->roles.n_features * sizeof *fit->center);
    for (size_t t = 0; t < o->roles.n_targets; t++) {
        struct leastsq_target *target = &fit->target[t];
        target->coefficients = mem_zero(fit->width, sizeof(double));
        target->standard_errors = mem_zero(fit->width, sizeof(double));
        target->tss = square(column_norm(run->total.r, run->order, !o->no_intercept, fit->width + t));
        target->loglik_null = gauss_loglik(target->tss, &run->total);
    }
}

static void find_relations(struct leastsq *fit, const struct leastsq_run *run, size_t first)
{
    struct relations_matrix matrix = {
        .d = fit->n_features,
        .aliased = fit->aliased,
        .center = run->total.shift + 1,
        .order = run->order,
        .r = run->total.r,
        .first = first,
    };
    relations_find(&fit->relations, &matrix);
}

/* Fits targets [begin, end). */
static void solve(struct leastsq *fit, const struct leastsq_run *run, const double *size, double l2, size_t begin,
                  size_t end)
{
    const struct leastsq_options *o = run->options;
    size_t order = run->order;
    struct leastsq_factor f = run->total;
    f.r = mem_alloc(order * order, sizeof *f.r);
    memcpy(f.r, run->total.r, order * order * sizeof *f.r);
    if (l2 > 0)
        penalise(&f, l2, o->roles.n_features, order, size);
    struct leastsq_terms terms = {.first = !o->no_intercept};
    struct leastsq_penalty penalty = {o->l1, l2, size};
    choose_terms(&terms, &run->total, &f, order, fit->width, &penalty);
    fit->rank = terms.of.kept;
    fit->freedom = o->l1 > 0 || l2 > 0 ? (double)NAN : fit->weight - (double)fit->rank;
    for (size_t j = 0; j < fit->n_features; j++)
        fit->aliased[j] = true;
    for (size_t k = terms.first; k < terms.of.kept; k++)
        fit->aliased[terms.of.columns[k] - 1] = false;
    if (o->l1 == 0 && l2 == 0)
        find_relations(fit, run, terms.first);
    if (fit->freedom > 0)
        leastsq_errors(fit, run, &terms);
    for (size_t t = begin; t < end; t++)
        fit_target(fit, run, &terms, &penalty, t);
    free(terms.of.columns);
    free(terms.of.r);
    free(terms.of.inverse);
    free(f.r);
}

/* Whether the columns fit the target exactly without a penalty. */
static bool can_fit_exactly(const struct leastsq *fit, const struct leastsq_run *run, size_t which)
{
    struct leastsq_penalty none = {0};
    struct leastsq_terms t = {.first = !run->options->no_intercept};
    choose_terms(&t, &run->total, &run->total, run->order, fit->width, &none);
    double *theta = mem_alloc(t.of.kept, sizeof *theta), rss = 0;
    size_t column = t.of.kept + which;
    tsqr_solve(t.of.kept, t.of.r, t.of.n, t.of.r + column, t.of.n, theta);
    for (size_t i = t.of.kept; i < t.of.n; i++)
        rss += square(t.of.r[i * t.of.n + column]);
    bool exact = is_exact(run, &t, theta, which, rss);
    free(theta);
    free(t.of.columns);
    free(t.of.r);
    free(t.of.inverse);
    return exact;
}

/* Slopes given the variance, and the variance given the slopes, in turns; each turn raises likelihood times prior. */
static void solve_with_prior(struct leastsq *fit, const struct leastsq_run *run, const double *size, size_t which)
{
    enum { TURNS = 1000 };
    static const double steady = 1e-9;
    const struct leastsq_target *target = &fit->target[which];
    double sd = run->options->prior_sd, l2 = 0, next = target->tss / square(fit->weight * sd);
    bool is_steady = false;
    for (int i = 0; i < TURNS && !is_steady; i++) {
        l2 = next;
        solve(fit, run, size, l2, which, which + 1);
        next = target->rss / square(fit->weight * sd);
        is_steady = fabs(next - l2) <= 4 * epsilon * next;
    }
    fit->target[which].converged &= is_steady || fabs(next - l2) <= steady * next;
    fit->target[which].unbounded = can_fit_exactly(fit, run, which);
}

void leastsq_solve(struct leastsq *fit, const struct leastsq_run *run)
{
    const struct leastsq_options *o = run->options;
    prepare_results(fit, run);
    double *size = penalty_sizes(&run->total, o, run->order);
    if (o->prior_sd > 0)
        for (size_t t = 0; t < fit->n_targets; t++)
            solve_with_prior(fit, run, size, t);
    else
        solve(fit, run, size, o->l2, 0, fit->n_targets);
    free(size);
}
