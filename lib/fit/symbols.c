#include "fit/symbols.h"

#include "base/mem.h"
#include "fit/categorical.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void symbols_start(struct symbols **symbols)
{
    struct symbols *s = mem_zero(1, sizeof *s);
    s->groups = s->columns = 1;
    s->names = dict_new();
    dict_add(s->names, (struct slice){"", 0});
    s->set = mem_zero(1, sizeof *s->set);
    s->set[0].n_given = 1;
    *symbols = s;
}

void symbols_add(struct symbols_set *set, double weight)
{
    set->weight = mem_grow(set->weight, &set->capacity, set->n + 1, sizeof *set->weight);
    set->weight[set->n++] = weight;
    set->distinct += weight > 0;
}

void symbols_free(struct symbols *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->groups * s->columns; i++) {
        free(s->set[i].weight);
        free(s->set[i].given);
    }
    free(s->set);
    dict_free(s->names);
    free(s);
}

/* ---- values ---- */

/* The first parts of a tuple of columns are its condition, those behind them the symbol. */
static void take_set(struct symbols_set *set, const struct categorical_fit *f, size_t i, size_t given, size_t parts)
{
    size_t n = f->start[i + 1] - f->start[i];
    set->weight = mem_alloc(n, sizeof *set->weight);
    memcpy(set->weight, f->count + f->start[i], n * sizeof *set->weight);
    set->n = n;
    set->missing = f->missing[i];
    set->n_given = 1;
    if (given == 0) {
        for (size_t k = 0; k < n; k++)
            set->distinct += set->weight[k] > 0;
        return;
    }
    uint32_t *symbol = mem_alloc(n, sizeof *symbol);
    size_t symbols = categorical_margin(f, i, given, parts, symbol);
    bool *seen = mem_zero(symbols, sizeof *seen);
    for (size_t k = 0; k < n; k++) {
        set->distinct += set->weight[k] > 0 && !seen[symbol[k]];
        seen[symbol[k]] = seen[symbol[k]] || set->weight[k] > 0;
    }
    set->given = mem_alloc(n, sizeof *set->given);
    set->n_given = categorical_margin(f, i, 0, given, set->given);
    free(symbol);
    free(seen);
}

/* The columns of all tuples behind one another, and where each ends. */
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

enum status symbols_count(struct symbols **symbols, struct table *table, const struct symbols_plan *plan, size_t threads,
                          struct err *err)
{
    struct grouping by = *plan->by;
    struct categorical_fit *fit = NULL;
    size_t *end = mem_alloc(by.n_columns, sizeof *end), tuples;
    by.columns = list_tuples(plan, end, &tuples);
    by.n_columns = end[tuples - 1];
    enum status status = categorical_fit_tuples(&fit, table, &by, end, tuples, threads, err);
    if (status == STATUS_OK) {
        struct symbols *s = mem_zero(1, sizeof *s);
        s->groups = fit->groups;
        s->columns = tuples;
        s->ungrouped = fit->ungrouped;
        s->names = fit->names;
        fit->names = NULL;
        s->set = mem_zero(s->groups * tuples, sizeof *s->set);
        for (size_t i = 0; i < s->groups * tuples; i++)
            take_set(&s->set[i], fit, i, plan->n_given, plan->joint ? plan->by->n_columns : 1);
        *symbols = s;
    }
    categorical_free(fit);
    free(by.columns);
    free(end);
    return status;
}

/* ---- numbers ---- */

struct reading {
    struct symbols *symbols;
    const struct grouping *by;
    const char *what;
    size_t capacity;
};

static struct symbols_set *add_group(struct reading *reading, struct slice name)
{
    struct symbols *s = reading->symbols;
    uint32_t group = dict_add(s->names, name);
    if (group == s->groups) {
        s->set = mem_grow(s->set, &reading->capacity, ++s->groups * s->columns, sizeof *s->set);
        memset(s->set + group * s->columns, 0, s->columns * sizeof *s->set);
        for (size_t i = 0; i < s->columns; i++)
            s->set[group * s->columns + i].n_given = 1;
    }
    return s->set + group * s->columns;
}

static enum status read_block(void *context, void *state, struct block *block, struct err *err)
{
    struct reading *reading = context;
    (void)state;
    for (size_t r = 0; r < block->rows; r++) {
        struct slice name = reading->by->by_group ? block->texts[0][r] : (struct slice){"", 0};
        if (name.p == NULL) {
            reading->symbols->ungrouped++;
            continue;
        }
        struct symbols_set *set = add_group(reading, name);
        for (size_t s = 0; s < reading->symbols->columns; s++) {
            double v = block->numbers[r * block->row_step + s * block->column_step];
            if (isnan(v))
                return block_number_error(block, r, s, err, "the value is missing");
            if (v < 0 || isinf(v))
                return block_number_error(block, r, s, err, "%g is no %s", v, reading->what);
            symbols_add(&set[s], v);
        }
    }
    return STATUS_OK;
}

enum status symbols_read(struct symbols **symbols, struct table *table, const struct grouping *by, const char *what,
                         size_t threads, struct err *err)
{
    struct symbols *s = mem_zero(1, sizeof *s);
    struct reading reading = {.symbols = s, .by = by, .what = what};
    s->columns = by->n_columns;
    s->names = dict_new();
    if (by->by_group)
        table_want_text(table, by->group);
    else
        add_group(&reading, (struct slice){"", 0});
    for (size_t k = 0; k < by->n_columns; k++)
        table_want_number(table, by->columns[k]);
    enum status status = table_fold(table, &(struct fold){.reduce = read_block}, &reading, threads, err);
    if (status == STATUS_OK)
        *symbols = s;
    else
        symbols_free(s);
    return status;
}
