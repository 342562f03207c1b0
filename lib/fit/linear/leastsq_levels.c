/* Categories of a least squares fit, whose levels are met as rows are read.
 *
 *  1. leastsq_levels_fill makes a column of 0 and 1 (times the root of the weight) for each level of a block, behind
 *     all others.
 *  2. leastsq_levels_fold gives each level that is new to the total a column behind the ones so far (place_columns):
 *     rows before had 0 there, so the total's factor only gets wider. The block's factor, its columns moved to their
 *     places, is folded in.
 *  3. leastsq_levels_order names the levels in order and drops the first of each category, the reference.
 *
 * Memory: a factor of all levels so far, numeric columns and targets, squared; one more while a block is folded in. */

#include "fit/linear/leastsq_levels.h"

#include "base/mem.h"
#include "math/tsqr.h"

#include <stdlib.h>
#include <string.h>

void leastsq_levels_init(struct leastsq_levels *l, const struct table *table, size_t n, const size_t *columns)
{
    levels_init(&l->of, table, n, columns);
    l->place = mem_zero(n, sizeof *l->place);
    l->capacity = mem_zero(n, sizeof *l->capacity);
}

void leastsq_levels_free(struct leastsq_levels *l)
{
    for (size_t t = 0; l->place != NULL && t < l->of.columns; t++)
        free(l->place[t]);
    free(l->place);
    free(l->capacity);
    levels_free(&l->of);
}

size_t leastsq_levels_count(const struct levels_part *p)
{
    size_t count = 0;
    for (size_t t = 0; t < p->columns; t++)
        count += dict_count(p->dict[t]);
    return count;
}

void leastsq_levels_fill(const struct levels_part *p, size_t rows, const double *ones, size_t ld, double *x)
{
    for (size_t t = 0; t < p->columns; x += dict_count(p->dict[t]) * ld, t++) {
        for (size_t level = 0; level < dict_count(p->dict[t]); level++)
            memset(x + level * ld, 0, rows * sizeof *x);
        for (size_t row = 0; row < rows; row++)
            x[p->level[row * p->columns + t] * ld + row] = ones[row];
    }
}

/* The places of the columns of the part's factor in the whole one, which new levels widen. */
static size_t *place_columns(struct leastsq_levels *l, const struct levels_part *p, size_t base, size_t *order)
{
    size_t *columns = mem_alloc(base + leastsq_levels_count(p), sizeof *columns), n = base;
    for (size_t c = 0; c < base; c++)
        columns[c] = c;
    for (size_t t = 0; t < p->columns; t++) {
        size_t known = dict_count(l->of.dict[t]);
        uint32_t *number = levels_merge(&l->of, p, t);
        size_t now = dict_count(l->of.dict[t]);
        l->place[t] = mem_grow(l->place[t], &l->capacity[t], now, sizeof **l->place);
        for (; known < now; known++)
            l->place[t][known] = (*order)++;
        for (size_t i = 0; i < dict_count(p->dict[t]); i++)
            columns[n++] = l->place[t][number[i]];
        free(number);
    }
    return columns;
}

void leastsq_levels_fold(struct leastsq_levels *l, const struct levels_part *p, const double *part_r, size_t base,
                         double **r, size_t *order)
{
    size_t before = *order, rows = base + leastsq_levels_count(p);
    size_t *columns = place_columns(l, p, base, order);
    if (*order > before) {
        double *wider = mem_zero(*order * *order, sizeof *wider);
        for (size_t i = 0; i < before; i++)
            memcpy(wider + i * *order, *r + i * before, before * sizeof *wider);
        free(*r);
        *r = wider;
    }
    double *a = mem_zero(rows * *order, sizeof *a);
    for (size_t c = 0; c < rows; c++)
        for (size_t i = 0; i <= c; i++)
            a[columns[c] * rows + i] = part_r[i * rows + c];
    tsqr_fold(*order, *r, rows, a, rows);
    free(a);
    free(columns);
}

enum status leastsq_levels_order(const struct leastsq_levels *l, const struct leastsq_options *o,
                                 const struct table *table, struct leastsq *fit, size_t *columns, size_t *count,
                                 struct err *err)
{
    size_t n = 1, levels = 0;
    enum status status = STATUS_OK;
    for (size_t t = 0; t < o->roles.n_categories; t++)
        levels += dict_count(l->of.dict[t]);
    fit->features = mem_alloc(o->roles.n_features + levels, sizeof *fit->features);
    fit->category = mem_zero(o->roles.n_categories, sizeof *fit->category);
    for (columns[0] = 0; n <= o->roles.n_features; n++) {
        columns[n] = n;
        fit->features[fit->n_features++] = mem_format("%s", table_name(table, o->roles.features[n - 1]));
    }
    for (size_t t = 0; t < o->roles.n_categories && status == STATUS_OK; t++) {
        struct category *category = &fit->category[fit->n_categories++];
        uint32_t *order = mem_alloc(dict_count(l->of.dict[t]), sizeof *order);
        status = levels_name(&l->of, t, category, order, err);
        for (size_t i = 1; i < category->levels; i++) {
            columns[n++] = l->place[t][order[i]];
            fit->features[fit->n_features++] = mem_format("%s=%s", category->name, category->level[i]);
        }
        free(order);
    }
    for (size_t t = 0; t < o->roles.n_targets; t++)
        columns[n++] = 1 + o->roles.n_features + t;
    *count = n;
    return status;
}
