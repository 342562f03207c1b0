#include "fit/leastsq.h"

#include "base/mem.h"
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
};

struct part {
    struct factor factor;
    double *rows; /* columns one behind the other, without rows that are left out */
    size_t rows_capacity;
};

struct run {
    const struct leastsq_options *options;
    size_t order;
    struct factor total;
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
static enum status check_row(const struct leastsq_options *o, const struct block *b, size_t row, size_t slots, bool *skip,
                             struct err *err)
{
    *skip = false;
    for (size_t s = 0; s < slots; s++) {
        double x = b->numbers[s * b->column_step + row];
        if (isfinite(x))
            continue;
        if (isinf(x))
            return block_number_error(b, row, s, err, "the value is infinite");
        if (!o->skip_missing)
            return block_number_error(b, row, s, err, "the value is missing; --missing skip leaves such rows out");
        *skip = true;
    }
    if (o->weighted && b->numbers[(slots - 1) * b->column_step + row] < 0)
        return block_number_error(b, row, slots - 1, err, "the weight is negative");
    return STATUS_OK;
}

/* Moves the kept rows of the block together, as columns [1, features, targets] of `kept` rows; weights go to column 0. */
static enum status gather(const struct run *run, struct part *p, const struct block *b, size_t *kept, struct err *err)
{
    const struct leastsq_options *o = run->options;
    size_t order = run->order, slots = order - 1 + o->weighted, count = 0;
    p->rows = mem_grow(p->rows, &p->rows_capacity, order * b->rows, sizeof *p->rows);
    for (size_t row = 0; row < b->rows; row++) {
        bool skip;
        enum status status = check_row(o, b, row, slots, &skip, err);
        if (status != STATUS_OK)
            return status;
        p->factor.skipped += skip;
        if (skip)
            continue;
        p->rows[count] = o->weighted ? b->numbers[(slots - 1) * b->column_step + row] : 1;
        for (size_t s = 0; s + 1 < order; s++)
            p->rows[(s + 1) * b->rows + count] = b->numbers[s * b->column_step + row];
        count++;
    }
    *kept = count;
    return STATUS_OK;
}

static double mean_of(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i] / (double)n;
    return sum;
}

static enum status map_block(void *context, void *state, struct block *b, struct err *err)
{
    const struct run *run = context;
    struct part *p = state;
    size_t order = run->order, n;
    if (p->factor.r == NULL)
        factor_init(&p->factor, order);
    memset(p->factor.r, 0, order * order * sizeof *p->factor.r);
    p->factor.skipped = 0;
    enum status status = gather(run, p, b, &n, err);
    if (status != STATUS_OK)
        return status;
    p->factor.rows = n;
    p->factor.weight = 0;
    double *ones = p->rows;
    for (size_t i = 0; i < n; i++) {
        p->factor.weight += ones[i];
        ones[i] = sqrt(ones[i]);
    }
    for (size_t j = 1; j < order; j++) {
        double *x = p->rows + j * b->rows;
        double shift = p->factor.shift[j] = mean_of(x, n);
        for (size_t i = 0; i < n; i++)
            x[i] = (x[i] - shift) * ones[i];
    }
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
        memcpy(total->shift, part->shift, run->order * sizeof *total->shift);
    change_shift(part, total->shift, run->order);
    tsqr_merge(run->order, total->r, part->r);
    total->rows += part->rows;
    total->weight += part->weight;
    return STATUS_OK;
}

static void part_release(void *state)
{
    struct part *p = state;
    factor_free(&p->factor);
    free(p->rows);
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

/* The terms that can be told apart, each of which is kept if what the terms before it leave of it is more than rounding. */
struct terms {
    size_t *columns; /* of the factor: kept terms, then the targets */
    size_t kept, n;
    double *r; /* n x n: their factor */
};

static bool is_negligible(const double *r, size_t n, size_t j, double shift, double weight)
{
    double norm = 0;
    for (size_t i = 1; i <= j; i++)
        norm = hypot(norm, r[i * n + j]);
    double rounding = 16 * 2.220446049250313e-16 * (double)n;
    return fabs(r[j * n + j]) <= rounding * norm || norm <= 4 * 2.220446049250313e-16 * fabs(shift) * sqrt(weight);
}

static void drop(struct terms *t, size_t j)
{
    memmove(&t->columns[j], &t->columns[j + 1], (t->n - j - 1) * sizeof *t->columns);
    t->n--;
    t->kept--;
}

static void choose_terms(struct terms *t, const struct factor *f, size_t order, size_t width)
{
    t->columns = mem_alloc(order, sizeof *t->columns);
    for (size_t j = 0; j < order; j++)
        t->columns[j] = j;
    t->n = order;
    t->kept = width;
    t->r = refactor(f->r, order, t->columns, t->n);
    for (size_t j = 1; j < t->kept;) {
        if (!is_negligible(t->r, t->n, j, f->shift[t->columns[j]], f->weight)) {
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
    for (size_t j = 0; j < order; j++) {
        double norm = 0;
        for (size_t i = 1; i <= j; i++)
            norm = hypot(norm, f->r[i * order + j]);
        size[j] = o->standardize ? norm / sqrt(f->weight) : 1;
    }
    return size;
}

/* Adds a row sqrt(weight lambda) to the factor for each slope: the penalty as observations of 0. */
static void penalise(struct factor *f, const struct leastsq_options *o, size_t order, const double *size)
{
    double *row = mem_alloc(order, sizeof *row);
    for (size_t j = 1; j <= o->n_features; j++) {
        memset(row, 0, order * sizeof *row);
        row[j] = sqrt(f->weight * o->l2) * size[j];
        tsqr_fold(order, f->r, 1, row, 1);
    }
    free(row);
}

/* intercept = target's shift + intercept of the shifted columns - slopes' shifts, without losing digits to cancellation. */
static double unshift_intercept(const struct factor *f, const struct terms *t, const double *theta, size_t target)
{
    struct dd sum = dd_two_sum(f->shift[target], theta[0]);
    for (size_t k = 1; k < t->kept; k++)
        sum = dd_subtract(sum, dd_two_product(theta[k], f->shift[t->columns[k]]));
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

static void fit_target(struct leastsq *fit, const struct leastsq_options *o, const struct factor *f, const struct terms *t,
                       const double *size, size_t which)
{
    struct leastsq_target *target = &fit->target[which];
    size_t column = t->kept + which, original = 1 + fit->n_features + which;
    double *theta = mem_alloc(t->kept, sizeof *theta);
    tsqr_solve(t->kept, t->r, t->n, t->r + column, t->n, theta);
    double slopes = 0, left = 0;
    for (size_t k = 1; k < t->kept; k++) {
        target->coefficients[t->columns[k]] = theta[k];
        slopes += square(theta[k] * size[t->columns[k]]);
    }
    target->coefficients[0] = unshift_intercept(f, t, theta, original);
    for (size_t i = t->kept; i < t->n; i++)
        left += square(t->r[i * t->n + column]);
    target->objective = left / (2 * fit->weight);
    target->rss = fmax(0, left - fit->weight * o->l2 * slopes);
    target->loglik = -0.5 * fit->weight * (log_two_pi + log(target->rss / fit->weight) + 1);
    double variance = o->l2 > 0 || fit->freedom <= 0 ? NAN : target->rss / fit->freedom;
    for (size_t c = 0; c < fit->width; c++)
        target->standard_errors[c] = NAN;
    for (size_t k = 0; k < t->kept; k++) {
        size_t c = t->columns[k];
        target->standard_errors[c] = sqrt(variance * fit->covariance[c * fit->width + c]);
    }
    free(theta);
}

static struct leastsq *leastsq_new(const struct run *run)
{
    const struct leastsq_options *o = run->options;
    struct leastsq *fit = mem_zero(1, sizeof *fit);
    fit->n_features = o->n_features;
    fit->n_targets = o->n_targets;
    fit->width = 1 + o->n_features;
    fit->rows = run->total.rows;
    fit->skipped = run->total.skipped;
    fit->weight = run->total.weight;
    fit->aliased = mem_zero(o->n_features, sizeof *fit->aliased);
    fit->target = mem_zero(o->n_targets, sizeof *fit->target);
    fit->covariance = mem_zero(fit->width * fit->width, sizeof *fit->covariance);
    for (size_t t = 0; t < o->n_targets; t++) {
        fit->target[t].coefficients = mem_zero(fit->width, sizeof(double));
        fit->target[t].standard_errors = mem_zero(fit->width, sizeof(double));
        for (size_t i = 1; i < run->order; i++)
            fit->target[t].tss += square(run->total.r[i * run->order + fit->width + t]);
    }
    return fit;
}

static struct leastsq *solve(struct run *run)
{
    const struct leastsq_options *o = run->options;
    struct factor *f = &run->total;
    struct leastsq *fit = leastsq_new(run);
    double *size = penalty_sizes(f, o, run->order);
    if (o->l2 > 0)
        penalise(f, o, run->order, size);
    struct terms terms;
    choose_terms(&terms, f, run->order, fit->width);
    fit->rank = terms.kept;
    fit->freedom = fit->weight - (double)fit->rank;
    for (size_t j = 0; j < fit->n_features; j++)
        fit->aliased[j] = true;
    for (size_t k = 1; k < terms.kept; k++)
        fit->aliased[terms.columns[k] - 1] = false;
    fill_covariance(fit, f, &terms);
    for (size_t t = 0; t < fit->n_targets; t++)
        fit_target(fit, o, f, &terms, size, t);
    free(terms.columns);
    free(terms.r);
    free(size);
    return fit;
}

enum status leastsq_fit(struct leastsq **fit, struct table *table, const struct leastsq_options *o, struct err *err)
{
    for (size_t j = 0; j < o->n_features; j++)
        table_want_number(table, o->features[j]);
    for (size_t t = 0; t < o->n_targets; t++)
        table_want_number(table, o->targets[t]);
    if (o->weighted)
        table_want_number(table, o->weight);
    struct run run = {.options = o, .order = 1 + o->n_features + o->n_targets};
    factor_init(&run.total, run.order);
    struct fold fold = {sizeof(struct part), map_block, reduce_block, part_release};
    enum status status = table_fold(table, &fold, &run, o->threads, err);
    if (status == STATUS_OK && run.total.rows == 0) {
        err_data(err, run.total.skipped > 0 ? "every row has a missing value" : "there are no rows");
        status = err_at(err, table_file(table), 0);
    }
    if (status == STATUS_OK && run.total.weight == 0) {
        err_data(err, "the weights sum to 0");
        status = err_at(err, table_file(table), 0);
    }
    if (status == STATUS_OK)
        *fit = solve(&run);
    factor_free(&run.total);
    return status;
}

void leastsq_free(struct leastsq *fit)
{
    if (fit == NULL)
        return;
    for (size_t t = 0; t < fit->n_targets; t++) {
        free(fit->target[t].coefficients);
        free(fit->target[t].standard_errors);
    }
    free(fit->target);
    free(fit->aliased);
    free(fit->covariance);
    free(fit);
}
