/* Gaussian fits of columns, by groups of rows, in one pass.
 *
 * 1. gauss_map_block sorts the rows of a block by group (assign_groups, sort_rows), gathers the values of each
 *    group and column without gaps, and computes their moments and cross sums (fit_group, moments.c). A column
 *    without groups, weights and cross sums is fitted in place (fit_whole).
 * 2. gauss_reduce_block merges the moments of each group, in the order of the blocks (merge_group).
 *
 * Sums are double-double and blocks have a size that does not depend on the threads: the same bits for any
 * number of threads. Memory: O(groups x columns), with cross sums O(groups x columns^2), and a few arrays per
 * block and thread. */
#include "fit/summary/gauss.h"

#include "base/mem.h"
#include "data/keys/order.h"

#include <math.h>
#include <stdlib.h>

/* The fits of one block, whose groups are numbered by themselves. */
struct gauss_part {
    struct gauss_fit fit;
    uint32_t *group; /* group of each row; DICT_NONE: left out */
    size_t *order;   /* rows by group: those of group g are order[start[g] .. start[g + 1]) */
    size_t *start;
    double *values, *weights; /* of one group, without gaps; with cross sums, the values of all columns */
    size_t group_capacity, order_capacity, start_capacity, values_capacity, weights_capacity;
    size_t moments_capacity, missing_capacity, cross_capacity;
};

struct gauss_run {
    const struct gauss_options *options;
    struct gauss_fit *fit;
    size_t moments_capacity, missing_capacity, cross_capacity;
};

static size_t pairs_of(size_t columns)
{
    return columns * (columns - 1) / 2;
}

/* ---- one block ---- */

/* Numbers the groups of the rows of a block, and leaves out rows without group or, with cross sums, with missing
 * values. */
static void assign_groups(const struct gauss_options *o, struct gauss_part *p, const struct block *b)
{
    p->group = mem_grow(p->group, &p->group_capacity, b->rows, sizeof *p->group);
    p->fit.ungrouped = p->fit.incomplete = 0;
    for (size_t r = 0; r < b->rows; r++) {
        struct slice name = o->by.by_group ? b->texts[0][r] : (struct slice){"", 0};
        p->group[r] = name.p != NULL ? dict_add(p->fit.names, name) : DICT_NONE;
        p->fit.ungrouped += name.p == NULL;
    }
    for (size_t r = 0; o->cross && r < b->rows; r++) {
        bool complete = true;
        for (size_t c = 0; c < o->by.n_columns; c++)
            complete &= !isnan(b->numbers[c * b->column_step + r]);
        p->fit.incomplete += !complete && p->group[r] != DICT_NONE;
        if (!complete)
            p->group[r] = DICT_NONE;
    }
    p->fit.groups = dict_count(p->fit.names);
}

static void sort_rows(struct gauss_part *p, size_t rows)
{
    p->start = mem_grow(p->start, &p->start_capacity, p->fit.groups + 2, sizeof *p->start);
    p->order = mem_grow(p->order, &p->order_capacity, rows, sizeof *p->order);
    order_rows(p->group, rows, p->fit.groups, p->order, p->start);
}

/* Gathers the values of rows order[0..n) that are not missing, and their weights; returns their number. */
static size_t gather(const double *x, const double *w, const size_t *order, size_t n, double *values, double *weights)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        values[count] = x[order[i]];
        if (w != NULL)
            weights[count] = w[order[i]];
        count += isnan(values[count]) ? 0 : 1;
    }
    return count;
}

static void fit_group(const struct gauss_options *o, struct gauss_part *p, const struct block *b, const double *w,
                      size_t g)
{
    const size_t *order = p->order + p->start[g];
    size_t n = p->start[g + 1] - p->start[g], columns = o->by.n_columns;
    struct moments *moments = p->fit.moments + g * columns;
    double *weights = w != NULL ? p->weights : NULL;
    for (size_t c = 0; c < columns; c++) {
        double *values = o->cross ? p->values + c * n : p->values;
        size_t count = gather(b->numbers + c * b->column_step, w, order, n, values, weights);
        moments[c] =
            o->by.importances ? moments_of_importances(values, weights, count) : moments_of(values, weights, count);
        p->fit.missing[g * columns + c] = n - count;
    }
    struct dd *cross = o->cross ? p->fit.cross + g * pairs_of(columns) : NULL;
    for (size_t i = 0; cross != NULL && i < columns; i++)
        for (size_t j = i + 1; j < columns; j++)
            *cross++ = moments_cross(p->values + i * n, p->values + j * n, weights, n, &moments[i], &moments[j]);
}

/* The common case: a whole column, in place unless values are missing. */
static void fit_whole(const struct gauss_options *o, struct gauss_part *p, const struct block *b)
{
    p->fit.groups = 1;
    p->fit.ungrouped = p->fit.incomplete = 0;
    dict_add(p->fit.names, (struct slice){"", 0});
    for (size_t c = 0; c < o->by.n_columns; c++) {
        const double *x = b->numbers + c * b->column_step;
        size_t count = b->rows;
        if (b->missing[c] > 0) {
            p->values = mem_grow(p->values, &p->values_capacity, b->rows, sizeof *p->values);
            count = 0;
            for (size_t r = 0; r < b->rows; r++) {
                p->values[count] = x[r];
                count += isnan(x[r]) ? 0 : 1;
            }
            x = p->values;
        }
        p->fit.moments[c] = moments_of(x, NULL, count);
        p->fit.missing[c] = b->rows - count;
    }
}

static void part_reserve(const struct gauss_options *o, struct gauss_part *p, size_t groups)
{
    size_t n = groups * o->by.n_columns, pairs = o->cross ? groups * pairs_of(o->by.n_columns) : 0;
    p->fit.moments = mem_grow(p->fit.moments, &p->moments_capacity, n, sizeof *p->fit.moments);
    p->fit.missing = mem_grow(p->fit.missing, &p->missing_capacity, n, sizeof *p->fit.missing);
    p->fit.cross = mem_grow(p->fit.cross, &p->cross_capacity, pairs, sizeof *p->fit.cross);
}

/* An error if a value is infinite. The mean shows that, and only then the value is searched. */
static enum status check_finite(const struct gauss_options *o, const struct gauss_part *p, const struct block *b,
                                struct err *err)
{
    bool finite = true;
    for (size_t i = 0; i < p->fit.groups * o->by.n_columns; i++)
        finite &= isfinite(p->fit.moments[i].mean.high) != 0;
    for (size_t r = 0; !finite && r < b->rows; r++)
        for (size_t c = 0; c < o->by.n_columns; c++)
            if (isinf(b->numbers[c * b->column_step + r]))
                return block_number_error(b, r, c, err, "the value is infinite");
    return STATUS_OK;
}

static enum status gauss_map_block(void *context, void *state, struct block *b, struct err *err)
{
    const struct gauss_options *o = ((const struct gauss_run *)context)->options;
    struct gauss_part *p = state;
    if (p->fit.names == NULL)
        p->fit.names = dict_new();
    dict_clear(p->fit.names);
    const double *w = o->by.weighted ? b->numbers + o->by.n_columns * b->column_step : NULL;
    enum status status = w != NULL ? grouping_check_weights(b, w, o->by.n_columns, err) : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    if (!o->by.by_group && !o->cross && !o->by.weighted) {
        part_reserve(o, p, 1);
        fit_whole(o, p, b);
        return check_finite(o, p, b, err);
    }
    assign_groups(o, p, b);
    sort_rows(p, b->rows);
    part_reserve(o, p, p->fit.groups);
    p->values =
        mem_grow(p->values, &p->values_capacity, b->rows * (o->cross ? o->by.n_columns : 1) + 1, sizeof *p->values);
    p->weights = mem_grow(p->weights, &p->weights_capacity, b->rows + 1, sizeof *p->weights);
    for (size_t g = 0; g < p->fit.groups; g++)
        fit_group(o, p, b, w, g);
    return check_finite(o, p, b, err);
}

/* ---- all blocks ---- */

static void add_groups(struct gauss_run *run, size_t groups)
{
    struct gauss_fit *f = run->fit;
    size_t pairs = run->options->cross ? pairs_of(f->columns) : 0, old = f->groups;
    f->moments = mem_grow(f->moments, &run->moments_capacity, groups * f->columns, sizeof *f->moments);
    f->missing = mem_grow(f->missing, &run->missing_capacity, groups * f->columns, sizeof *f->missing);
    f->cross = mem_grow(f->cross, &run->cross_capacity, groups * pairs, sizeof *f->cross);
    for (size_t i = old * f->columns; i < groups * f->columns; i++) {
        f->moments[i] = (struct moments){0};
        f->missing[i] = 0;
    }
    for (size_t i = old * pairs; i < groups * pairs; i++)
        f->cross[i] = dd_of(0);
    f->groups = groups;
}

static void merge_group(struct gauss_fit *f, size_t to, const struct gauss_fit *part, size_t from, bool cross)
{
    size_t columns = f->columns, pairs = cross ? pairs_of(columns) : 0;
    struct moments *a = f->moments + to * columns;
    const struct moments *b = part->moments + from * columns;
    size_t pair = 0;
    for (size_t i = 0; pair < pairs; i++) {
        for (size_t j = i + 1; j < columns; j++, pair++) {
            struct dd *sum = &f->cross[to * pairs + pair];
            *sum = moments_merge_cross(*sum, &a[i], &a[j], part->cross[from * pairs + pair], &b[i], &b[j]);
        }
    }
    for (size_t c = 0; c < columns; c++) {
        a[c] = moments_merge(a[c], b[c]);
        f->missing[to * columns + c] += part->missing[from * columns + c];
    }
}

static enum status gauss_reduce_block(void *context, void *state, struct block *b, struct err *err)
{
    struct gauss_run *run = context;
    const struct gauss_part *p = state;
    (void)b;
    (void)err;
    for (uint32_t g = 0; g < p->fit.groups; g++) {
        uint32_t to = dict_add(run->fit->names, dict_text(p->fit.names, g));
        if (to == run->fit->groups)
            add_groups(run, to + 1);
        merge_group(run->fit, to, &p->fit, g, run->options->cross);
    }
    run->fit->incomplete += p->fit.incomplete;
    run->fit->ungrouped += p->fit.ungrouped;
    return STATUS_OK;
}

static void release_arrays(struct gauss_fit *f)
{
    dict_free(f->names);
    free(f->moments);
    free(f->missing);
    free(f->cross);
    free(f->total);
}

static void gauss_part_release(void *state)
{
    struct gauss_part *p = state;
    release_arrays(&p->fit);
    free(p->group);
    free(p->order);
    free(p->start);
    free(p->values);
    free(p->weights);
}

/* An error if the mean is not finite: differences of finite values overflowed. */
static enum status check_means(const struct gauss_fit *f, const struct table *table, const struct gauss_options *o,
                               struct err *err)
{
    for (size_t i = 0; i < f->groups * f->columns; i++) {
        size_t c = o->by.columns[i % f->columns];
        if (!isfinite(f->moments[i].mean.high)) {
            char echo[ERR_ECHO];
            err_data(err, "column %zu '%s': the differences between its values exceed the range of numbers", c + 1,
                     err_echo(echo, slice_of(table_name(table, c))));
            return err_at(err, table_file(table), 0);
        }
    }
    return STATUS_OK;
}

static enum status check_weights(const struct gauss_fit *f, const struct table *table, const struct grouping *by,
                                 struct err *err)
{
    size_t rows = 0;
    double sum = 0;
    for (size_t i = 0; i < f->groups * f->columns; i++) {
        rows += f->moments[i].n;
        sum += f->moments[i].weight.high;
        if (!isfinite(moments_total(&f->moments[i])))
            return grouping_overflow(by, table, err);
    }
    return by->weighted && rows > 0 && sum == 0 ? grouping_weightless(by, table, err) : STATUS_OK;
}

/* Scales importances (moments_effective_factor) in moments and cross sums. */
static void weigh(struct gauss_fit *f, const struct gauss_options *o)
{
    size_t pairs = o->cross ? pairs_of(f->columns) : 0;
    f->total = mem_alloc(f->groups * f->columns, sizeof *f->total);
    for (size_t i = 0; i < f->groups * f->columns; i++)
        f->total[i] = moments_total(&f->moments[i]);
    if (!o->by.importances)
        return;
    for (size_t g = 0; g < f->groups; g++) { /* rows of cross sums are complete: all columns have the same weights */
        struct dd factor = moments_effective_factor(&f->moments[g * f->columns]);
        for (size_t i = 0; i < pairs && f->total[g * f->columns] > 0; i++)
            f->cross[g * pairs + i] = dd_multiply(f->cross[g * pairs + i], factor);
    }
    for (size_t i = 0; i < f->groups * f->columns; i++)
        if (f->total[i] > 0)
            f->moments[i] = moments_scale(f->moments[i], moments_effective_factor(&f->moments[i]));
}

enum status gauss_fit(struct gauss_fit **fit, struct table *table, const struct gauss_options *o, struct err *err)
{
    for (size_t c = 0; c < o->by.n_columns; c++)
        table_want_number(table, o->by.columns[c]);
    if (o->by.weighted)
        table_want_number(table, o->by.weight);
    if (o->by.by_group)
        table_want_text(table, o->by.group);
    struct gauss_run run = {.options = o, .fit = mem_zero(1, sizeof *run.fit)};
    run.fit->columns = o->by.n_columns;
    run.fit->names = dict_new();
    if (!o->by.by_group) {
        dict_add(run.fit->names, (struct slice){"", 0});
        add_groups(&run, 1);
    }
    struct table_fold fold = {sizeof(struct gauss_part), gauss_map_block, gauss_reduce_block, gauss_part_release};
    enum status status = table_fold(table, &fold, &run, o->threads, err);
    if (status == STATUS_OK)
        status = check_weights(run.fit, table, &o->by, err);
    if (status == STATUS_OK)
        status = check_means(run.fit, table, o, err);
    if (status == STATUS_OK)
        weigh(run.fit, o);
    if (status == STATUS_OK)
        *fit = run.fit;
    else
        gauss_free(run.fit);
    return status;
}

void gauss_free(struct gauss_fit *f)
{
    if (f == NULL)
        return;
    release_arrays(f);
    free(f);
}

struct gauss_pair gauss_pair(const struct gauss_fit *f, size_t group, size_t i, size_t j)
{
    const struct moments *m = &f->moments[group * f->columns];
    size_t before = i * f->columns - i * (i + 1) / 2; /* number of pairs whose first column is before i */
    struct dd sum = i == j ? m[i].m2 : f->cross[group * pairs_of(f->columns) + before + (j - i - 1)];
    struct dd degrees = moments_freedom(m[i].weight);
    double product = m[i].m2.high * m[j].m2.high;
    double scale = product > 1e-290 && product < 1e290 ? sqrt(product) : sqrt(m[i].m2.high) * sqrt(m[j].m2.high);
    struct gauss_pair pair = {NAN, NAN, NAN};
    if (m[i].weight.high > 0)
        pair.covariance = dd_divide(sum, m[i].weight).high;
    if (degrees.high > 0)
        pair.sample_covariance = dd_divide(sum, degrees).high;
    if (scale > 0)
        pair.correlation = i == j ? 1 : fmax(-1, fmin(1, sum.high / scale));
    return pair;
}
