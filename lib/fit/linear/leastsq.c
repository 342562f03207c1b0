/* Least squares in one pass: rows are folded into a triangular factor, whatever their number. The estimates that
 * follow from it are in leastsq_solve.c.
 *
 *  1. leastsq_fit asks the table for columns [features, targets, weight, offset], and sees how many threads may have
 *     a factor of their own within the memory that is allowed (choose_threads).
 *  2. Per block, in any thread (leastsq_map): gather moves the rows that lack nothing together; columns are shifted
 *     by their mean in the block and rows multiplied by the root of their weight; categories become columns of 0 and
 *     1 (leastsq_levels.c); tsqr_fold makes the block's factor R of [1, features, targets] by Householder
 *     reflections.
 *  3. In the order of the blocks (leastsq_reduce): change_shift moves the block's factor to the common shift, that of
 *     the first block, which costs one multiple of the column of ones; tsqr_merge folds it into the total. The bits
 *     do not depend on the number of threads. Blocks with fewer rows than columns have no factor of their own: their
 *     rows wait in a stack (stack_add), which is folded into the total when it is full.
 *  4. Rows of small tables are kept for refinement (leastsq_refine.c). scale_weights, order_levels and check_sums
 *     finish the total; leastsq_solve takes the fit from it.
 *
 * R'R = X'X is never formed: QR keeps twice the digits (A. Bjorck, Numerical Methods for Least Squares Problems,
 * 1996, sections 2.3 and 2.4; J. Demmel, L. Grigori, M. Hoemmen and J. Langou, SIAM J. Sci. Comput. 34 (2012), A206,
 * for the merging).
 * Memory: (1 + features + targets)^2 numbers per thread, a block of rows each, at most 1 MB of kept rows; 512 rows of a
 * wide table. */

#include "fit/linear/leastsq_state.h"

#include "base/mem.h"
#include "fit/summary/freedom.h"
#include "math/alias.h"
#include "math/dense.h"
#include "math/tsqr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct leastsq_part {
    struct leastsq_factor factor;
    size_t r_capacity; /* of the factor's r */
    double *rows;      /* columns one behind the other, without rows that are left out */
    size_t rows_capacity;
    size_t ld;      /* between the columns of rows */
    bool is_folded; /* the rows are in the factor; else they go to the stack */
    double *raw;    /* the rows as they were read, for refinement */
    size_t raw_capacity;
    struct levels_part levels;
};

static void factor_init(struct leastsq_factor *f, size_t order)
{
    f->r = mem_zero(order * order, sizeof *f->r);
    f->shift = mem_zero(order, sizeof *f->shift);
}

static void factor_free(struct leastsq_factor *f)
{
    free(f->r);
    free(f->shift);
}

/* ---- one block ---- */

/* Moves the complete rows of the block together, as columns [1, features, targets - offset] of `kept` rows; weights go
 * to column 0. */
static enum status gather(const struct leastsq_run *run, struct leastsq_part *p, const struct block *b, size_t *kept,
                          struct err *err)
{
    const struct leastsq_options *o = run->options;
    const struct roles_slots *slots = &run->slots;
    size_t order = run->base, first_target = 1 + o->roles.n_features, count = 0;
    levels_start(&run->levels.of, &p->levels, b->rows);
    p->rows = mem_grow(p->rows, &p->rows_capacity, order * b->rows, sizeof *p->rows);
    for (size_t row = 0; row < b->rows; row++) {
        bool skip;
        enum status status = row_check(&run->slots.check, b, row, &skip, err);
        if (status != STATUS_OK)
            return status;
        p->factor.skipped += skip;
        if (skip)
            continue;
        double offset = o->roles.has_offset ? b->numbers[slots->offset * b->column_step + row] : 0;
        p->rows[count] = o->roles.weighted ? b->numbers[slots->weight * b->column_step + row] : 1;
        for (size_t c = 1; c < first_target; c++)
            p->rows[c * b->rows + count] = b->numbers[(c - 1) * b->column_step + row];
        for (size_t t = 0; t < o->roles.n_targets; t++)
            p->rows[(first_target + t) * b->rows + count] =
                b->numbers[(slots->target + t) * b->column_step + row] - offset;
        levels_add(&run->levels.of, &p->levels, b, row, count);
        count++;
    }
    *kept = count;
    return STATUS_OK;
}

/* A number near the mean; exactly the constant of a constant column, so that deviations from it are 0. Four sums, so
 * that additions overlap. */
static double mean_of(const double *x, size_t n)
{
    double sum[4] = {0}, share = 1 / (double)n;
    size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (size_t k = 0; k < 4; k++)
            sum[k] += (x[i + k] - x[0]) * share;
    for (; i < n; i++)
        sum[0] += (x[i] - x[0]) * share;
    return n > 0 ? x[0] + ((sum[0] + sum[1]) + (sum[2] + sum[3])) : 0;
}

static void keep_raw(struct leastsq_part *p, size_t columns, size_t n, size_t ld)
{
    p->raw = mem_grow(p->raw, &p->raw_capacity, columns * n, sizeof *p->raw);
    for (size_t c = 0; c < columns; c++)
        memcpy(p->raw + c * n, p->rows + c * ld, n * sizeof *p->raw);
}

static enum status leastsq_map(void *context, void *state, struct block *b, struct err *err)
{
    struct leastsq_run *run = context;
    struct leastsq_part *p = state;
    size_t n;
    if (p->factor.shift == NULL)
        p->factor.shift = mem_zero(run->base, sizeof *p->factor.shift);
    p->factor.skipped = 0;
    enum status status = gather(run, p, b, &n, err);
    if (status != STATUS_OK)
        return status;
    if (!run->rows.lost && n > 0)
        keep_raw(p, run->base, n, b->rows);
    enum { WIDE = 96 };
    size_t order = run->base + leastsq_levels_count(&p->levels);
    p->is_folded = order < WIDE || n >= order || run->levels.of.columns > 0;
    p->rows = mem_grow(p->rows, &p->rows_capacity, order * b->rows, sizeof *p->rows);
    p->ld = b->rows;
    p->factor.rows = n;
    p->factor.weight = 0;
    p->factor.counted = 0;
    p->factor.importances = (struct weighting_sums){0};
    double *ones = p->rows;
    for (size_t i = 0; i < n; i++) {
        p->factor.weight += ones[i];
        p->factor.counted += ones[i] > 0;
        if (run->options->roles.weighting == WEIGHTING_IMPORTANCES)
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
    if (!p->is_folded)
        return STATUS_OK;
    p->factor.r = mem_grow(p->factor.r, &p->r_capacity, order * order, sizeof *p->factor.r);
    memset(p->factor.r, 0, order * order * sizeof *p->factor.r);
    tsqr_fold(order, p->factor.r, n, p->rows, b->rows);
    return STATUS_OK;
}

/* ---- all blocks ---- */

/* Changes the shift of the columns: the difference is a multiple of the column of ones, whose only entry in the factor
 * is the first. */
static void change_shift(struct leastsq_factor *f, const double *shift, size_t order)
{
    for (size_t j = 1; j < order; j++) {
        f->r[j] += (f->shift[j] - shift[j]) * f->r[0];
        f->shift[j] = shift[j];
    }
}

static void stack_fold(struct leastsq_run *run)
{
    tsqr_fold(run->order, run->total.r, run->stack.n, run->stack.rows, LEASTSQ_STACK);
    run->stack.n = 0;
}

/* Moves the part's rows to the stack, with the shift of the total. */
static void stack_add(struct leastsq_run *run, const struct leastsq_part *p)
{
    struct leastsq_stack *s = &run->stack;
    if (s->rows == NULL)
        s->rows = mem_alloc(run->order, LEASTSQ_STACK * sizeof *s->rows);
    for (size_t first = 0, some; first < p->factor.rows; first += some) {
        some = p->factor.rows - first < LEASTSQ_STACK - s->n ? p->factor.rows - first : LEASTSQ_STACK - s->n;
        const double *ones = p->rows + first;
        for (size_t j = 0; j < run->order; j++) {
            double *to = s->rows + j * LEASTSQ_STACK + s->n;
            memcpy(to, ones + j * p->ld, some * sizeof *to);
            dense_add(some, p->factor.shift[j] - run->total.shift[j], ones, to);
        }
        s->n += some;
        if (s->n == LEASTSQ_STACK)
            stack_fold(run);
    }
}

static enum status leastsq_reduce(void *context, void *state, struct block *b, struct err *err)
{
    struct leastsq_run *run = context;
    struct leastsq_part *p = state;
    struct leastsq_factor *total = &run->total, *part = &p->factor;
    (void)b;
    (void)err;
    total->skipped += part->skipped;
    if (part->rows == 0)
        return STATUS_OK;
    if (total->rows == 0)
        memcpy(total->shift, part->shift, run->base * sizeof *total->shift);
    if (p->is_folded)
        change_shift(part, total->shift, run->base);
    if (!p->is_folded)
        stack_add(run, p);
    else if (run->levels.of.columns > 0)
        leastsq_levels_fold(&run->levels, &p->levels, part->r, run->base, &total->r, &run->order);
    else
        tsqr_merge(run->order, total->r, part->r);
    leastsq_rows_add(&run->rows, part->rows, p->raw);
    total->rows += part->rows;
    total->counted += part->counted;
    total->weight += part->weight;
    total->importances = weighting_merge(total->importances, part->importances);
    return STATUS_OK;
}

static void leastsq_part_release(void *state)
{
    struct leastsq_part *p = state;
    factor_free(&p->factor);
    free(p->rows);
    free(p->raw);
    levels_release(&p->levels);
}

/* Scales importances, all of which are known by now. */
static void scale_weights(struct leastsq_run *run)
{
    struct leastsq_factor *f = &run->total;
    double factor = weighting_factor(run->options->roles.weighting, &f->importances, f->weight), root = sqrt(factor);
    run->rows.scale = factor;
    if (factor == 1)
        return;
    for (size_t i = 0; i < run->order * run->order; i++)
        f->r[i] *= root;
    f->weight = (double)f->importances.positive;
    f->importances.log_sum += f->weight * log(factor);
}

/* Moves the features of categories before the targets. The options count them from now on. */
static enum status order_levels(struct leastsq_run *run, struct leastsq_options *o, struct leastsq *fit,
                                const struct table *table, struct err *err)
{
    struct leastsq_factor *f = &run->total, ordered = *f;
    size_t n, *columns = mem_alloc(run->order, sizeof *columns);
    enum status status = leastsq_levels_order(&run->levels, o, table, fit, columns, &n, err);
    if (status == STATUS_OK && o->roles.n_categories > 0) {
        ordered.r = alias_refactor(f->r, run->order, columns, n);
        ordered.shift = mem_alloc(n, sizeof *ordered.shift);
        for (size_t i = 0; i < n; i++)
            ordered.shift[i] = columns[i] < run->base ? f->shift[columns[i]] : 0;
        factor_free(f);
        *f = ordered;
        run->order = n;
    }
    o->roles.n_features = fit->n_features;
    free(columns);
    return status;
}

/* ---- what cannot be fitted ---- */

static enum status check_rows(const struct leastsq_run *run, struct err *err)
{
    if (run->total.rows == 0)
        return err_data(err, run->total.skipped > 0 ? "every row has a missing value" : "there are no rows");
    return STATUS_OK;
}

static enum status check_sums(const struct leastsq_run *run, const struct table *table, struct err *err)
{
    const struct leastsq_options *o = run->options;
    const struct leastsq_factor *f = &run->total;
    size_t terms = !o->no_intercept;
    double rows = o->roles.weighting == WEIGHTING_FREQUENCIES ? f->weight : (double)f->counted;
    char echo[ERR_ECHO];
    if (f->weight == 0)
        return err_data(err, "the weights sum to 0");
    for (size_t i = 0; i < run->order * run->order; i++)
        if (!isfinite(f->r[i]) || fabs(f->r[i]) > 1e150)
            return err_data(err, "the numbers are too large: their squares overflow");
    for (size_t t = 0; t < o->roles.n_targets; t++) {
        size_t column = 1 + o->roles.n_features + t;
        if (leastsq_is_constant(f, run->order, !o->no_intercept, column))
            return err_data(err, "the target '%s' is constant",
                            err_echo(echo, slice_of(table_name(table, o->roles.targets[t]))));
    }
    if (o->l1 > 0 || o->l2 > 0 || o->prior_sd > 0)
        return STATUS_OK;
    for (size_t j = 1; j <= o->roles.n_features; j++)
        terms += !leastsq_is_constant(f, run->order, !o->no_intercept, j);
    return freedom_check(rows, terms, "", ERR_FEW_ROWS, err);
}

/* The number of threads that can have a factor of their own, beside that of all rows and one to work on. */
static enum status choose_threads(const struct leastsq_options *o, const struct table *table, size_t *threads,
                                  struct err *err)
{
    double order = 1 + (double)(o->roles.n_features + o->roles.n_targets), size = order * order * sizeof(double);
    *threads = o->threads > 0 ? o->threads : 1;
    while (*threads > 1 && o->memory > 0 && size * (double)(*threads + 2) > (double)o->memory)
        --*threads;
    if (o->memory == 0 || 3 * size <= (double)o->memory)
        return STATUS_OK;
    err_data(err, "%zu columns need about %.0f GB of memory, which grows with their square, but %.0f GB are allowed",
             o->roles.n_features, 3e-9 * size, 1e-9 * (double)o->memory);
    err_because(err, ERR_MANY_COLUMNS, NULL);
    return err_at(err, table_file(table), 0);
}

enum status leastsq_fit(struct leastsq **fit, struct table *table, const struct leastsq_options *o, struct err *err)
{
    size_t threads;
    if (choose_threads(o, table, &threads, err) != STATUS_OK)
        return err->status;
    struct leastsq_options options = *o;
    struct leastsq *made = mem_zero(1, sizeof *made);
    struct leastsq_run run = {.options = &options, .base = 1 + o->roles.n_features + o->roles.n_targets};
    run.order = run.base;
    run.rows =
        (struct leastsq_rows){.columns = run.base, .lost = o->roles.n_categories > 0 || o->l1 > 0 || o->prior_sd > 0};
    factor_init(&run.total, run.order);
    run.slots = roles_want(&o->roles, table, false);
    leastsq_levels_init(&run.levels, table, o->roles.n_categories, o->roles.categories);
    struct table_fold fold = {sizeof(struct leastsq_part), leastsq_map, leastsq_reduce, leastsq_part_release};
    enum status status = table_fold(table, &fold, &run, threads, err);
    if (run.stack.n > 0)
        stack_fold(&run);
    free(run.stack.rows);
    scale_weights(&run);
    if (status == STATUS_OK &&
        (check_rows(&run, err) != STATUS_OK || order_levels(&run, &options, made, table, err) != STATUS_OK ||
         check_sums(&run, table, err) != STATUS_OK))
        status = err_at(err, table_file(table), 0);
    leastsq_levels_free(&run.levels);
    if (status == STATUS_OK) {
        leastsq_solve(made, &run);
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
    relations_free(&fit->relations);
    free(fit->covariance);
    free(fit->factor);
    free(fit->factor_low);
    free(fit->center);
    free(fit);
}
