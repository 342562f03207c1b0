/* The sums from which naive Bayes is estimated, by class: weights, moments of numbers, weights of levels.
 *
 * 1. bayes_sums_map_block numbers classes and levels of a block by themselves, sorts its rows by class, and
 *    computes moments (add_numbers) and weights of levels (add_text).
 * 2. bayes_sums_reduce_block renumbers them in the order of their first rows in the table and merges the sums,
 *    in the order of the blocks.
 * 3. finish_weights scales importance weights, whose factor is known only at the end.
 *
 * Sums are double-double: the same bits for any number of threads. Memory: classes x (numbers + levels), and the
 * same per thread for its block. */
#include "fit/bayes/bayes_sums.h"

#include "base/mem.h"
#include "data/keys/order.h"

#include <stdlib.h>

/* The sums of one block, whose classes and levels are numbered by themselves. */
struct bayes_sums_part {
    size_t n, skipped;
    struct weighting_sums importances;
    struct dict *labels;
    uint32_t *class; /* class of each row; DICT_NONE: left out */
    uint32_t *level; /* level of each row, for one text at a time */
    size_t *order, *start;
    double *values, *row_weights; /* values and weights of one class, without gaps */
    struct dd *weights;           /* classes */
    struct moments *moments;      /* classes x numbers */
    struct dict **levels;         /* texts */
    struct dd *counts;            /* per text: classes x levels */
    size_t texts, class_capacity, level_capacity, order_capacity, start_capacity, values_capacity, row_weights_capacity;
    size_t weights_capacity, moments_capacity, counts_capacity;
};

struct bayes_sums_run {
    struct bayes_sums *sums;
    struct row_check check;
};

/* ---- one block ---- */

/* Checks the rows of a block and numbers their classes. */
static enum status assign_classes(const struct bayes_sums_run *run, struct bayes_sums_part *p, const struct block *b,
                                  struct err *err)
{
    const struct bayes_sums *s = run->sums;
    p->class = mem_grow(p->class, &p->class_capacity, b->rows, sizeof *p->class);
    p->n = p->skipped = 0;
    p->importances = (struct weighting_sums){0};
    dict_clear(p->labels);
    for (size_t row = 0; row < b->rows; row++) {
        bool skip;
        enum status status = row_check(&run->check, b, row, &skip, err);
        if (status != STATUS_OK)
            return status;
        p->class[row] = skip ? DICT_NONE : dict_add(p->labels, b->texts[s->texts][row]);
        p->n += !skip;
        p->skipped += skip;
        if (!skip && run->check.weighting == WEIGHTING_IMPORTANCES)
            weighting_add(&p->importances, b->numbers[s->numbers * b->column_step + row]);
    }
    return STATUS_OK;
}

static void sort_rows(struct bayes_sums_part *p, size_t rows)
{
    size_t classes = dict_count(p->labels);
    p->start = mem_grow(p->start, &p->start_capacity, classes + 2, sizeof *p->start);
    p->order = mem_grow(p->order, &p->order_capacity, rows, sizeof *p->order);
    order_rows(p->class, rows, classes, p->order, p->start);
}

static void gather(const double *x, const size_t *order, size_t n, double *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = x[order[i]];
}

/* Computes the moments of each number in each class, and the weights of the classes; w: weights of the rows, or
 * NULL. */
static void add_numbers(const struct bayes_sums *s, struct bayes_sums_part *p, const struct block *b, const double *w)
{
    size_t classes = dict_count(p->labels);
    p->values = mem_grow(p->values, &p->values_capacity, b->rows, sizeof *p->values);
    p->row_weights = mem_grow(p->row_weights, &p->row_weights_capacity, b->rows, sizeof *p->row_weights);
    p->weights = mem_grow(p->weights, &p->weights_capacity, classes, sizeof *p->weights);
    p->moments = mem_grow(p->moments, &p->moments_capacity, classes * s->numbers, sizeof *p->moments);
    for (size_t k = 0; k < classes; k++) {
        const size_t *order = p->order + p->start[k];
        size_t n = p->start[k + 1] - p->start[k];
        p->weights[k] = dd_of(w != NULL ? 0 : (double)n);
        if (w != NULL)
            gather(w, order, n, p->row_weights);
        for (size_t i = 0; w != NULL && i < n; i++)
            p->weights[k] = dd_add_double(p->weights[k], p->row_weights[i]);
        for (size_t j = 0; j < s->numbers; j++) {
            gather(b->numbers + j * b->column_step, order, n, p->values);
            p->moments[k * s->numbers + j] = moments_of(p->values, w != NULL ? p->row_weights : NULL, n);
        }
    }
}

/* Sums the weights of each level of a text in each class, after the `used` counts of earlier texts; returns the
 * new number of counts used. */
static size_t add_text(struct bayes_sums_part *p, const struct block *b, size_t text, const double *w, size_t used)
{
    struct dict *levels = p->levels[text];
    dict_clear(levels);
    p->level = mem_grow(p->level, &p->level_capacity, b->rows, sizeof *p->level);
    for (size_t row = 0; row < b->rows; row++)
        if (p->class[row] != DICT_NONE)
            p->level[row] = dict_add(levels, b->texts[text][row]);
    size_t n = dict_count(levels), size = n * dict_count(p->labels);
    p->counts = mem_grow(p->counts, &p->counts_capacity, used + size, sizeof *p->counts);
    for (size_t i = 0; i < size; i++)
        p->counts[used + i] = dd_of(0);
    for (size_t row = 0; row < b->rows; row++) {
        if (p->class[row] == DICT_NONE)
            continue;
        struct dd *count = &p->counts[used + p->class[row] * n + p->level[row]];
        *count = dd_add_double(*count, w != NULL ? w[row] : 1);
    }
    return used + size;
}

static void prepare_part(const struct bayes_sums *s, struct bayes_sums_part *p)
{
    if (p->labels != NULL)
        return;
    p->labels = dict_new();
    p->texts = s->texts;
    p->levels = mem_alloc(s->texts, sizeof(struct dict *));
    for (size_t t = 0; t < s->texts; t++)
        p->levels[t] = dict_new();
}

static enum status bayes_sums_map_block(void *context, void *state, struct block *b, struct err *err)
{
    const struct bayes_sums_run *run = context;
    const struct bayes_sums *s = run->sums;
    struct bayes_sums_part *p = state;
    prepare_part(s, p);
    enum status status = assign_classes(run, p, b, err);
    if (status != STATUS_OK)
        return status;
    const double *w = s->roles.weighted ? b->numbers + s->numbers * b->column_step : NULL;
    sort_rows(p, b->rows);
    add_numbers(s, p, b, w);
    size_t used = 0;
    for (size_t t = 0; t < s->texts; t++)
        used = add_text(p, b, t, w, used);
    return STATUS_OK;
}

/* ---- all blocks ---- */

static void add_class(struct bayes_sums *s)
{
    size_t classes = s->classes + 1;
    s->weights = mem_grow(s->weights, &s->weights_capacity, classes, sizeof *s->weights);
    s->moments = mem_grow(s->moments, &s->moments_capacity, classes * s->numbers, sizeof *s->moments);
    s->counts = mem_grow(s->counts, &s->counts_capacity, classes * s->texts, sizeof *s->counts);
    s->weights[s->classes] = dd_of(0);
    for (size_t j = 0; j < s->numbers; j++)
        s->moments[s->classes * s->numbers + j] = (struct moments){0};
    for (size_t t = 0; t < s->texts; t++)
        s->counts[s->classes * s->texts + t] = (struct bayes_sums_counts){0};
    s->classes = classes;
}

static void merge_count(struct bayes_sums_counts *c, uint32_t level, struct dd weight)
{
    if (c->n <= level)
        c->weight = mem_grow(c->weight, &c->capacity, level + (size_t)1, sizeof *c->weight);
    while (c->n <= level)
        c->weight[c->n++] = dd_of(0);
    c->weight[level] = dd_add(c->weight[level], weight);
}

static void merge_text(struct bayes_sums *s, const struct bayes_sums_part *p, size_t text, const uint32_t *class,
                       const struct dd *counts)
{
    size_t n = dict_count(p->levels[text]);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t level = dict_add(s->levels[text], dict_text(p->levels[text], i));
        for (uint32_t k = 0; k < dict_count(p->labels); k++)
            merge_count(&s->counts[s->texts * class[k] + text], level, counts[k * n + i]);
    }
}

static enum status bayes_sums_reduce_block(void *context, void *state, struct block *b, struct err *err)
{
    struct bayes_sums *s = ((struct bayes_sums_run *)context)->sums;
    const struct bayes_sums_part *p = state;
    size_t classes = dict_count(p->labels), used = 0;
    uint32_t *class = mem_alloc(classes, sizeof *class);
    (void)b;
    (void)err;
    s->n += p->n;
    s->importances = weighting_merge(s->importances, p->importances);
    s->skipped += p->skipped;
    for (uint32_t k = 0; k < classes; k++) {
        class[k] = dict_add(s->labels, dict_text(p->labels, k));
        if (class[k] == s->classes)
            add_class(s);
        s->weights[class[k]] = dd_add(s->weights[class[k]], p->weights[k]);
        for (size_t j = 0; j < s->numbers; j++) {
            struct moments *m = &s->moments[s->numbers * class[k] + j];
            *m = moments_merge(*m, p->moments[k * s->numbers + j]);
        }
    }
    for (size_t t = 0; t < s->texts; t++) {
        merge_text(s, p, t, class, p->counts + used);
        used += classes * dict_count(p->levels[t]);
    }
    free(class);
    return STATUS_OK;
}

static struct dd scaled(struct dd sum, double factor)
{
    return dd_multiply(sum, dd_of(factor));
}

/* Scales importance weights, when all are known. */
static void finish_weights(struct bayes_sums *s, enum weighting weighting)
{
    struct dd total = dd_of(0);
    for (size_t k = 0; k < s->classes; k++)
        total = dd_add(total, s->weights[k]);
    double factor = weighting_factor(weighting, &s->importances, total.high);
    if (factor == 1)
        return;
    for (size_t k = 0; k < s->classes; k++)
        s->weights[k] = scaled(s->weights[k], factor);
    for (size_t i = 0; i < s->classes * s->numbers; i++) {
        s->moments[i].weight = scaled(s->moments[i].weight, factor);
        s->moments[i].m2 = scaled(s->moments[i].m2, factor);
    }
    for (size_t i = 0; i < s->classes * s->texts; i++)
        for (size_t level = 0; level < s->counts[i].n; level++)
            s->counts[i].weight[level] = scaled(s->counts[i].weight[level], factor);
}

static void bayes_sums_part_release(void *state)
{
    struct bayes_sums_part *p = state;
    dict_free(p->labels);
    for (size_t t = 0; t < p->texts; t++)
        dict_free(p->levels[t]);
    free(p->levels);
    free(p->class);
    free(p->level);
    free(p->order);
    free(p->start);
    free(p->values);
    free(p->row_weights);
    free(p->weights);
    free(p->moments);
    free(p->counts);
}

/* Number slots: the numbers, then the weight; text slots: the texts, then the target. */
static enum status want_columns(struct bayes_sums *s, struct table *table, const struct bayes_options *o,
                                struct row_check *check, struct err *err)
{
    struct roles *r = &s->roles;
    enum status status = roles_find(r, table, &o->roles, &(struct roles_rules){.categories = true}, err);
    if (status != STATUS_OK)
        return status;
    s->numbers = r->n_features;
    s->texts = r->n_categories;
    *check = roles_want(r, table, true).check;
    return STATUS_OK;
}

enum status bayes_sums_gather(struct bayes_sums *s, struct table *table, const struct bayes_options *options,
                              struct err *err)
{
    struct bayes_sums_run run = {.sums = s};
    struct table_fold fold = {sizeof(struct bayes_sums_part), bayes_sums_map_block, bayes_sums_reduce_block,
                              bayes_sums_part_release};
    enum status status = want_columns(s, table, options, &run.check, err);
    if (status != STATUS_OK)
        return status;
    s->labels = dict_new();
    s->levels = mem_alloc(s->texts, sizeof(struct dict *));
    for (size_t t = 0; t < s->texts; t++)
        s->levels[t] = dict_new();
    status = table_fold(table, &fold, &run, options->threads, err);
    if (status == STATUS_OK && s->n == 0) {
        err_data(err, s->skipped > 0 ? "every row has a missing value" : "there are no rows");
        status = err_at(err, table_file(table), 0);
    }
    if (status == STATUS_OK)
        finish_weights(s, options->roles.weighting);
    return status;
}

void bayes_sums_release(struct bayes_sums *s)
{
    for (size_t i = 0; i < s->classes * s->texts; i++)
        free(s->counts[i].weight);
    for (size_t t = 0; s->levels != NULL && t < s->texts; t++)
        dict_free(s->levels[t]);
    dict_free(s->labels);
    free(s->levels);
    roles_release(&s->roles);
    free(s->weights);
    free(s->moments);
    free(s->counts);
}
