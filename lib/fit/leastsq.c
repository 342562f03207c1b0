#include "fit/leastsq.h"

#include "base/mem.h"
#include "fit/lasso.h"
#include "fit/leastsq_levels.h"
#include "fit/leastsq_refine.h"
#include "math/dd.h"
#include "math/tsqr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double log_two_pi = 1.83787706640934548356;

/* The state of a sum over rows: order 1 + features + targets. */
struct factor {
    double *r;     /* order x order, upper triangle, of the shifted columns */
    double *shift; /* order; [0] is 0: the column of ones stays */
    size_t rows, skipped;
    double weight;
    struct weighting_sums importances;
};

struct part {
    struct factor factor;
    size_t r_capacity; /* of the factor's r */
    double *rows; /* columns one behind the other, without rows that are left out */
    size_t rows_capacity;
    double *raw; /* the same as they were read, while the run keeps its rows */
    size_t raw_capacity;
    struct levels_part levels;
};

struct run {
    const struct leastsq_options *options;
    size_t base;  /* 1 + features that are numbers + targets */
    size_t order; /* of the total: base and, while rows are read, the levels so far */
    struct factor total;
    struct leastsq_rows rows;
    struct leastsq_levels levels;
};

static void factor_init(struct factor *f, size_t order)
{
    f->r = mem_zero(order * order, sizeof *f->r);
    f->shift = mem_zero(order, sizeof *f->shift);
}

static void factor_free(struct factor *f)
{
    free(f->r);
    free(f->shift);
}

/* ---- one block ---- */

/* Whether the row is to be left out. */
static enum status check_row(const struct run *run, const struct block *b, size_t row, bool *skip, struct err *err)
{
    const struct leastsq_options *o = run->options;
    const char *remedy = o->skip_missing ? NULL : block_leave_out_remedy;
    size_t slots = run->base - 1 + o->weighted + o->has_offset;
    *skip = false;
    enum status status = block_check_numbers(b, row, slots, remedy, skip, err);
    for (size_t t = 0; t < run->levels.of.columns && status == STATUS_OK; t++)
        status = block_check_text(b, row, run->levels.of.slots[t], remedy, skip, err);
    if (status != STATUS_OK)
        return status;
    return o->weighted ? weighting_check(o->weighting, b, row, run->base - 1, err) : STATUS_OK;
}

/* Moves the kept rows of the block together, as columns [1, features, targets - offset] of `kept` rows; weights go to column 0.
 * Slots of the block are features, targets, weight, offset. */
static enum status gather(const struct run *run, struct part *p, const struct block *b, size_t *kept, struct err *err)
{
    const struct leastsq_options *o = run->options;
    size_t order = run->base, weight = order - 1, offset = weight + o->weighted, count = 0;
    levels_start(&run->levels.of, &p->levels, b->rows);
    p->rows = mem_grow(p->rows, &p->rows_capacity, order * b->rows, sizeof *p->rows);
    for (size_t row = 0; row < b->rows; row++) {
        bool skip;
        enum status status = check_row(run, b, row, &skip, err);
        if (status != STATUS_OK)
            return status;
        p->factor.skipped += skip;
        if (skip)
            continue;
        p->rows[count] = o->weighted ? b->numbers[weight * b->column_step + row] : 1;
        for (size_t s = 0; s + 1 < order; s++)
            p->rows[(s + 1) * b->rows + count] = b->numbers[s * b->column_step + row];
        for (size_t s = o->n_features; s + 1 < order && o->has_offset; s++)
            p->rows[(s + 1) * b->rows + count] -= b->numbers[offset * b->column_step + row];
        levels_add(&run->levels.of, &p->levels, b, row, count);
        count++;
    }
    *kept = count;
    return STATUS_OK;
}

/* Of a constant column that constant itself, which makes deviations from it 0. */
static double mean_of(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (x[i] - x[0]) / (double)n;
    return n > 0 ? x[0] + sum : 0;
}

static void keep_raw(struct part *p, size_t columns, size_t n, size_t ld)
{
    p->raw = mem_grow(p->raw, &p->raw_capacity, columns * n, sizeof *p->raw);
    for (size_t c = 0; c < columns; c++)
        memcpy(p->raw + c * n, p->rows + c * ld, n * sizeof *p->raw);
}

static enum status map_block(void *context, void *state, struct block *b, struct err *err)
{
    struct run *run = context;
    struct part *p = state;
    size_t n;
    if (p->factor.shift == NULL)
        p->factor.shift = mem_zero(run->base, sizeof *p->factor.shift);
    p->factor.skipped = 0;
    enum status status = gather(run, p, b, &n, err);
    if (status != STATUS_OK)
        return status;
    if (!run->rows.lost && n > 0)
        keep_raw(p, run->base, n, b->rows);
    size_t order = run->base + leastsq_levels_count(&p->levels);
    p->rows = mem_grow(p->rows, &p->rows_capacity, order * b->rows, sizeof *p->rows);
    p->factor.r = mem_grow(p->factor.r, &p->r_capacity, order * order, sizeof *p->factor.r);
    memset(p->factor.r, 0, order * order * sizeof *p->factor.r);
    p->factor.rows = n;
    p->factor.weight = 0;
    p->factor.importances = (struct weighting_sums){0};
    double *ones = p->rows;
    for (size_t i = 0; i < n; i++) {
        p->factor.weight += ones[i];
        if (run->options->weighting == WEIGHTING_IMPORTANCES)
            weighting_add(&p->factor.importances, ones[i]);
        ones[i] = sqrt(ones[i]);
    }
    for (size_t j = 1; j < run->base; j++) {
        double *x = p->rows + j * b->rows;
        double shift = p->factor.shift[j] = run->options->no_intercept ? 0 : mean_of(x, n);
        for (size_t i = 0; i < n; i++)
            x[i] = (x[i] - shift) * ones[i];
    }
    leastsq_levels_fill(&p->levels, n, ones, b->rows, p->rows + run->base * b->rows);
    tsqr_fold(order, p->factor.r, n, p->rows, b->rows);
    return STATUS_OK;
}

/* ---- all blocks ---- */

/* Columns shifted by `shift` instead of f's own: the difference is a multiple of the column of ones, whose only entry in the
 * factor is the first. */
static void change_shift(struct factor *f, const double *shift, size_t order)
{
    for (size_t j = 1; j < order; j++) {
        f->r[j] += (f->shift[j] - shift[j]) * f->r[0];
        f->shift[j] = shift[j];
    }
}

static enum status reduce_block(void *context, void *state, struct block *b, struct err *err)
{
    struct run *run = context;
    struct part *p = state;
    struct factor *total = &run->total, *part = &p->factor;
    (void)b;
    (void)err;
    total->skipped += part->skipped;
    if (part->rows == 0)
        return STATUS_OK;
    if (total->rows == 0)
        memcpy(total->shift, part->shift, run->base * sizeof *total->shift);
    change_shift(part, total->shift, run->base);
    if (run->levels.of.columns > 0)
        leastsq_levels_fold(&run->levels, &p->levels, part->r, run->base, &total->r, &run->order);
    else
        tsqr_merge(run->order, total->r, part->r);
    leastsq_rows_add(&run->rows, part->rows, p->raw);
    total->rows += part->rows;
    total->weight += part->weight;
    total->importances = weighting_merge(total->importances, part->importances);
    return STATUS_OK;
}

static void part_release(void *state)
{
    struct part *p = state;
    factor_free(&p->factor);
    free(p->rows);
    free(p->raw);
    levels_release(&p->levels);
}

/* Scales importances, now that all are known. */
static void scale_weights(struct run *run)
{
    struct factor *f = &run->total;
    double factor = weighting_factor(run->options->weighting, &f->importances, f->weight), root = sqrt(factor);
    run->rows.scale = factor;
    if (factor == 1)
        return;
    for (size_t i = 0; i < run->order * run->order; i++)
        f->r[i] *= root;
    f->weight = (double)f->importances.positive;
    f->importances.log_sum += f->weight * log(factor);
}

/* ---- from the factor to the estimates ---- */

/* The factor of chosen columns of R: columns[0..n). */
static double *refactor(const double *r, size_t order, const size_t *columns, size_t n)
{
    double *result = mem_zero(n * n, sizeof *result), *a = mem_alloc(order * n, sizeof *a);
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < order; i++)
            a[j * order + i] = r[i * order + columns[j]];
    tsqr_fold(n, result, order, a, order);
    free(a);
    return result;
}

/* Puts the features of categories where they belong: before the targets. The options count them from now on. */
static enum status order_levels(struct run *run, struct leastsq_options *o, struct leastsq *fit, const struct table *table,
                                struct err *err)
{
    struct factor *f = &run->total, ordered = *f;
    size_t n, *columns = mem_alloc(run->order, sizeof *columns);
    enum status status = leastsq_levels_order(&run->levels, o, table, fit, columns, &n, err);
    if (status == STATUS_OK && o->n_categories > 0) {
        ordered.r = refactor(f->r, run->order, columns, n);
        ordered.shift = mem_alloc(n, sizeof *ordered.shift);
        for (size_t i = 0; i < n; i++)
            ordered.shift[i] = columns[i] < run->base ? f->shift[columns[i]] : 0;
        factor_free(f);
        *f = ordered;
        run->order = n;
    }
    o->n_features = fit->n_features;
    free(columns);
    return status;
}

/* The terms that can be told apart, each of which is kept if what the terms before it leave of it is more than rounding. */
struct terms {
    size_t *columns; /* of the factor: kept terms, then the targets */
    size_t kept, n;
    size_t first; /* of the kept terms that is a slope: 0 without an intercept, else 1 */
    double *r;    /* n x n: their factor */
};

static const double epsilon = 2.220446049250313e-16;

/* The norm of column j of an n x n factor: of a column's deviations from its mean where `first` is 1. */
static double column_norm(const double *r, size_t n, size_t first, size_t j)
{
    double norm = 0;
    for (size_t i = first; i <= j; i++)
        norm = hypot(norm, r[i * n + j]);
    return norm;
}

static bool is_combination(const struct terms *t, size_t j)
{
    return fabs(t->r[j * t->n + j]) <= 16 * epsilon * (double)t->n * column_norm(t->r, t->n, t->first, j);
}

/* Whether the column deviates from its mean by no more than the rounding of its numbers. */
static bool is_constant(const struct factor *f, size_t order, size_t first, size_t j)
{
    return column_norm(f->r, order, first, j) <= 4 * epsilon * fabs(f->shift[j]) * sqrt(f->weight);
}

static void drop(struct terms *t, size_t j)
{
    memmove(&t->columns[j], &t->columns[j + 1], (t->n - j - 1) * sizeof *t->columns);
    t->n--;
    t->kept--;
}

/* data: the factor without penalty; f: with l2. An l1 says which combination of columns is best: then none is left out. */
static void choose_terms(struct terms *t, const struct factor *data, const struct factor *f, size_t order, size_t width, double l1)
{
    t->columns = mem_alloc(order, sizeof *t->columns);
    t->n = t->kept = 0;
    for (size_t j = 1 - t->first; j < order; j++) {
        if (j > 0 && j < width && is_constant(data, order, t->first, j))
            continue;
        t->columns[t->n++] = j;
        t->kept += j < width;
    }
    t->r = refactor(f->r, order, t->columns, t->n);
    for (size_t j = t->first; l1 == 0 && j < t->kept;) {
        if (!is_combination(t, j)) {
            j++;
            continue;
        }
        drop(t, j);
        free(t->r);
        t->r = refactor(f->r, order, t->columns, t->n);
    }
}

/* What each slope is multiplied by in the penalty: 1, or its column's standard deviation. */
static double *penalty_sizes(const struct factor *f, const struct leastsq_options *o, size_t order)
{
    double *size = mem_alloc(order, sizeof *size);
    for (size_t j = 0; j < order; j++)
        size[j] = o->standardize ? column_norm(f->r, order, 1, j) / sqrt(f->weight) : 1;
    return size;
}

/* Adds a row sqrt(weight l2) to the factor for each slope: the penalty as observations of 0. */
static void penalise(struct factor *f, double l2, size_t n_features, size_t order, const double *size)
{
    double *row = mem_alloc(order, sizeof *row);
    for (size_t j = 1; j <= n_features; j++) {
        memset(row, 0, order * sizeof *row);
        row[j] = sqrt(f->weight * l2) * size[j];
        tsqr_fold(order, f->r, 1, row, 1);
    }
    free(row);
}

/* intercept = target's shift + intercept of the shifted columns - slopes' shifts, without losing digits to cancellation. */
static double unshift_intercept(const struct factor *f, const struct terms *t, const struct dd *theta, size_t target)
{
    struct dd sum = dd_add(dd_of(f->shift[target]), theta[0]);
    for (size_t k = 1; k < t->kept; k++)
        sum = dd_subtract(sum, dd_multiply(theta[k], dd_of(f->shift[t->columns[k]])));
    return sum.high;
}

static void fill_covariance(struct leastsq *fit, const struct factor *f, const struct terms *t)
{
    size_t k = t->kept, width = fit->width;
    double *inverse = mem_alloc(k * k, sizeof *inverse);
    tsqr_inverse(k, t->r, t->n, inverse);
    /* Row 0 of the map from shifted to original terms is (1, -shifts). */
    for (size_t i = 1; i < k; i++)
        for (size_t c = 0; c < k; c++)
            inverse[c] -= f->shift[t->columns[i]] * inverse[i * k + c];
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++) {
            double sum = 0;
            for (size_t c = 0; c < k; c++)
                sum += inverse[i * k + c] * inverse[j * k + c];
            fit->covariance[t->columns[i] * width + t->columns[j]] = sum;
        }
    }
    free(inverse);
}

static double square(double x)
{
    return x * x;
}

/* At the variance sum_of_squares / weight; that of a row with an importance is divided by it. */
static double gauss_loglik(double sum_of_squares, const struct factor *f)
{
    return -0.5 * f->weight * (log_two_pi + log(sum_of_squares / f->weight) + 1) + 0.5 * f->importances.log_sum;
}

/* What the slopes of a fit are penalised by. */
struct penalty {
    double l1, l2;
    const double *size; /* per column of the factor: what its slope is multiplied by */
};

/* theta: kept. With an l1 the slopes are those of the lasso on the factor's rows below the intercept's. */
static bool find_slopes(const struct terms *t, const struct penalty *penalty, double weight, size_t column, double *theta)
{
    size_t n = t->kept - t->first;
    if (penalty->l1 == 0) {
        tsqr_solve(t->kept, t->r, t->n, t->r + column, t->n, theta);
        return true;
    }
    double *a = mem_alloc(n * n, sizeof *a), *b = mem_alloc(n, sizeof *b), *lambda = mem_alloc(n, sizeof *lambda);
    for (size_t i = 0; i < n; i++) {
        const double *row = t->r + (t->first + i) * t->n;
        for (size_t j = 0; j < n; j++)
            a[j * n + i] = row[t->first + j];
        b[i] = row[column];
        lambda[i] = weight * penalty->l1 * penalty->size[t->columns[t->first + i]];
        theta[t->first + i] = 0;
    }
    bool converged = lasso_solve(n, n, a, b, lambda, theta + t->first);
    if (t->first > 0) {
        theta[0] = t->r[column];
        for (size_t k = 1; k < t->kept; k++)
            theta[0] -= t->r[k] * theta[k];
        theta[0] /= t->r[0];
    }
    free(a);
    free(b);
    free(lambda);
    return converged;
}

/* The sum of squared residuals of any theta, by the factor of the data alone. */
static double sum_of_squares(const struct factor *data, const struct terms *t, size_t order, size_t original, const double *theta)
{
    double sum = 0;
    for (size_t i = 0; i < order; i++) {
        double residual = data->r[i * order + original];
        for (size_t k = 0; k < t->kept; k++)
            residual -= data->r[i * order + t->columns[k]] * theta[k];
        sum += square(residual);
    }
    return sum;
}

/* The steps taken; none without the rows, or where l1 chooses among the slopes. */
static size_t refine(const struct run *run, const struct terms *t, const struct penalty *penalty, size_t target, struct dd *theta,
                     double *rss)
{
    if (run->rows.lost || penalty->l1 > 0)
        return 0;
    const struct factor *f = &run->total;
    double *size = mem_zero(run->order, sizeof *size);
    for (size_t c = 1; c < target; c++)
        size[c] = f->weight * penalty->l2 * square(penalty->size[c]);
    struct leastsq_problem problem = {t->kept, target, t->columns, f->shift, size, t->r, t->n};
    size_t steps = leastsq_refine(&run->rows, &problem, theta, rss);
    free(size);
    return steps;
}

static void fit_target(struct leastsq *fit, const struct run *run, const struct terms *t, const struct penalty *penalty,
                       size_t which)
{
    struct leastsq_target *target = &fit->target[which];
    size_t column = t->kept + which, original = 1 + fit->n_features + which;
    double *theta = mem_alloc(t->kept, sizeof *theta), absolute = 0, squares = 0;
    struct dd *refined = mem_alloc(t->kept, sizeof *refined);
    target->converged = find_slopes(t, penalty, fit->weight, column, theta);
    target->rss = 0;
    for (size_t i = t->kept; i < t->n; i++)
        target->rss += square(t->r[i * t->n + column]);
    if (penalty->l1 > 0 || penalty->l2 > 0)
        target->rss = sum_of_squares(&run->total, t, run->order, original, theta);
    for (size_t k = 0; k < t->kept; k++)
        refined[k] = dd_of(theta[k]);
    target->refinements = refine(run, t, penalty, original, refined, &target->rss);
    memset(target->coefficients, 0, fit->width * sizeof(double));
    for (size_t k = t->first; k < t->kept; k++) {
        double slope = refined[k].high * penalty->size[t->columns[k]];
        target->coefficients[t->columns[k]] = refined[k].high;
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
    for (size_t k = 0; k < t->kept; k++) {
        size_t c = t->columns[k];
        target->standard_errors[c] = sqrt(variance * fit->covariance[c * fit->width + c]);
    }
    free(theta);
    free(refined);
}

static void prepare_results(struct leastsq *fit, const struct run *run)
{
    const struct leastsq_options *o = run->options;
    fit->n_targets = o->n_targets;
    fit->width = 1 + o->n_features;
    fit->rows = run->total.rows;
    fit->skipped = run->total.skipped;
    fit->weight = run->total.weight;
    fit->aliased = mem_zero(o->n_features, sizeof *fit->aliased);
    fit->target = mem_zero(o->n_targets, sizeof *fit->target);
    fit->covariance = mem_zero(fit->width * fit->width, sizeof *fit->covariance);
    for (size_t t = 0; t < o->n_targets; t++) {
        struct leastsq_target *target = &fit->target[t];
        target->coefficients = mem_zero(fit->width, sizeof(double));
        target->standard_errors = mem_zero(fit->width, sizeof(double));
        target->tss = square(column_norm(run->total.r, run->order, !o->no_intercept, fit->width + t));
        target->loglik_null = gauss_loglik(target->tss, &run->total);
    }
}

/* Fits targets [begin, end). */
static void solve(struct leastsq *fit, const struct run *run, const double *size, double l2, size_t begin, size_t end)
{
    const struct leastsq_options *o = run->options;
    size_t order = run->order;
    struct factor f = run->total;
    f.r = mem_alloc(order * order, sizeof *f.r);
    memcpy(f.r, run->total.r, order * order * sizeof *f.r);
    if (l2 > 0)
        penalise(&f, l2, o->n_features, order, size);
    struct terms terms = {.first = !o->no_intercept};
    struct penalty penalty = {o->l1, l2, size};
    choose_terms(&terms, &run->total, &f, order, fit->width, o->l1);
    fit->rank = terms.kept;
    fit->freedom = o->l1 > 0 || l2 > 0 ? (double)NAN : fit->weight - (double)fit->rank;
    for (size_t j = 0; j < fit->n_features; j++)
        fit->aliased[j] = true;
    for (size_t k = terms.first; k < terms.kept; k++)
        fit->aliased[terms.columns[k] - 1] = false;
    if (fit->freedom > 0)
        fill_covariance(fit, &f, &terms);
    for (size_t t = begin; t < end; t++)
        fit_target(fit, run, &terms, &penalty, t);
    free(terms.columns);
    free(terms.r);
    free(f.r);
}

/* Slopes given the variance, and the variance given the slopes, in turns; each turn raises likelihood times prior. */
static void solve_with_prior(struct leastsq *fit, const struct run *run, const double *size, size_t which)
{
    enum { TURNS = 1000 };
    const struct leastsq_target *target = &fit->target[which];
    double sd = run->options->prior_sd, l2 = 0, next = target->tss / square(fit->weight * sd);
    for (int i = 0; i < TURNS && fabs(next - l2) > 4 * epsilon * next; i++) {
        l2 = next;
        solve(fit, run, size, l2, which, which + 1);
        next = target->rss / square(fit->weight * sd);
    }
}

static void solve_all(struct leastsq *fit, const struct run *run)
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

/* ---- what cannot be fitted ---- */

static enum status check_rows(const struct run *run, struct err *err)
{
    if (run->total.rows == 0)
        return err_data(err, run->total.skipped > 0 ? "every row has a missing value" : "there are no rows");
    return STATUS_OK;
}

static enum status check_sums(const struct run *run, const struct table *table, struct err *err)
{
    const struct leastsq_options *o = run->options;
    const struct factor *f = &run->total;
    size_t terms = o->n_features + !o->no_intercept;
    double cases = o->weighting == WEIGHTING_FREQUENCIES ? f->weight : (double)f->rows;
    char echo[ERR_ECHO];
    if (f->weight == 0)
        return err_data(err, "the weights sum to 0");
    for (size_t i = 0; i < run->order * run->order; i++)
        if (!isfinite(f->r[i]) || fabs(f->r[i]) > 1e150)
            return err_data(err, "the numbers are too large: their squares overflow");
    for (size_t t = 0; t < o->n_targets; t++) {
        size_t column = 1 + o->n_features + t;
        if (is_constant(f, run->order, !o->no_intercept, column))
            return err_data(err, "the target '%s' is constant: there is nothing to explain",
                            err_echo(echo, slice_of(table_name(table, o->targets[t]))));
    }
    if (cases < (double)terms && !(o->l1 > 0 || o->l2 > 0 || o->prior_sd > 0))
        return err_data(err, "%.15g row%s cannot determine %zu coefficients; add --l2, or leave columns out with --exclude",
                        cases, cases == 1 ? "" : "s", terms);
    return STATUS_OK;
}

enum status leastsq_fit(struct leastsq **fit, struct table *table, const struct leastsq_options *o, struct err *err)
{
    for (size_t j = 0; j < o->n_features; j++)
        table_want_number(table, o->features[j]);
    for (size_t t = 0; t < o->n_targets; t++)
        table_want_number(table, o->targets[t]);
    if (o->weighted)
        table_want_number(table, o->weight);
    if (o->has_offset)
        table_want_number(table, o->offset);
    struct leastsq_options options = *o;
    struct leastsq *made = mem_zero(1, sizeof *made);
    struct run run = {.options = &options, .base = 1 + o->n_features + o->n_targets};
    run.order = run.base;
    run.rows = (struct leastsq_rows){.columns = run.base, .lost = o->n_categories > 0 || o->l1 > 0 || o->prior_sd > 0};
    factor_init(&run.total, run.order);
    leastsq_levels_want(&run.levels, table, o->n_categories, o->categories);
    struct fold fold = {sizeof(struct part), map_block, reduce_block, part_release};
    enum status status = table_fold(table, &fold, &run, o->threads, err);
    scale_weights(&run);
    if (status == STATUS_OK && (check_rows(&run, err) != STATUS_OK || order_levels(&run, &options, made, table, err) != STATUS_OK ||
                                check_sums(&run, table, err) != STATUS_OK))
        status = err_at(err, table_file(table), 0);
    leastsq_levels_free(&run.levels);
    if (status == STATUS_OK) {
        solve_all(made, &run);
        *fit = made;
    } else {
        leastsq_free(made);
    }
    factor_free(&run.total);
    leastsq_rows_release(&run.rows);
    return status;
}

void leastsq_free(struct leastsq *fit)
{
    if (fit == NULL)
        return;
    for (size_t j = 0; j < fit->n_features; j++)
        free(fit->features[j]);
    for (size_t t = 0; t < fit->n_categories; t++)
        category_release(&fit->category[t]);
    free(fit->features);
    free(fit->category);
    for (size_t t = 0; t < fit->n_targets; t++) {
        free(fit->target[t].coefficients);
        free(fit->target[t].standard_errors);
    }
    free(fit->target);
    free(fit->aliased);
    free(fit->covariance);
    free(fit);
}
