/* Weights of symbols for entropies: values that are counted, or counts and probabilities that are read.
 *
 * Counting: symbols_count counts cells of (group, column, value) (cells.c), then walks them and keeps only how
 * many symbols occur how often (frequencies.c). With a condition, a tuple is condition and symbol; the walk is
 * in sorted order, so that the cells of a condition follow each other and wait until its sum is known
 * (symbols_add_conditional, end_condition). A second count finds the distinct symbols whatever their condition.
 *
 * Beyond the limit on memory, counts are sorted in a temporary file (counts.h). The sorted frequencies make
 * every sum independent of threads and order. */
#include "fit/summary/symbols.h"

#include "base/mem.h"
#include "fit/summary/cells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Sets up a set from its frequencies. Without condition, `whole` is the sum of all counts, known only now. */
static void finish_set(struct symbols_set *set, struct information_frequency *frequency, size_t n)
{
    set->frequency = frequency;
    set->n = n;
    set->total = information_total(frequency, n);
    for (size_t i = 0; i < n; i++) {
        set->symbols += (size_t)frequency[i].times;
        if (set->n_conditions > 0)
            continue;
        set->distinct += frequency[i].count > 0 ? (size_t)frequency[i].times : 0;
        frequency[i].whole = set->total;
    }
}

/* Sorts the frequencies into their sets; conditions NULL: unconditional. */
static void sort_frequencies(struct symbols *s, const struct frequencies *frequencies,
                             const struct frequencies *conditions)
{
    size_t sets = s->groups * s->columns, *start = mem_alloc(sets + 1, sizeof *start);
    if (conditions != NULL) {
        s->condition = frequencies_sorted(conditions, sets, start);
        for (size_t i = 0; i < sets; i++) {
            s->set[i].condition = s->condition + start[i];
            s->set[i].n_conditions = start[i + 1] - start[i];
        }
    }
    s->frequency = frequencies_sorted(frequencies, sets, start);
    for (size_t i = 0; i < sets; i++)
        finish_set(&s->set[i], s->frequency + start[i], start[i + 1] - start[i]);
    free(start);
}

void symbols_single(struct symbols **symbols, const struct frequencies *frequencies)
{
    struct symbols *s = *symbols = mem_zero(1, sizeof *s);
    s->groups = s->columns = 1;
    s->names = dict_new();
    dict_add(s->names, (struct slice){"", 0});
    s->set = mem_zero(1, sizeof *s->set);
    sort_frequencies(s, frequencies, NULL);
}

void symbols_free(struct symbols *s)
{
    if (s == NULL)
        return;
    dict_free(s->names);
    free(s->set);
    free(s->frequency);
    free(s->condition);
    free(s);
}

/* ---- values ---- */

/* The state of a walk over the counted cells. */
struct symbols_walk {
    struct symbols *symbols;
    struct frequencies *frequencies, *conditions;
    size_t given, parts; /* columns of the condition at the beginning of a tuple, and columns behind them */

    /* The cells of a condition follow each other; they wait here until their sum is known. */
    struct counts *distinct; /* symbols, whatever their condition */
    char *condition;         /* place and condition of the waiting cells */
    double *waiting;
    struct dd whole;
    size_t condition_n, condition_capacity, n, capacity, set;
    char *key;
    size_t key_capacity;
};

static size_t set_of(const struct symbols_walk *w, struct slice key)
{
    struct cells_place place = cells_place(key);
    return place.group * w->symbols->columns + place.tuple;
}

static enum status symbols_add_cell(void *context, struct slice key, const struct dd *weight, struct err *err)
{
    struct symbols_walk *w = context;
    (void)err;
    frequencies_add(w->frequencies, set_of(w, key), weight->high, 0);
    return STATUS_OK;
}

static void end_condition(struct symbols_walk *w)
{
    for (size_t i = 0; i < w->n; i++)
        frequencies_add(w->frequencies, w->set, w->waiting[i], w->whole.high);
    if (w->n > 0)
        frequencies_add(w->conditions, w->set, w->whole.high, 0);
    w->n = 0;
    w->whole = dd_of(0);
}

static enum status symbols_add_conditional(void *context, struct slice key, const struct dd *weight, struct err *err)
{
    struct symbols_walk *w = context;
    struct slice value = cells_value(key), given = cells_parts(value, 0, w->given),
                 symbol = cells_parts(value, w->given, w->parts);
    size_t place = sizeof(struct cells_place), n = place + given.n;
    if (n != w->condition_n || memcmp(w->condition, key.p, n) != 0) {
        end_condition(w);
        w->condition = mem_grow(w->condition, &w->condition_capacity, n, 1);
        memcpy(w->condition, key.p, n);
        w->condition_n = n;
        w->set = set_of(w, key);
    }
    w->waiting = mem_grow(w->waiting, &w->capacity, w->n + 1, sizeof *w->waiting);
    w->waiting[w->n++] = weight->high;
    w->whole = dd_add(w->whole, *weight);
    if (weight->high == 0)
        return STATUS_OK;
    w->key = mem_grow(w->key, &w->key_capacity, place + symbol.n, 1);
    memcpy(w->key, key.p, place);
    memcpy(w->key + place, symbol.p, symbol.n);
    counts_add(w->distinct, (struct slice){w->key, place + symbol.n}, 0, dd_of(1));
    return counts_trim(w->distinct, err);
}

static enum status symbols_count_distinct(void *context, struct slice key, const struct dd *weight, struct err *err)
{
    struct symbols_walk *w = context;
    (void)weight;
    (void)err;
    w->symbols->set[set_of(w, key)].distinct++;
    return STATUS_OK;
}

static enum status walk_cells(struct symbols *s, struct cells *cells, const struct symbols_plan *plan,
                              const struct counts_limit *limit, struct err *err)
{
    struct symbols_walk w = {.symbols = s,
                             .frequencies = frequencies_new(),
                             .given = plan->n_given,
                             .parts = plan->joint ? plan->by->n_columns : 1};
    enum status status;
    if (plan->n_given == 0) {
        status = counts_walk(cells->counts, false, &w, symbols_add_cell, err);
    } else {
        w.conditions = frequencies_new();
        w.distinct = counts_new(1, limit);
        status = counts_walk(cells->counts, true, &w, symbols_add_conditional, err);
        end_condition(&w);
        if (status == STATUS_OK)
            status = counts_walk(w.distinct, false, &w, symbols_count_distinct, err);
    }
    if (status == STATUS_OK)
        sort_frequencies(s, w.frequencies, w.conditions);
    frequencies_free(w.frequencies);
    frequencies_free(w.conditions);
    counts_free(w.distinct);
    free(w.condition);
    free(w.waiting);
    free(w.key);
    return status;
}

/* Lists the columns of all tuples one after another, and the end of each. */
static size_t *list_tuples(const struct symbols_plan *plan, size_t *end, size_t *count)
{
    size_t n = plan->by->n_columns, tuples = plan->joint ? 1 : n, at = 0;
    size_t *columns = mem_alloc(tuples * plan->n_given + n, sizeof *columns);
    for (size_t t = 0; t < tuples; t++) {
        for (size_t k = 0; k < plan->n_given; k++)
            columns[at++] = plan->given[k];
        for (size_t k = plan->joint ? 0 : t; k < (plan->joint ? n : t + 1); k++)
            columns[at++] = plan->by->columns[k];
        end[t] = at;
    }
    *count = tuples;
    return columns;
}

static struct symbols *start_symbols(struct cells *cells)
{
    struct symbols *s = mem_zero(1, sizeof *s);
    s->groups = cells->groups;
    s->columns = cells->tuples;
    s->ungrouped = cells->ungrouped;
    s->names = cells->names;
    cells->names = NULL;
    s->set = mem_zero(s->groups * s->columns, sizeof *s->set);
    for (size_t i = 0; i < s->groups * s->columns; i++)
        s->set[i].missing = cells->missing[i];
    return s;
}

/* Turns sums of weights into the numbers of rows that they stand for. */
static void weigh(struct symbols *s, const struct cells *cells)
{
    for (size_t i = 0; i < s->groups * s->columns; i++) {
        struct symbols_set *set = &s->set[i];
        struct information_frequency *f = s->frequency + (set->frequency - s->frequency);
        set->rows = cells->rows[i];
        set->weight = set->total;
        if (cells->weights[i].n == 0)
            continue;
        for (size_t k = 0; k < set->n; k++) {
            f[k].count = cells_effective(cells, i, f[k].count);
            f[k].whole = cells_effective(cells, i, f[k].whole);
        }
        for (size_t k = 0; k < set->n_conditions; k++) {
            size_t at = (size_t)(set->condition - s->condition) + k;
            s->condition[at].count = cells_effective(cells, i, s->condition[at].count);
        }
        set->total = cells_effective(cells, i, set->weight);
    }
}

enum status symbols_count(struct symbols **symbols, struct table *table, const struct symbols_plan *plan,
                          size_t threads, struct err *err)
{
    struct grouping by = *plan->by;
    struct counts_limit limit = plan->limit;
    struct cells *cells = NULL;
    size_t *end = mem_alloc(by.n_columns, sizeof *end), tuples;
    limit.memory /= plan->n_given > 0 ? 2 : 1; /* half for cells, half for symbols whatever their condition */
    by.columns = list_tuples(plan, end, &tuples);
    by.n_columns = end[tuples - 1];
    enum status status =
        cells_count(&cells, table, &(struct cells_plan){&by, end, tuples, &limit, false}, threads, err);
    if (status == STATUS_OK) {
        *symbols = start_symbols(cells);
        status = walk_cells(*symbols, cells, plan, &limit, err);
    }
    if (status == STATUS_OK)
        weigh(*symbols, cells);
    for (size_t i = 0; status == STATUS_OK && i < (*symbols)->groups * tuples; i++)
        if (!isfinite((*symbols)->set[i].weight))
            status = grouping_overflow(&by, table, err);
    cells_free(cells);
    free(by.columns);
    free(end);
    return status;
}

/* ---- numbers ---- */

struct symbols_reading {
    struct symbols *symbols;
    struct frequencies *frequencies;
    const struct grouping *by;
    bool probabilities;
};

static enum status symbols_read_block(void *context, void *state, struct block *block, struct err *err)
{
    struct symbols_reading *reading = context;
    struct symbols *s = reading->symbols;
    (void)state;
    for (size_t r = 0; r < block->rows; r++) {
        struct slice name = reading->by->by_group ? block->texts[0][r] : (struct slice){"", 0};
        if (name.p == NULL) {
            s->ungrouped++;
            continue;
        }
        size_t group = dict_add(s->names, name);
        for (size_t k = 0; k < s->columns; k++) {
            double v = block->numbers[r * block->row_step + k * block->column_step];
            if (isnan(v))
                return block_number_error(block, r, k, err, "the value is missing");
            if (v < 0 || isinf(v) || (reading->probabilities && v > 1 + 1e-9))
                return block_number_error(block, r, k, err, "%.12g is not a %s", v,
                                          reading->probabilities ? "probability" : "count");
            frequencies_add(reading->frequencies, group * s->columns + k, v, 0);
        }
    }
    return STATUS_OK;
}

enum status symbols_read(struct symbols **symbols, struct table *table, const struct grouping *by, bool probabilities,
                         size_t threads, struct err *err)
{
    struct symbols *s = mem_zero(1, sizeof *s);
    struct symbols_reading reading = {s, frequencies_new(), by, probabilities};
    s->columns = by->n_columns;
    s->names = dict_new();
    if (by->by_group)
        table_want_text(table, by->group);
    else
        dict_add(s->names, (struct slice){"", 0});
    for (size_t k = 0; k < by->n_columns; k++)
        table_want_number(table, by->columns[k]);
    enum status status = table_fold(table, &(struct table_fold){.reduce = symbols_read_block}, &reading, threads, err);
    if (status == STATUS_OK) {
        s->groups = dict_count(s->names);
        s->set = mem_zero(s->groups * s->columns, sizeof *s->set);
        sort_frequencies(s, reading.frequencies, NULL);
        *symbols = s;
    } else {
        symbols_free(s);
    }
    frequencies_free(reading.frequencies);
    return status;
}
