#include "fit/evaluation.h"

#include "base/mem.h"
#include "base/number.h"

#include <math.h>
#include <stdlib.h>

struct slots {
    size_t first, target_number, target_text, weight, group, label; /* first: of the term's predictions */
};

struct run {
    const struct evaluation_options *options;
    struct slots *slots; /* of each term */
    struct evaluation *result;
};

/* One block's sums, and room for one prediction. */
struct part {
    struct evaluation sums;
    double *values, *weights, *gathered, *prediction;
    uint32_t *group;
    size_t values_capacity, weights_capacity, gathered_capacity, prediction_capacity, group_capacity;
    size_t infinite_row, infinite_term;
};

static double number_at(const struct block *b, size_t slot, size_t row)
{
    return b->numbers[row * b->row_step + slot * b->column_step];
}

/* Equal as text, or as numbers. */
static bool same_label(struct slice a, struct slice b)
{
    double x, y;
    return slice_equal(a, b) || (number_parse(a, &x) && number_parse(b, &y) && x == y);
}

static bool of_classes(const struct evaluation_term *t)
{
    return t->loss->prediction == LOSS_PROBABILITIES || t->loss->prediction == LOSS_LOGITS;
}

static enum status find_missing(const struct run *run, const struct block *b, size_t row, bool *missing, struct err *err)
{
    static const char reason[] = "the value is missing; --missing skip leaves such rows out";
    const struct evaluation_options *o = run->options;
    *missing = true;
    for (size_t i = 0; i < o->n_terms; i++) {
        const struct evaluation_term *t = &o->terms[i];
        const struct slots *s = &run->slots[i];
        for (size_t k = 0; !t->labelled && k < t->n; k++)
            if (isnan(number_at(b, s->first + k, row)))
                return o->skip_missing ? STATUS_OK : block_number_error(b, row, s->first + k, err, reason);
        if (t->labelled && b->texts[s->label][row].p == NULL)
            return o->skip_missing ? STATUS_OK : block_text_error(b, row, s->label, err, reason);
        if (t->loss->prediction == LOSS_MEAN && isnan(number_at(b, s->target_number, row)))
            return o->skip_missing ? STATUS_OK : block_number_error(b, row, s->target_number, err, reason);
        if (t->loss->prediction != LOSS_MEAN && b->texts[s->target_text][row].p == NULL)
            return o->skip_missing ? STATUS_OK : block_text_error(b, row, s->target_text, err, reason);
    }
    if (o->by_group && b->texts[run->slots->group][row].p == NULL)
        return o->skip_missing ? STATUS_OK : block_text_error(b, row, run->slots->group, err, reason);
    double weight = o->weighted ? number_at(b, run->slots->weight, row) : 1;
    if (isnan(weight))
        return o->skip_missing ? STATUS_OK : block_number_error(b, row, run->slots->weight, err, reason);
    if (weight < 0 || isinf(weight))
        return block_number_error(b, row, run->slots->weight, err, "the weight is %s", weight < 0 ? "negative" : "infinite");
    *missing = false;
    return STATUS_OK;
}

static enum status check_probabilities(const struct evaluation_term *t, const struct slots *s, const struct block *b, size_t row,
                                       struct err *err)
{
    double sum = 0;
    for (size_t k = 0; k < t->n; k++) {
        double p = number_at(b, s->first + k, row);
        if (!(p >= 0 && p <= 1))
            return block_number_error(b, row, s->first + k, err, "the probability %.17g is not between 0 and 1", p);
        sum += p;
    }
    if (t->n > 1 && fabs(sum - 1) > 1e-6)
        return block_row_error(b, row, err, "the probabilities sum to %.9g, not to 1", sum);
    return STATUS_OK;
}

/* The number of the row's class: for one column 1 where it is its class, else 0. */
static enum status find_class(const struct evaluation_term *t, const struct slots *s, const struct block *b, size_t row,
                              uint32_t *class, struct err *err)
{
    struct slice label = b->texts[s->target_text][row];
    char echo[ERR_ECHO];
    for (size_t k = 0; t->n > 1 && k < t->n; k++) {
        if (same_label(label, t->labels[k])) {
            *class = (uint32_t)k;
            return STATUS_OK;
        }
    }
    if (t->n > 1)
        return block_text_error(b, row, s->target_text, err, "no prediction column is for the class '%s'", err_echo(echo, label));
    struct slice one = slice_of("1"), positive = t->labels[0].p != NULL ? t->labels[0] : one;
    *class = same_label(label, positive);
    if (*class == 0 && same_label(positive, one) && !same_label(label, slice_of("0")))
        return block_text_error(b, row, s->target_text, err, "the target '%s' is neither 0 nor 1", err_echo(echo, label));
    return STATUS_OK;
}

static enum status evaluate_row(const struct evaluation_term *t, const struct slots *s, const struct block *b, size_t row,
                                double *prediction, double *value, struct err *err)
{
    enum status status = STATUS_OK;
    uint32_t class = 0;
    if (t->labelled) {
        *value = same_label(b->texts[s->target_text][row], b->texts[s->label][row]);
        return status;
    }
    enum loss_prediction kind = t->loss->prediction;
    if (kind == LOSS_PROBABILITY || kind == LOSS_PROBABILITIES)
        status = check_probabilities(t, s, b, row, err);
    if (status == STATUS_OK && kind != LOSS_MEAN)
        status = find_class(t, s, b, row, &class, err);
    if (status != STATUS_OK)
        return status;
    double target = kind == LOSS_MEAN ? number_at(b, s->target_number, row) : class;
    struct loss_batch batch = {.rows = 1, .width = t->n, .prediction = prediction, .parameter = t->parameter};
    for (size_t k = 0; k < t->n; k++)
        prediction[k] = number_at(b, s->first + k, row);
    if (of_classes(t) && t->n == 1) {
        batch.width = 2;
        prediction[1] = prediction[0];
        prediction[0] = kind == LOSS_LOGITS ? 0 : 1 - prediction[1];
    }
    if (of_classes(t))
        batch.label = &class;
    else
        batch.target = &target;
    t->loss->evaluate(&batch, value, NULL, NULL);
    return isnan(*value) ? block_row_error(b, row, err, "the %s loss is not a number", t->loss->name) : status;
}

static void reserve_groups(struct evaluation *e, size_t groups)
{
    e->cell = mem_grow(e->cell, &e->capacity, groups * e->terms + 1, sizeof *e->cell);
    for (size_t i = e->groups * e->terms; i < groups * e->terms; i++)
        e->cell[i] = (struct evaluation_cell){0};
    e->groups = groups;
}

/* Moments of the finite losses of one term and group. */
static void sum_group(struct part *p, size_t rows, uint32_t group, size_t term)
{
    struct evaluation_cell *cell = &p->sums.cell[group * p->sums.terms + term];
    size_t n = 0;
    for (size_t r = 0; r < rows; r++) {
        double value = p->values[term * rows + r];
        if (p->group[r] != group)
            continue;
        if (isinf(value)) {
            cell->infinite++;
            if (r < p->infinite_row) {
                p->infinite_row = r;
                p->infinite_term = term;
            }
            continue;
        }
        p->gathered[n] = value;
        p->gathered[rows + n++] = p->weights[r];
    }
    cell->moments = moments_of(p->gathered, p->gathered + rows, n);
}

static enum status map_block(void *context, void *state, struct block *b, struct err *err)
{
    const struct run *run = context;
    const struct evaluation_options *o = run->options;
    struct part *p = state;
    if (p->sums.names == NULL)
        p->sums.names = dict_new();
    dict_clear(p->sums.names);
    p->sums.terms = o->n_terms;
    p->sums.groups = p->sums.skipped = 0;
    p->infinite_row = SIZE_MAX;
    size_t widest = 2;
    for (size_t i = 0; i < o->n_terms; i++)
        widest = o->terms[i].n > widest ? o->terms[i].n : widest;
    p->values = mem_grow(p->values, &p->values_capacity, b->rows * o->n_terms + 1, sizeof *p->values);
    p->weights = mem_grow(p->weights, &p->weights_capacity, b->rows + 1, sizeof *p->weights);
    p->gathered = mem_grow(p->gathered, &p->gathered_capacity, 2 * b->rows + 1, sizeof *p->gathered);
    p->prediction = mem_grow(p->prediction, &p->prediction_capacity, widest, sizeof *p->prediction);
    p->group = mem_grow(p->group, &p->group_capacity, b->rows + 1, sizeof *p->group);
    for (size_t r = 0; r < b->rows; r++) {
        bool missing;
        enum status status = find_missing(run, b, r, &missing, err);
        for (size_t i = 0; status == STATUS_OK && !missing && i < o->n_terms; i++)
            status = evaluate_row(&o->terms[i], &run->slots[i], b, r, p->prediction, &p->values[i * b->rows + r], err);
        if (status != STATUS_OK)
            return status;
        p->group[r] = DICT_NONE;
        p->sums.skipped += missing;
        if (!missing)
            p->group[r] = dict_add(p->sums.names, o->by_group ? b->texts[run->slots->group][r] : slice_of(""));
        p->weights[r] = o->weighted ? number_at(b, run->slots->weight, r) : 1;
    }
    reserve_groups(&p->sums, dict_count(p->sums.names));
    for (uint32_t g = 0; g < p->sums.groups; g++)
        for (size_t i = 0; i < o->n_terms; i++)
            sum_group(p, b->rows, g, i);
    return STATUS_OK;
}

static enum status reduce_block(void *context, void *state, struct block *b, struct err *err)
{
    struct run *run = context;
    struct evaluation *e = run->result;
    const struct part *p = state;
    (void)err;
    for (uint32_t g = 0; g < p->sums.groups; g++) {
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
    return STATUS_OK;
}

static void part_release(void *state)
{
    struct part *p = state;
    dict_free(p->sums.names);
    free(p->sums.cell);
    free(p->values);
    free(p->weights);
    free(p->gathered);
    free(p->prediction);
    free(p->group);
}

enum status evaluation_run(struct evaluation **evaluation, struct table *table, const struct evaluation_options *o,
                           struct err *err)
{
    struct run run = {.options = o, .slots = mem_zero(o->n_terms, sizeof *run.slots), .result = mem_zero(1, sizeof *run.result)};
    run.result->names = dict_new();
    run.result->terms = o->n_terms;
    if (!o->by_group) {
        dict_add(run.result->names, slice_of(""));
        reserve_groups(run.result, 1);
    }
    for (size_t i = 0; i < o->n_terms; i++) {
        const struct evaluation_term *t = &o->terms[i];
        struct slots *s = &run.slots[i];
        for (size_t k = 0; !t->labelled && k < t->n; k++) {
            size_t slot = table_want_number(table, t->columns[k]);
            s->first = k == 0 ? slot : s->first;
        }
        if (t->labelled)
            s->label = table_want_text(table, t->columns[0]);
        if (t->loss->prediction == LOSS_MEAN)
            s->target_number = table_want_number(table, o->target);
        else
            s->target_text = table_want_text(table, o->target);
    }
    if (o->weighted)
        run.slots->weight = table_want_number(table, o->weight);
    if (o->by_group)
        run.slots->group = table_want_text(table, o->group);
    struct fold fold = {sizeof(struct part), map_block, reduce_block, part_release};
    enum status status = table_fold(table, &fold, &run, o->threads, err);
    free(run.slots);
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

double evaluation_sum(const struct evaluation_cell *c)
{
    if (c->infinite > 0)
        return INFINITY;
    return c->moments.n == 0 ? 0 : dd_multiply(c->moments.mean, c->moments.weight).high;
}

double evaluation_mean(const struct evaluation_cell *c)
{
    return c->infinite > 0 ? INFINITY : moments_mean(&c->moments);
}

double evaluation_se(const struct evaluation_cell *c)
{
    return c->infinite > 0 ? NAN : sqrt(moments_sample_variance(&c->moments) / c->moments.weight.high);
}
