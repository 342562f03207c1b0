#include "fit/categorical.h"

#include "base/mem.h"
#include "math/dd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A cell is a group, a tuple of columns and a value: its key in a dict is the three behind one another. The value of a tuple of
 * several columns is theirs, each behind its length. */
struct place {
    uint32_t group, tuple;
};

/* What was counted, in a block or in all. */
struct counts {
    struct dict *names, *cells;
    struct dd *weight; /* per cell */
    size_t *missing;   /* groups x columns */
    size_t ungrouped, weight_capacity, missing_capacity;
    size_t reserved; /* groups that have room in `missing` */
    size_t distinct; /* cells that have room in `weight` */
    char *key, *value;
    size_t key_capacity, value_capacity;
};

struct run {
    const struct grouping *by;
    const size_t *end;
    size_t tuples;
    struct counts counts;
};

static void counts_init(struct counts *c)
{
    if (c->names == NULL) {
        c->names = dict_new();
        c->cells = dict_new();
    }
    dict_clear(c->names);
    dict_clear(c->cells);
    c->reserved = c->distinct = c->ungrouped = 0;
}

static uint32_t add_group(struct counts *c, struct slice name, size_t columns)
{
    uint32_t group = dict_add(c->names, name);
    if (group == c->reserved) {
        c->missing = mem_grow(c->missing, &c->missing_capacity, (group + 1) * columns, sizeof *c->missing);
        memset(c->missing + group * columns, 0, columns * sizeof *c->missing);
        c->reserved++;
    }
    return group;
}

static void add_weight(struct counts *c, struct place place, struct slice value, struct dd weight)
{
    c->key = mem_grow(c->key, &c->key_capacity, sizeof place + value.n, 1);
    memcpy(c->key, &place, sizeof place);
    memcpy(c->key + sizeof place, value.p, value.n);
    uint32_t cell = dict_add(c->cells, (struct slice){c->key, sizeof place + value.n});
    if (cell == c->distinct) {
        c->weight = mem_grow(c->weight, &c->weight_capacity, ++c->distinct, sizeof *c->weight);
        c->weight[cell] = dd_of(0);
    }
    c->weight[cell] = dd_add(c->weight[cell], weight);
}

static struct place place_of(const struct dict *cells, uint32_t cell)
{
    struct place place;
    memcpy(&place, dict_text(cells, cell).p, sizeof place);
    return place;
}

static struct slice value_of(const struct dict *cells, uint32_t cell)
{
    struct slice key = dict_text(cells, cell);
    return (struct slice){key.p + sizeof(struct place), key.n - sizeof(struct place)};
}

static void counts_release(void *state)
{
    struct counts *c = state;
    dict_free(c->names);
    dict_free(c->cells);
    free(c->weight);
    free(c->missing);
    free(c->key);
    free(c->value);
}

/* ---- blocks ---- */

/* The value in text slots first .. end - 1 of a row; p NULL where one is missing. */
static struct slice tuple_value(struct counts *c, const struct block *b, size_t row, size_t first, size_t end)
{
    if (end - first == 1)
        return b->texts[first][row];
    size_t n = 0;
    for (size_t slot = first; slot < end; slot++) {
        struct slice text = b->texts[slot][row];
        if (text.p == NULL)
            return text;
        c->value = mem_grow(c->value, &c->value_capacity, n + sizeof text.n + text.n, 1);
        memcpy(c->value + n, &text.n, sizeof text.n);
        memcpy(c->value + n + sizeof text.n, text.p, text.n);
        n += sizeof text.n + text.n;
    }
    return (struct slice){c->value, n};
}

static enum status map_block(void *context, void *state, struct block *b, struct err *err)
{
    const struct run *run = context;
    const struct grouping *by = run->by;
    struct counts *c = state;
    if (by->weighted && grouping_check_weights(b, b->numbers, 0, err) != STATUS_OK)
        return err->status;
    counts_init(c);
    for (size_t row = 0; row < b->rows; row++) {
        struct slice name = by->by_group ? b->texts[by->n_columns][row] : (struct slice){"", 0};
        if (name.p == NULL) {
            c->ungrouped++;
            continue;
        }
        uint32_t group = add_group(c, name, run->tuples);
        for (size_t k = 0; k < run->tuples; k++) {
            struct slice value = tuple_value(c, b, row, k > 0 ? run->end[k - 1] : 0, run->end[k]);
            if (value.p == NULL)
                c->missing[group * run->tuples + k]++;
            else
                add_weight(c, (struct place){group, (uint32_t)k}, value, dd_of(by->weighted ? b->numbers[row] : 1));
        }
    }
    return STATUS_OK;
}

static enum status reduce_block(void *context, void *state, struct block *b, struct err *err)
{
    struct run *run = context;
    const struct counts *part = state;
    struct counts *all = &run->counts;
    size_t columns = run->tuples;
    (void)b;
    (void)err;
    all->ungrouped += part->ungrouped;
    for (uint32_t g = 0; g < dict_count(part->names); g++) {
        size_t to = add_group(all, dict_text(part->names, g), columns);
        for (size_t k = 0; k < columns; k++)
            all->missing[to * columns + k] += part->missing[g * columns + k];
    }
    for (uint32_t cell = 0; cell < part->distinct; cell++) {
        struct place place = place_of(part->cells, cell);
        place.group = dict_find(all->names, dict_text(part->names, place.group));
        add_weight(all, place, value_of(part->cells, cell), part->weight[cell]);
    }
    return STATUS_OK;
}

/* ---- the result ---- */

/* Counting sort of the cells by group and column, which keeps the order of first rows. */
static void order_cells(struct categorical_fit *f, const struct counts *c)
{
    size_t buckets = f->groups * f->columns;
    size_t *next = mem_zero(buckets + 2, sizeof *next);
    f->level = mem_alloc(c->distinct, sizeof *f->level);
    f->count = mem_alloc(c->distinct, sizeof *f->count);
    for (uint32_t cell = 0; cell < c->distinct; cell++) {
        struct place place = place_of(c->cells, cell);
        next[place.group * f->columns + place.tuple + 2]++;
    }
    for (size_t i = 0; i < buckets; i++)
        next[i + 2] += next[i + 1];
    for (uint32_t cell = 0; cell < c->distinct; cell++) {
        struct place place = place_of(c->cells, cell);
        size_t at = next[place.group * f->columns + place.tuple + 1]++;
        f->level[at] = cell;
        f->count[at] = c->weight[cell].high;
    }
    f->start = next;
}

static struct categorical_fit *take_result(struct counts *c, size_t columns)
{
    struct categorical_fit *f = mem_zero(1, sizeof *f);
    f->groups = dict_count(c->names);
    f->columns = columns;
    f->ungrouped = c->ungrouped;
    order_cells(f, c);
    f->names = c->names;
    f->cells = c->cells;
    f->missing = c->missing;
    c->names = c->cells = NULL;
    c->missing = NULL;
    return f;
}

static enum status check_sums(const struct categorical_fit *f, const struct table *table, const struct grouping *by,
                              struct err *err)
{
    for (size_t i = 0; i < f->groups * f->columns; i++) {
        double sum = 0;
        for (size_t k = f->start[i]; k < f->start[i + 1]; k++)
            sum += f->count[k];
        if (!isfinite(sum)) {
            char echo[ERR_ECHO];
            err_data(err, "column %zu '%s': the sum of the weights is too large", by->weight + 1,
                     err_echo(echo, slice_of(table_name(table, by->weight))));
            return err_at(err, table_file(table), 0);
        }
    }
    return STATUS_OK;
}

enum status categorical_fit(struct categorical_fit **fit, struct table *table, const struct grouping *by, size_t threads,
                            struct err *err)
{
    size_t *end = mem_alloc(by->n_columns, sizeof *end);
    for (size_t k = 0; k < by->n_columns; k++)
        end[k] = k + 1;
    enum status status = categorical_fit_tuples(fit, table, by, end, by->n_columns, threads, err);
    free(end);
    return status;
}

enum status categorical_fit_tuples(struct categorical_fit **fit, struct table *table, const struct grouping *by, const size_t *end,
                                   size_t tuples, size_t threads, struct err *err)
{
    for (size_t k = 0; k < by->n_columns; k++)
        table_want_text(table, by->columns[k]);
    if (by->by_group)
        table_want_text(table, by->group);
    if (by->weighted)
        table_want_number(table, by->weight);
    struct run run = {.by = by, .end = end, .tuples = tuples};
    counts_init(&run.counts);
    if (!by->by_group)
        add_group(&run.counts, (struct slice){"", 0}, tuples);
    struct fold fold = {sizeof(struct counts), map_block, reduce_block, counts_release};
    enum status status = table_fold(table, &fold, &run, threads, err);
    struct categorical_fit *f = NULL;
    if (status == STATUS_OK) {
        f = take_result(&run.counts, tuples);
        status = check_sums(f, table, by, err);
    }
    if (status == STATUS_OK)
        *fit = f;
    else
        categorical_free(f);
    counts_release(&run.counts);
    return status;
}

void categorical_free(struct categorical_fit *f)
{
    if (f == NULL)
        return;
    dict_free(f->names);
    dict_free(f->cells);
    free(f->missing);
    free(f->start);
    free(f->level);
    free(f->count);
    free(f);
}

struct slice categorical_level(const struct categorical_fit *f, size_t i)
{
    return value_of(f->cells, f->level[i]);
}

/* The bytes of some parts of a tuple's value. */
static struct slice cut_value(struct slice value, size_t first, size_t parts)
{
    const char *begin = value.p;
    const char *p = begin;
    for (size_t i = 0; i < first + parts; i++) {
        size_t n;
        if (i == first)
            begin = p;
        memcpy(&n, p, sizeof n);
        p += sizeof n + n;
    }
    return (struct slice){begin, (size_t)(p - begin)};
}

size_t categorical_margin(const struct categorical_fit *f, size_t i, size_t first, size_t parts, uint32_t *number)
{
    struct dict *values = dict_new();
    for (size_t k = f->start[i]; k < f->start[i + 1]; k++)
        number[k - f->start[i]] = dict_add(values, cut_value(categorical_level(f, k), first, parts));
    size_t count = dict_count(values);
    dict_free(values);
    return count;
}
