/* Counts the values of columns, or of tuples of columns, by groups of rows.
 *
 * 1. cells_map_block counts a block in a dictionary of its own; the key of a cell is group, tuple and value
 *    (add_weight).
 * 2. cells_reduce_block renumbers the groups of the block in the order of their first rows in the table and adds
 *    its cells to all, in the order of the blocks.
 * 3. Beyond the plan's limit on memory, counts move to a temporary file (counts_trim).
 *
 * Weights are summed in double-double and blocks are merged in the order of the input: results do not depend on
 * the number of threads. Memory grows with the distinct cells, at most the limit plus a block per thread. */
#include "fit/summary/cells.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The counts of a block, or of the whole table. */
struct cells_part {
    struct counts *counts;
    struct dict *names;
    size_t *missing, *rows;  /* groups x tuples */
    struct moments *weights; /* groups x tuples, of importances: their number, sum and squares (math/moments.h) */
    size_t ungrouped, missing_capacity, rows_capacity, weights_capacity;
    size_t reserved; /* number of groups with room in these arrays */
    char *key, *value;
    size_t key_capacity, value_capacity;
};

struct cells_run {
    const struct cells_plan *plan;
    struct cells_part all;
};

static void part_init(struct cells_part *part, const struct cells_plan *plan, const struct counts_limit *limit)
{
    if (part->names == NULL) {
        part->names = dict_new();
        part->counts = counts_new(plan->counts_rows ? 2 : 1, limit);
    }
    dict_clear(part->names);
    counts_clear(part->counts);
    part->reserved = part->ungrouped = 0;
}

static void cells_part_release(void *state)
{
    struct cells_part *part = state;
    counts_free(part->counts);
    dict_free(part->names);
    free(part->missing);
    free(part->rows);
    free(part->weights);
    free(part->key);
    free(part->value);
}

static uint32_t add_group(struct cells_part *part, struct slice name, size_t tuples)
{
    uint32_t group = dict_add(part->names, name);
    if (group == part->reserved) {
        size_t n = (group + 1) * tuples;
        part->missing = mem_grow(part->missing, &part->missing_capacity, n, sizeof *part->missing);
        part->rows = mem_grow(part->rows, &part->rows_capacity, n, sizeof *part->rows);
        part->weights = mem_grow(part->weights, &part->weights_capacity, n, sizeof *part->weights);
        for (size_t i = group * tuples; i < n; i++) {
            part->missing[i] = part->rows[i] = 0;
            part->weights[i] = (struct moments){0};
        }
        part->reserved++;
    }
    return group;
}

/* sums: the weight and, if they are counted, the number of rows. */
static void add_cell(struct cells_part *part, struct cells_place place, struct slice value, const struct dd *sums)
{
    part->key = mem_grow(part->key, &part->key_capacity, sizeof place + value.n, 1);
    memcpy(part->key, &place, sizeof place);
    memcpy(part->key + sizeof place, value.p, value.n);
    struct slice key = {part->key, sizeof place + value.n};
    if (part->counts->width == 1)
        counts_add(part->counts, key, 0, *sums);
    else
        counts_add_sums(part->counts, key, sums);
}

/* ---- keys ---- */

struct cells_place cells_place(struct slice key)
{
    struct cells_place place;
    memcpy(&place, key.p, sizeof place);
    return place;
}

struct slice cells_value(struct slice key)
{
    return (struct slice){key.p + sizeof(struct cells_place), key.n - sizeof(struct cells_place)};
}

struct slice cells_parts(struct slice value, size_t first, size_t parts)
{
    const char *begin = value.p, *p = begin;
    for (size_t i = 0; i < first + parts; i++) {
        size_t n;
        if (i == first)
            begin = p;
        memcpy(&n, p, sizeof n);
        p += sizeof n + n;
    }
    return (struct slice){begin, (size_t)(p - begin)};
}

/* ---- blocks ---- */

/* The value in the text slots first .. end - 1 of a row; p is NULL if one of them is missing. */
static struct slice tuple_value(struct cells_part *part, const struct block *b, size_t row, size_t first, size_t end)
{
    if (end - first == 1)
        return b->texts[first][row];
    size_t n = 0;
    for (size_t slot = first; slot < end; slot++) {
        struct slice text = b->texts[slot][row];
        if (text.p == NULL)
            return text;
        part->value = mem_grow(part->value, &part->value_capacity, n + sizeof text.n + text.n, 1);
        memcpy(part->value + n, &text.n, sizeof text.n);
        memcpy(part->value + n + sizeof text.n, text.p, text.n);
        n += sizeof text.n + text.n;
    }
    return (struct slice){part->value, n};
}

/* Counts the values of a row; exponent: that of the importances of the block. */
static void add_row(const struct cells_plan *plan, struct cells_part *part, const struct block *b, size_t row,
                    uint32_t group, int exponent)
{
    const struct grouping *by = plan->by;
    const struct dd sums[] = {dd_of(by->weighted ? b->numbers[row] : 1), dd_of(1)};
    size_t first = group * plan->tuples;
    for (size_t k = 0; k < plan->tuples; k++) {
        struct slice value = tuple_value(part, b, row, k > 0 ? plan->end[k - 1] : 0, plan->end[k]);
        if (value.p == NULL) {
            part->missing[first + k]++;
            continue;
        }
        part->rows[first + k]++;
        if (by->importances)
            moments_add_importance(&part->weights[first + k], sums->high, exponent);
        add_cell(part, (struct cells_place){group, (uint32_t)k}, value, sums);
    }
}

static enum status cells_map_block(void *context, void *state, struct block *b, struct err *err)
{
    const struct cells_plan *plan = ((const struct cells_run *)context)->plan;
    const struct grouping *by = plan->by;
    struct cells_part *part = state;
    if (by->weighted && grouping_check_weights(b, b->numbers, 0, err) != STATUS_OK)
        return err->status;
    part_init(part, plan, NULL);
    int exponent = by->importances ? moments_exponent(b->numbers, b->rows) : 0;
    for (size_t row = 0; row < b->rows; row++) {
        struct slice name = by->by_group ? b->texts[by->n_columns][row] : (struct slice){"", 0};
        if (name.p == NULL) {
            part->ungrouped++;
            continue;
        }
        add_row(plan, part, b, row, add_group(part, name, plan->tuples), exponent);
    }
    return STATUS_OK;
}

static enum status cells_reduce_block(void *context, void *state, struct block *b, struct err *err)
{
    struct cells_run *run = context;
    const struct cells_part *part = state;
    struct cells_part *all = &run->all;
    size_t tuples = run->plan->tuples;
    (void)b;
    all->ungrouped += part->ungrouped;
    for (uint32_t g = 0; g < dict_count(part->names); g++) {
        size_t to = add_group(all, dict_text(part->names, g), tuples);
        for (size_t k = 0; k < tuples; k++) {
            size_t i = to * tuples + k, j = g * tuples + k;
            all->missing[i] += part->missing[j];
            all->rows[i] += part->rows[j];
            all->weights[i] = moments_merge(all->weights[i], part->weights[j]);
        }
    }
    for (uint32_t cell = 0; cell < dict_count(part->counts->keys); cell++) {
        struct slice key = dict_text(part->counts->keys, cell);
        struct cells_place place = cells_place(key);
        place.group = dict_find(all->names, dict_text(part->names, place.group));
        add_cell(all, place, cells_value(key), part->counts->value + cell * part->counts->width);
    }
    return counts_trim(all->counts, err);
}

enum status cells_count(struct cells **cells, struct table *table, const struct cells_plan *plan, size_t threads,
                        struct err *err)
{
    const struct grouping *by = plan->by;
    for (size_t k = 0; k < by->n_columns; k++)
        table_want_text(table, by->columns[k]);
    if (by->by_group)
        table_want_text(table, by->group);
    if (by->weighted)
        table_want_number(table, by->weight);
    struct cells_run run = {.plan = plan};
    part_init(&run.all, plan, plan->limit);
    if (!by->by_group)
        add_group(&run.all, (struct slice){"", 0}, plan->tuples);
    struct table_fold fold = {sizeof(struct cells_part), cells_map_block, cells_reduce_block, cells_part_release};
    enum status status = table_fold(table, &fold, &run, threads, err);
    if (status == STATUS_OK) {
        struct cells *c = *cells = mem_zero(1, sizeof *c);
        *c = (struct cells){.groups = dict_count(run.all.names),
                            .tuples = plan->tuples,
                            .names = run.all.names,
                            .missing = run.all.missing,
                            .rows = run.all.rows,
                            .weights = run.all.weights,
                            .ungrouped = run.all.ungrouped,
                            .counts = run.all.counts};
        run.all.names = NULL;
        run.all.missing = run.all.rows = NULL;
        run.all.weights = NULL;
        run.all.counts = NULL;
    }
    cells_part_release(&run.all);
    return status;
}

void cells_free(struct cells *c)
{
    if (c == NULL)
        return;
    dict_free(c->names);
    free(c->missing);
    free(c->rows);
    free(c->weights);
    counts_free(c->counts);
    free(c);
}

double cells_effective(const struct cells *c, size_t set, double weight)
{
    const struct moments *m = &c->weights[set];
    return m->weight.high > 0 ? ldexp(weight, -m->exponent) * moments_effective_factor(m).high : weight;
}
