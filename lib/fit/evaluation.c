#include "fit/evaluation.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

struct run {
    const struct evaluator_options *options;
    struct evaluator *evaluator;
    struct evaluation *result;
};

/* One block's sums. */
struct part {
    struct evaluator_rows rows;
    struct evaluation sums;
    double *values, *weights; /* of one group's rows */
    uint32_t *group;          /* of each row */
    size_t *order, *end;      /* the rows group by group, and where each group's end */
    size_t values_capacity, weights_capacity, group_capacity, order_capacity, end_capacity;
    size_t infinite_row, infinite_term;
};

static void reserve_groups(struct evaluation *e, size_t groups)
{
    e->cell = mem_grow(e->cell, &e->capacity, groups * e->terms + 1, sizeof *e->cell);
    for (size_t i = e->groups * e->terms; i < groups * e->terms; i++)
        e->cell[i] = (struct evaluation_cell){0};
    e->groups = groups;
}

/* Sorts the rows by group, each group's in their order, by counting. */
static void group_rows(const struct run *run, struct part *p, const struct block *b)
{
    size_t rows = p->rows.rows;
    if (p->sums.names == NULL)
        p->sums.names = dict_new();
    dict_clear(p->sums.names);
    p->group = mem_grow(p->group, &p->group_capacity, rows + 1, sizeof *p->group);
    p->order = mem_grow(p->order, &p->order_capacity, rows + 1, sizeof *p->order);
    p->values = mem_grow(p->values, &p->values_capacity, rows + 1, sizeof *p->values);
    p->weights = mem_grow(p->weights, &p->weights_capacity, rows + 1, sizeof *p->weights);
    for (size_t i = 0; i < rows; i++)
        p->group[i] = dict_add(p->sums.names, evaluator_group(run->evaluator, b, p->rows.row[i]));
    size_t groups = dict_count(p->sums.names);
    p->end = mem_grow(p->end, &p->end_capacity, groups + 1, sizeof *p->end);
    memset(p->end, 0, (groups + 1) * sizeof *p->end);
    for (size_t i = 0; i < rows; i++)
        p->end[p->group[i] + 1]++;
    for (size_t g = 1; g < groups; g++)
        p->end[g] += p->end[g - 1];
    for (size_t i = 0; i < rows; i++)
        p->order[p->end[p->group[i]]++] = i;
}

/* Moments of the finite losses of one term and group. */
static void sum_group(const struct run *run, struct part *p, const struct block *b, size_t group, size_t term)
{
    struct evaluation_cell *cell = &p->sums.cell[group * p->sums.terms + term];
    const double *value = p->rows.value + term * p->rows.stride;
    size_t n = 0;
    for (size_t k = group == 0 ? 0 : p->end[group - 1]; k < p->end[group]; k++) {
        size_t i = p->order[k], row = p->rows.row[i];
        if (isinf(value[i])) {
            cell->infinite++;
            if (row < p->infinite_row) {
                p->infinite_row = row;
                p->infinite_term = term;
            }
            continue;
        }
        p->values[n] = value[i];
        p->weights[n++] = evaluator_weight(run->evaluator, b, row);
    }
    cell->moments = moments_of(p->values, run->options->weighted ? p->weights : NULL, n);
}

static enum status map_block(void *context, void *state, struct block *b, struct err *err)
{
    const struct run *run = context;
    struct part *p = state;
    enum status status = evaluator_map(run->evaluator, &p->rows, b, err);
    if (status != STATUS_OK)
        return status;
    p->sums.terms = run->options->n_terms;
    p->sums.groups = 0;
    p->sums.skipped = b->rows - p->rows.rows;
    p->infinite_row = SIZE_MAX;
    group_rows(run, p, b);
    reserve_groups(&p->sums, dict_count(p->sums.names));
    for (size_t g = 0; g < p->sums.groups; g++)
        for (size_t i = 0; i < p->sums.terms; i++)
            sum_group(run, p, b, g, i);
    return STATUS_OK;
}

static enum status reduce_block(void *context, void *state, struct block *b, struct err *err)
{
    struct run *run = context;
    struct evaluation *e = run->result;
    const struct part *p = state;
    enum status status = evaluator_reduce(run->evaluator, &p->rows, b, err);
    for (uint32_t g = 0; status == STATUS_OK && g < p->sums.groups; g++) {
        size_t to = dict_add(e->names, dict_text(p->sums.names, g));
        if (to == e->groups)
            reserve_groups(e, to + 1);
        for (size_t i = 0; i < e->terms; i++) {
            struct evaluation_cell *cell = &e->cell[to * e->terms + i];
            const struct evaluation_cell *more = &p->sums.cell[g * e->terms + i];
            cell->moments = moments_merge(cell->moments, more->moments);
            cell->infinite += more->infinite;
        }
    }
    e->skipped += p->sums.skipped;
    if (p->infinite_row != SIZE_MAX && e->infinite.status == STATUS_OK)
        block_row_error(b, p->infinite_row, &e->infinite, "the %s loss is infinite",
                        run->options->terms[p->infinite_term].loss->name);
    return status;
}

static void part_release(void *state)
{
    struct part *p = state;
    evaluator_rows_release(&p->rows);
    dict_free(p->sums.names);
    free(p->sums.cell);
    free(p->values);
    free(p->weights);
    free(p->group);
    free(p->order);
    free(p->end);
}

enum status evaluation_run(struct evaluation **evaluation, struct table *table, const struct evaluator_options *o,
                           struct err *err)
{
    struct run run = {.options = o, .result = mem_zero(1, sizeof *run.result)};
    run.result->names = dict_new();
    run.result->terms = o->n_terms;
    if (!o->by_group) {
        dict_add(run.result->names, slice_of(""));
        reserve_groups(run.result, 1);
    }
    evaluator_new(&run.evaluator, table, o);
    struct fold fold = {sizeof(struct part), map_block, reduce_block, part_release};
    enum status status = table_fold(table, &fold, &run, o->threads, err);
    evaluator_free(run.evaluator);
    if (status == STATUS_OK)
        *evaluation = run.result;
    else
        evaluation_free(run.result);
    return status;
}

void evaluation_free(struct evaluation *e)
{
    if (e == NULL)
        return;
    dict_free(e->names);
    free(e->cell);
    free(e);
}

double evaluation_sum(const struct evaluation_cell *c, const struct evaluator_term *t)
{
    if (c->infinite > 0)
        return INFINITY;
    if (c->moments.n == 0)
        return 0;
    return t->estimated ? evaluation_mean(c, t) * c->moments.weight.high
                        : dd_multiply(c->moments.mean, c->moments.weight).high;
}

double evaluation_mean(const struct evaluation_cell *c, const struct evaluator_term *t)
{
    double mean = c->infinite > 0 ? INFINITY : moments_mean(&c->moments), scale;
    return t->estimated ? t->loss->profile(mean, &scale) : mean;
}

double evaluation_se(const struct evaluation_cell *c, const struct evaluator_term *t)
{
    double scale = 1;
    if (t->estimated)
        t->loss->profile(moments_mean(&c->moments), &scale);
    return c->infinite > 0 ? NAN : scale * sqrt(moments_sample_variance(&c->moments) / c->moments.weight.high);
}
