/* Losses of predictions in a table, by terms (losses) and groups of rows, with standard errors.
 *
 * 1. evaluation_map_block evaluates the losses of a block (evaluator_map), sorts its rows by group and sums the
 *    moments of each group and term (sum_group) and of paired differences (compare_group).
 * 2. evaluation_reduce_block merges the moments, in the order of the blocks. For metrics of all rows together it
 *    keeps the points of the rows (append_points).
 * 3. evaluate_wholes sorts these points by group and computes the metrics.
 *
 * Infinite losses are counted apart from the moments; the first one is remembered for a message. Sums are
 * double-double and blocks do not depend on the threads: the same bits for any number of threads. Memory:
 * constant for losses per row; 28 bytes per row for metrics of all rows together, 52 with groups. */
#include "fit/evaluate/evaluation.h"

#include "base/mem.h"
#include "data/keys/names.h"
#include "fit/summary/grouping.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>

struct evaluation_run {
    const struct evaluator_options *options;
    struct evaluator *evaluator;
    struct evaluation *result;
    size_t rows;   /* number of rows evaluated */
    double weight; /* sum of their weights */
};

/* The sums of one block. */
struct evaluation_part {
    struct evaluator_rows rows;
    struct evaluation sums;
    double *values, *weights; /* of the rows of one group */
    uint32_t *group;          /* group of each row */
    size_t *order, *end;      /* rows sorted by group; the end of each group */
    size_t values_capacity, weights_capacity, group_capacity, order_capacity, end_capacity;
    double weight;        /* sum over all rows, with weights */
    uint32_t *to, *class; /* the number of each group and each class in the result */
    size_t to_capacity, class_capacity, infinite_row, infinite_term;
};

static void reserve_groups(struct evaluation *e, size_t groups)
{
    e->cell = mem_grow(e->cell, &e->capacity, groups * e->terms + 1, sizeof *e->cell);
    for (size_t i = e->groups * e->terms; i < groups * e->terms; i++)
        e->cell[i] = (struct evaluation_cell){0};
    e->groups = groups;
}

/* Sorts the rows by group with a counting sort, which keeps their order within a group. */
static void group_rows(const struct evaluation_run *run, struct evaluation_part *p, const struct block *b)
{
    size_t rows = p->rows.rows;
    if (p->sums.names == NULL)
        p->sums.names = dict_new();
    dict_clear(p->sums.names);
    p->group = mem_grow(p->group, &p->group_capacity, rows + 1, sizeof *p->group);
    p->order = mem_grow(p->order, &p->order_capacity, rows + 1, sizeof *p->order);
    p->values = mem_grow(p->values, &p->values_capacity, rows + 1, sizeof *p->values);
    p->weights = mem_grow(p->weights, &p->weights_capacity, rows + 1, sizeof *p->weights);
    if (!run->options->by_group && rows > 0) {
        dict_add(p->sums.names, slice_of(""));
        memset(p->group, 0, rows * sizeof *p->group);
    }
    for (size_t i = 0; run->options->by_group && i < rows; i++)
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

/* The moments of n values and weights of a part. */
static struct moments moments_of_part(const struct evaluation_run *run, const struct evaluation_part *p, size_t n)
{
    return run->options->importances ? moments_of_importances(p->values, p->weights, n)
                                     : moments_of(p->values, run->options->weighted ? p->weights : NULL, n);
}

/* Computes the moments of the finite losses of one term and group. */
static void sum_group(const struct evaluation_run *run, struct evaluation_part *p, const struct block *b, size_t group,
                      size_t term)
{
    struct evaluation_cell *cell = &p->sums.cell[group * p->sums.terms + term];
    const double *value = p->rows.value + term * p->rows.stride;
    size_t n = 0;
    for (size_t k = group == 0 ? 0 : p->end[group - 1]; k < p->end[group]; k++) {
        size_t i = p->order[k], row = p->rows.row[i];
        double weight = evaluator_weight(run->evaluator, b, row);
        if (isinf(value[i]) && weight > 0) {
            cell->infinite++;
            if (row < p->infinite_row) {
                p->infinite_row = row;
                p->infinite_term = term;
            }
            continue;
        }
        p->values[n] = weight > 0 ? value[i] : 0;
        p->weights[n++] = weight;
    }
    cell->moments = moments_of_part(run, p, n);
}

/* Computes the moments of the finite differences between the losses of a term and those of its baseline. */
static void compare_group(const struct evaluation_run *run, struct evaluation_part *p, const struct block *b,
                          size_t group, size_t term)
{
    struct evaluation_cell *cell = &p->sums.cell[group * p->sums.terms + term];
    const double *value = p->rows.value + term * p->rows.stride;
    const double *baseline = value + p->sums.terms / 2 * p->rows.stride;
    size_t n = 0;
    for (size_t k = group == 0 ? 0 : p->end[group - 1]; k < p->end[group]; k++) {
        size_t i = p->order[k];
        double weight = evaluator_weight(run->evaluator, b, p->rows.row[i]);
        double difference = weight > 0 ? value[i] - baseline[i] : 0;
        if (!isfinite(difference)) {
            cell->incomparable++;
            continue;
        }
        p->values[n] = difference;
        p->weights[n++] = weight;
    }
    cell->difference = moments_of_part(run, p, n);
}

static enum status evaluation_map_block(void *context, void *state, struct block *b, struct err *err)
{
    const struct evaluation_run *run = context;
    struct evaluation_part *p = state;
    enum status status = evaluator_map(run->evaluator, &p->rows, b, err);
    if (status != STATUS_OK)
        return status;
    p->sums.terms = run->options->n_terms;
    p->sums.groups = 0;
    p->sums.skipped = b->rows - p->rows.rows;
    p->infinite_row = SIZE_MAX;
    p->weight = 0;
    for (size_t i = 0; run->options->weighted && i < p->rows.rows; i++)
        p->weight += evaluator_weight(run->evaluator, b, p->rows.row[i]);
    group_rows(run, p, b);
    reserve_groups(&p->sums, dict_count(p->sums.names));
    for (size_t g = 0; g < p->sums.groups; g++)
        for (size_t i = 0; i < p->sums.terms; i++)
            if (run->options->terms[i].loss->whole == NULL)
                sum_group(run, p, b, g, i);
    for (size_t g = 0; run->options->paired && g < p->sums.groups; g++)
        for (size_t i = 0; i < p->sums.terms / 2; i++)
            compare_group(run, p, b, g, i);
    return STATUS_OK;
}

/* Appends the points of one term that has several to a row. */
static void append_wide(const struct evaluation_run *run, const struct evaluation_part *p, const struct block *b,
                        size_t term)
{
    struct evaluation_sample *s = &run->result->sample[term];
    size_t rows = p->rows.rows, width = run->options->terms[term].n;
    s->point = mem_grow(s->point, &s->point_capacity, s->n + rows * width + 1, sizeof *s->point);
    s->group = mem_grow(s->group, &s->group_capacity, s->n + rows * width + 1, sizeof *s->group);
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < width; k++) {
            s->point[s->n] =
                (struct loss_point){p->rows.wide[term][i * width + k], p->rows.reference[term * p->rows.stride + i],
                                    evaluator_weight(run->evaluator, b, p->rows.row[i])};
            s->group[s->n++] = p->to[p->group[i]];
        }
}

/* Appends the points of one term, in the order of the rows. */
static void append_points(const struct evaluation_run *run, const struct evaluation_part *p, const struct block *b,
                          size_t term)
{
    struct evaluation_sample *s = &run->result->sample[term];
    size_t rows = p->rows.rows;
    bool labelled = run->options->terms[term].labelled;
    if (run->options->terms[term].loss->wide) {
        append_wide(run, p, b, term);
        return;
    }
    s->point = mem_grow(s->point, &s->point_capacity, s->n + rows + 1, sizeof *s->point);
    s->group = mem_grow(s->group, &s->group_capacity, s->n + rows + 1, sizeof *s->group);
    for (size_t i = 0; i < rows; i++) {
        size_t at = term * p->rows.stride + i;
        double value = p->rows.value[at], reference = p->rows.reference[at];
        s->point[s->n] = (struct loss_point){labelled ? p->class[(size_t)value] : value,
                                             labelled ? p->class[(size_t)reference] : reference,
                                             evaluator_weight(run->evaluator, b, p->rows.row[i])};
        s->group[s->n++] = p->to[p->group[i]];
    }
}

static enum status evaluation_reduce_block(void *context, void *state, struct block *b, struct err *err)
{
    struct evaluation_run *run = context;
    struct evaluation *e = run->result;
    struct evaluation_part *p = state;
    enum status status = evaluator_reduce(run->evaluator, &p->rows, b, err);
    p->to = mem_grow(p->to, &p->to_capacity, p->sums.groups + 1, sizeof *p->to);
    for (uint32_t g = 0; status == STATUS_OK && g < p->sums.groups; g++) {
        size_t to = dict_add(e->names, dict_text(p->sums.names, g));
        if (to == e->groups)
            reserve_groups(e, to + 1);
        p->to[g] = (uint32_t)to;
        for (size_t i = 0; i < e->terms; i++) {
            struct evaluation_cell *cell = &e->cell[to * e->terms + i];
            const struct evaluation_cell *more = &p->sums.cell[g * e->terms + i];
            cell->moments = moments_merge(cell->moments, more->moments);
            cell->infinite += more->infinite;
            cell->difference = moments_merge(cell->difference, more->difference);
            cell->incomparable += more->incomparable;
        }
    }
    size_t classes = dict_count(p->rows.classes);
    p->class = mem_grow(p->class, &p->class_capacity, classes + 1, sizeof *p->class);
    for (uint32_t c = 0; c < classes; c++)
        p->class[c] = dict_add(e->classes, dict_text(p->rows.classes, c));
    run->rows += p->rows.rows;
    run->weight += p->weight;
    for (size_t i = 0; status == STATUS_OK && i < e->terms; i++)
        if (run->options->terms[i].loss->whole != NULL)
            append_points(run, p, b, i);
    e->skipped += p->sums.skipped;
    if (p->infinite_row != SIZE_MAX && e->infinite.status == STATUS_OK)
        block_row_error(b, p->infinite_row, &e->infinite, "the %s loss is infinite",
                        run->options->terms[p->infinite_term].loss->name);
    return status;
}

static void evaluation_part_release(void *state)
{
    struct evaluation_part *p = state;
    evaluator_rows_release(&p->rows);
    dict_free(p->sums.names);
    free(p->sums.cell);
    free(p->values);
    free(p->weights);
    free(p->group);
    free(p->order);
    free(p->end);
    free(p->to);
    free(p->class);
}

/* Sorts the points by group with a counting sort, which keeps their order within a group. */
static void sort_points(struct evaluation_sample *s, size_t groups)
{
    s->point = mem_grow(s->point, &s->point_capacity, s->n + 1, sizeof *s->point);
    s->end = mem_zero(groups + 1, sizeof *s->end);
    s->end[0] = s->n;
    if (groups <= 1)
        return;
    struct loss_point *sorted = mem_alloc(s->n + 1, sizeof *sorted);
    s->end[0] = 0;
    for (size_t i = 0; i < s->n; i++)
        s->end[s->group[i] + 1]++;
    for (size_t g = 1; g < groups; g++)
        s->end[g] += s->end[g - 1];
    for (size_t i = 0; i < s->n; i++)
        sorted[s->end[s->group[i]]++] = s->point[i];
    free(s->point);
    free(s->group);
    s->point = sorted;
    s->group = NULL;
}

struct loss_sample evaluation_points(const struct evaluation *e, const struct evaluator_term *terms, size_t term,
                                     size_t group)
{
    const struct evaluation_sample *s = &e->sample[term];
    size_t start = group == 0 ? 0 : s->end[group - 1];
    size_t classes = dict_count(e->classes), width = terms[term].labelled ? (classes > 2 ? classes : 2) : terms[term].n;
    return (struct loss_sample){s->end[group] - start, width, terms[term].parameter, s->point + start};
}

/* Whether F1 of labels is that of one class: the class of the term, or 1 if the labels are 0 and 1. *class is
 * its number; DICT_NONE: no row has it. */
static bool is_of_one_class(const struct evaluation *e, const struct evaluator_term *t, uint32_t *class)
{
    struct slice own = t->labels[0].p != NULL ? t->labels[0] : slice_of("1");
    bool binary = true;
    *class = DICT_NONE;
    for (uint32_t c = 0; c < dict_count(e->classes); c++) {
        struct slice label = dict_text(e->classes, c);
        if (names_same_label(label, own))
            *class = c;
        else
            binary &= names_same_label(label, slice_of("0"));
    }
    return t->labels[0].p != NULL || binary;
}

/* A metric of decided classes, of one class against all others. */
static double evaluate_class(const struct evaluator_term *t, struct loss_sample sample, uint32_t own, double *se)
{
    struct loss_sample one = sample;
    one.width = 1;
    one.point = mem_alloc(sample.n, sizeof *one.point);
    for (size_t i = 0; i < sample.n; i++) {
        const struct loss_point *p = &sample.point[i];
        one.point[i] = (struct loss_point){p->value == own, p->reference == own, p->weight};
    }
    double value = t->loss->whole(&one, se);
    free(one.point);
    return value;
}

static double evaluate_whole(const struct evaluation *e, const struct evaluator_term *t, struct loss_sample sample,
                             double *se)
{
    uint32_t own = (uint32_t)t->own - 1;
    if (t->labelled ? is_of_one_class(e, t, &own) : t->own > 0)
        return evaluate_class(t, sample, own, se);
    return t->loss->whole(&sample, se);
}

static void evaluate_wholes(const struct evaluation_run *run)
{
    struct evaluation *e = run->result;
    for (size_t i = 0; i < e->terms; i++) {
        const struct loss *loss = run->options->terms[i].loss;
        if (loss->whole == NULL)
            continue;
        struct slice other = evaluator_other(run->evaluator, i);
        e->sample[i].other = other.p != NULL ? mem_copy(other.p, other.n) : NULL;
        sort_points(&e->sample[i], e->groups);
        for (size_t g = 0; g < e->groups; g++) {
            struct evaluation_cell *cell = &e->cell[g * e->terms + i];
            struct loss_sample sample = evaluation_points(e, run->options->terms, i, g);
            cell->moments.n = loss->wide ? sample.n / sample.width : sample.n;
            cell->whole = evaluate_whole(e, &run->options->terms[i], sample, &cell->whole_se);
        }
    }
}

/* Scales importances (moments_effective_factor). Errors of metrics of all rows together are of counts alone. */
static void weigh(const struct evaluation_run *run)
{
    struct evaluation *e = run->result;
    for (size_t i = 0; run->options->importances && i < e->groups * e->terms; i++) {
        struct evaluation_cell *cell = &e->cell[i];
        if (cell->moments.weight.high > 0)
            cell->moments = moments_scale(cell->moments, moments_effective_factor(&cell->moments));
        if (cell->difference.weight.high > 0)
            cell->difference = moments_scale(cell->difference, moments_effective_factor(&cell->difference));
        cell->whole_se = NAN;
    }
}

static enum status check_weights(const struct evaluation_run *run, const struct table *table, struct err *err)
{
    const struct grouping by = {.weighted = true, .weight = run->options->weight};
    if (run->rows > 0 && run->weight == 0)
        return grouping_weightless(&by, table, err);
    return isfinite(run->weight) ? STATUS_OK : grouping_overflow(&by, table, err);
}

enum status evaluation_run(struct evaluation **evaluation, struct table *table, const struct evaluator_options *o,
                           struct err *err)
{
    struct evaluation_run run = {.options = o, .result = mem_zero(1, sizeof *run.result)};
    run.result->names = dict_new();
    run.result->classes = dict_new();
    run.result->terms = o->n_terms;
    run.result->sample = mem_zero(o->n_terms, sizeof *run.result->sample);
    if (!o->by_group) {
        dict_add(run.result->names, slice_of(""));
        reserve_groups(run.result, 1);
    }
    evaluator_new(&run.evaluator, table, o);
    struct table_fold fold = {sizeof(struct evaluation_part), evaluation_map_block, evaluation_reduce_block,
                              evaluation_part_release};
    enum status status = table_fold(table, &fold, &run, o->threads, err);
    if (status == STATUS_OK && o->weighted)
        status = check_weights(&run, table, err);
    if (status == STATUS_OK)
        evaluate_wholes(&run);
    weigh(&run);
    struct slice pair[2];
    for (size_t i = 0; i < 2 && evaluator_mismatch(run.evaluator, &pair[0], &pair[1]); i++)
        run.result->mismatch[i] = mem_copy(pair[i].p, pair[i].n);
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
    dict_free(e->classes);
    for (size_t i = 0; i < e->terms; i++) {
        free(e->sample[i].point);
        free(e->sample[i].group);
        free(e->sample[i].end);
        free(e->sample[i].other);
    }
    free(e->mismatch[0]);
    free(e->mismatch[1]);
    free(e->sample);
    free(e->cell);
    free(e);
}

double evaluation_sum(const struct evaluation_cell *c, const struct evaluator_term *t)
{
    if (t->loss->whole != NULL)
        return NAN;
    if (c->infinite > 0)
        return INFINITY;
    if (c->moments.n == 0)
        return 0;
    return t->estimated ? evaluation_mean(c, t) * c->moments.weight.high
                        : dd_multiply(c->moments.mean, c->moments.weight).high;
}

double evaluation_mean(const struct evaluation_cell *c, const struct evaluator_term *t)
{
    if (t->loss->whole != NULL)
        return c->whole;
    double mean = c->infinite > 0 ? INFINITY : moments_mean(&c->moments), scale;
    return t->estimated ? t->loss->profile(mean, &scale) : mean;
}

double evaluation_se(const struct evaluation_cell *c, const struct evaluator_term *t)
{
    double scale = 1;
    if (t->loss->whole != NULL)
        return c->whole_se;
    if (t->estimated)
        t->loss->profile(moments_mean(&c->moments), &scale);
    return c->infinite > 0 ? NAN : scale * sqrt(moments_sample_variance(&c->moments) / c->moments.weight.high);
}

struct evaluation_comparison evaluation_compare(const struct evaluation_cell *c, const struct evaluation_cell *baseline)
{
    struct evaluation_comparison result = {moments_mean(&c->difference), NAN, NAN};
    double weight = c->difference.weight.high;
    if (c->incomparable > 0) {
        result.mean = c->infinite > 0 && baseline->infinite > 0 ? NAN : c->infinite > 0 ? INFINITY : -INFINITY;
        return result;
    }
    result.se = sqrt(moments_sample_variance(&c->difference) / weight);
    if (weight > 1)
        result.p = special_student_two_sided(result.mean / result.se, weight - 1);
    return result;
}
