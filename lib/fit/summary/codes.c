/* Columns as integer codes, for measures of dependence between pairs of columns.
 *
 * 1. Each block gets codes from dictionaries of its own, in parallel (codes_map_block); they are renumbered in
 *    the order of first rows when the block is appended (codes_reduce_block).
 * 2. arrange_rows sorts the rows by group (order_rows) and drops rows without group.
 * 3. Numeric columns are cut into bins of equal width (bin_by_width) or of equal frequency by sorting
 *    (bin_by_frequency).
 * 4. join_condition replaces the columns of the condition by one code per combination of their levels, and every
 *    other column by its combination with that.
 *
 * Memory: 4 bytes per row and column (8 for a column until it is binned), 8 for weights; rows beyond the limit
 * go to a temporary file (store.h). Codes depend on the order of the rows only, not on the threads. */
#include "fit/summary/codes.h"

#include "base/mem.h"
#include "data/keys/dict.h"
#include "data/keys/order.h"
#include "math/moments.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A column being read: a dictionary and codes for levels, plain numbers if they will be binned. */
struct codes_column {
    bool binned; /* or stays a column of numbers */
    bool stays_number;
    size_t slot; /* among the texts or the numbers of a block */
    struct dict *dict;
    uint32_t *code;
    double *number;
    size_t capacity;
};

struct codes_run {
    const struct codes_options *options;
    struct codes_column *column;
    size_t rows, group_slot, weight_slot;
    struct dict *names;
    uint32_t *group; /* per row, with groups; DICT_NONE: none */
    double *weight;  /* per row, with weights */
    size_t group_capacity, weight_capacity;
    struct store store; /* holds all arrays with an element per row */
};

/* The state of a thread: for its block, a dictionary and the codes of each column. */
struct codes_part {
    size_t columns;
    struct dict **dict;
    uint32_t *code; /* columns x rows of the block */
    uint32_t *known;
    size_t code_capacity, known_capacity;
};

static void codes_part_release(void *state)
{
    struct codes_part *part = state;
    for (size_t k = 0; k < part->columns; k++)
        dict_free(part->dict[k]);
    free(part->dict);
    free(part->code);
    free(part->known);
}

static enum status codes_map_block(void *context, void *state, struct block *b, struct err *err)
{
    const struct codes_run *run = context;
    struct codes_part *part = state;
    (void)err;
    if (part->dict == NULL) {
        part->columns = run->options->n_columns;
        part->dict = mem_alloc(part->columns, sizeof(struct dict *));
        for (size_t k = 0; k < part->columns; k++)
            part->dict[k] = dict_new();
    }
    part->code = mem_grow(part->code, &part->code_capacity, part->columns * b->rows, sizeof *part->code);
    for (size_t k = 0; k < part->columns; k++) {
        if (run->column[k].binned)
            continue;
        const struct slice *text = b->texts[run->column[k].slot];
        uint32_t *code = part->code + k * b->rows;
        dict_clear(part->dict[k]);
        for (size_t r = 0; r < b->rows; r++)
            code[r] = text[r].p == NULL ? DICT_NONE : dict_add(part->dict[k], text[r]);
    }
    return STATUS_OK;
}

/* Appends the codes of column k of a block. */
static enum status append_codes(struct codes_run *run, struct codes_part *part, size_t k, size_t rows, struct err *err)
{
    struct codes_column *column = &run->column[k];
    const struct dict *dict = part->dict[k];
    const uint32_t *from = part->code + k * rows;
    uint32_t *code =
        store_grow(&run->store, column->code, &column->capacity, run->rows, run->rows + rows, sizeof *code, err);
    if (code == NULL)
        return err->status;
    column->code = code;
    part->known = mem_grow(part->known, &part->known_capacity, dict_count(dict), sizeof *part->known);
    for (uint32_t i = 0; i < dict_count(dict); i++)
        part->known[i] = dict_add(column->dict, dict_text(dict, i));
    for (size_t r = 0; r < rows; r++)
        code[run->rows + r] = from[r] == DICT_NONE ? DICT_NONE : part->known[from[r]];
    return STATUS_OK;
}

static enum status append_numbers(struct codes_run *run, struct codes_column *column, const struct block *b,
                                  struct err *err)
{
    size_t rows = run->rows + b->rows;
    double *number = store_grow(&run->store, column->number, &column->capacity, run->rows, rows, sizeof *number, err);
    if (number == NULL)
        return err->status;
    column->number = number;
    for (size_t r = 0; r < b->rows; r++) {
        double v = b->numbers[r * b->row_step + column->slot * b->column_step];
        if (isinf(v))
            return block_number_error(b, r, column->slot, err, "%s",
                                      column->stays_number ? "the value is infinite" : "an infinite value has no bin");
        number[run->rows + r] = v;
    }
    return STATUS_OK;
}

/* Appends the groups and weights of a block. */
static enum status append_roles(struct codes_run *run, const struct block *b, struct err *err)
{
    const struct grouping *by = run->options->by;
    size_t rows = run->rows + b->rows;
    if (by->weighted) {
        const double *w = b->numbers + run->weight_slot * b->column_step;
        if (grouping_check_weights(b, w, run->weight_slot, err) != STATUS_OK)
            return err->status;
        double *weight =
            store_grow(&run->store, run->weight, &run->weight_capacity, run->rows, rows, sizeof *weight, err);
        if (weight == NULL)
            return err->status;
        run->weight = weight;
        memcpy(weight + run->rows, w, b->rows * sizeof *w);
    }
    if (by->by_group) {
        uint32_t *group =
            store_grow(&run->store, run->group, &run->group_capacity, run->rows, rows, sizeof *group, err);
        if (group == NULL)
            return err->status;
        run->group = group;
        for (size_t r = 0; r < b->rows; r++) {
            struct slice name = b->texts[run->group_slot][r];
            group[run->rows + r] = name.p != NULL ? dict_add(run->names, name) : DICT_NONE;
        }
    }
    return STATUS_OK;
}

static enum status codes_reduce_block(void *context, void *state, struct block *b, struct err *err)
{
    struct codes_run *run = context;
    struct codes_part *part = state;
    enum status status = append_roles(run, b, err);
    for (size_t k = 0; k < part->columns && status == STATUS_OK; k++) {
        if (run->column[k].binned)
            status = append_numbers(run, &run->column[k], b, err);
        else
            status = append_codes(run, part, k, b->rows, err);
    }
    run->rows += b->rows;
    if (status == STATUS_OK && run->rows >= UINT32_MAX)
        status = block_row_error(b, 0, err, "there are too many rows");
    return status;
}

/* ---- bins ---- */

static void bin_by_width(const double *v, size_t n, size_t bins, uint32_t *code)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        low = fmin(low, v[i]);
        high = fmax(high, v[i]);
    }
    double width = high / 2 - low / 2; /* half the width, as the difference could overflow */
    for (size_t i = 0; i < n; i++) {
        double at = width > 0 ? floor((v[i] / 2 - low / 2) / width * (double)bins) : 0;
        code[i] = isnan(v[i]) ? DICT_NONE : (uint32_t)fmin(at, (double)(bins - 1));
    }
}

static int codes_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The number of sorted values less than v. */
static size_t rank_of(const double *sorted, size_t n, double v)
{
    size_t from = 0;
    while (n > 0) {
        size_t half = n / 2;
        if (sorted[from + half] < v) {
            from += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return from;
}

/* sorted: scratch space for n numbers. */
static void bin_by_frequency(const double *v, size_t n, size_t bins, uint32_t *code, double *sorted)
{
    size_t known = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(v[i]))
            sorted[known++] = v[i];
    qsort(sorted, known, sizeof *sorted, codes_compare);
    for (size_t i = 0; i < n; i++)
        code[i] = isnan(v[i]) ? DICT_NONE : (uint32_t)(rank_of(sorted, known, v[i]) * bins / known);
}

static enum status bin(struct codes_run *run, struct codes_column *column, size_t rows, struct err *err)
{
    const struct codes_options *o = run->options;
    double *sorted = NULL;
    column->code = store_alloc(&run->store, rows, sizeof *column->code, err);
    if (column->code != NULL && o->binning == CODES_FREQUENCY)
        sorted = store_alloc(&run->store, rows, sizeof *sorted, err);
    if (column->code == NULL || (sorted == NULL && o->binning == CODES_FREQUENCY))
        return err->status;
    if (o->binning == CODES_WIDTH)
        bin_by_width(column->number, rows, o->bins, column->code);
    else
        bin_by_frequency(column->number, rows, o->bins, column->code, sorted);
    store_drop(&run->store, sorted);
    store_drop(&run->store, column->number);
    return STATUS_OK;
}

static enum status finish_column(struct codes_run *run, struct codes_column *column, size_t rows, uint32_t *levels,
                                 struct err *err)
{
    *levels = 0;
    if (column->stays_number)
        return STATUS_OK;
    *levels = column->binned ? (uint32_t)run->options->bins : (uint32_t)dict_count(column->dict);
    if (column->binned && bin(run, column, rows, err) != STATUS_OK)
        return err->status;
    for (size_t r = 0; r < rows; r++)
        if (column->code[r] == DICT_NONE)
            column->code[r] = *levels;
    return STATUS_OK;
}

/* ---- conditions ---- */

/* code := the number of the pair (code, other), in the order of first rows; missing if either is missing. */
static void join(uint32_t *code, uint32_t *levels, const uint32_t *other, uint32_t other_levels, size_t rows)
{
    struct dict *pairs = dict_new();
    uint32_t missing = *levels;
    for (size_t r = 0; r < rows; r++) {
        uint32_t pair[2] = {code[r], other[r]};
        bool known = pair[0] != missing && pair[1] != other_levels;
        code[r] = known ? dict_add(pairs, (struct slice){(const char *)pair, sizeof pair}) : DICT_NONE;
    }
    *levels = (uint32_t)dict_count(pairs);
    for (size_t r = 0; r < rows; r++)
        if (code[r] == DICT_NONE)
            code[r] = *levels;
    dict_free(pairs);
}

static void join_condition(struct codes *c, size_t n_given)
{
    size_t first = c->columns - n_given;
    for (size_t k = first + 1; k < c->columns; k++) {
        join(c->code[first], &c->levels[first], c->code[k], c->levels[k], c->rows);
        store_drop(&c->store, c->code[k]);
    }
    c->condition = c->code[first];
    c->conditions = c->levels[first];
    c->columns = first;
    c->condition_of = mem_alloc(first, sizeof *c->condition_of);
    for (size_t k = 0; k < first; k++) {
        join(c->code[k], &c->levels[k], c->condition, c->conditions, c->rows);
        c->condition_of[k] = mem_zero((size_t)c->levels[k] + 1, sizeof **c->condition_of);
        for (size_t r = 0; r < c->rows; r++)
            c->condition_of[k][c->code[k][r]] = c->condition[r];
    }
}

/* ---- groups ---- */

/* Permutes n rows into the given order, with room for as many; rows may be NULL. */
static void arrange(void *rows, const size_t *order, size_t n, size_t size, void *room)
{
    char *arranged = room, *old = rows;
    for (size_t i = 0; rows != NULL && i < n; i++)
        memcpy(arranged + i * size, old + order[i] * size, size);
    if (rows != NULL)
        memcpy(old, arranged, n * size);
}

/* Sorts the rows by group; rows without a group are dropped. */
static enum status arrange_rows(struct codes_run *run, struct codes *c, struct err *err)
{
    c->groups = dict_count(run->names);
    c->start = mem_zero(c->groups + 2, sizeof *c->start);
    c->rows = run->rows;
    if (run->group == NULL) {
        for (size_t g = 1; g <= c->groups; g++)
            c->start[g] = c->rows;
        return STATUS_OK;
    }
    size_t *order = store_alloc(&run->store, run->rows, sizeof *order, err);
    double *room = order != NULL ? store_alloc(&run->store, run->rows, sizeof *room, err) : NULL;
    if (room == NULL)
        return err->status;
    order_rows(run->group, run->rows, c->groups, order, c->start);
    c->rows = c->start[c->groups];
    c->ungrouped = run->rows - c->rows;
    for (size_t k = 0; k < run->options->n_columns; k++) {
        arrange(run->column[k].number, order, c->rows, sizeof *run->column[k].number, room);
        arrange(run->column[k].code, order, c->rows, sizeof *run->column[k].code, room);
    }
    arrange(run->weight, order, c->rows, sizeof *run->weight, room);
    store_drop(&run->store, order);
    store_drop(&run->store, room);
    return STATUS_OK;
}

struct codes codes_of_group(const struct codes *c, size_t group, uint32_t **code)
{
    struct codes g = *c;
    size_t first = c->start[group];
    for (size_t k = 0; k < c->columns; k++)
        code[k] = c->code[k] != NULL ? c->code[k] + first : NULL;
    g.code = code;
    g.rows = c->start[group + 1] - first;
    g.condition = c->condition != NULL ? c->condition + first : NULL;
    g.weight = c->weight != NULL ? c->weight + first : NULL;
    g.exponent = c->exponent + group;
    return g;
}

/* ---- reading ---- */

static void want_columns(struct codes_run *run, struct table *table)
{
    const struct codes_options *o = run->options;
    for (size_t k = 0; k < o->n_columns; k++) {
        run->column[k].stays_number = o->stays_number != NULL && o->stays_number[k];
        run->column[k].binned =
            run->column[k].stays_number || (o->bins > 0 && table_kind(table, o->columns[k]) == COLUMN_NUMBER);
        run->column[k].slot =
            run->column[k].binned ? table_want_number(table, o->columns[k]) : table_want_text(table, o->columns[k]);
        run->column[k].dict = dict_new();
    }
    run->names = dict_new();
    if (o->by->by_group)
        run->group_slot = table_want_text(table, o->by->group);
    else
        dict_add(run->names, (struct slice){"", 0});
    if (o->by->weighted)
        run->weight_slot = table_want_number(table, o->by->weight);
}

/* Brings the weights of each group near 1, so that their products neither overflow nor vanish. */
static void scale_weights(struct codes *c)
{
    c->exponent = mem_zero(c->groups + 1, sizeof *c->exponent);
    for (size_t g = 0; c->weight != NULL && g < c->groups; g++) {
        c->exponent[g] = moments_exponent(c->weight + c->start[g], c->start[g + 1] - c->start[g]);
        for (size_t r = c->start[g]; r < c->start[g + 1]; r++)
            c->weight[r] = ldexp(c->weight[r], -c->exponent[g]);
    }
}

static enum status finish_codes(struct codes_run *run, struct codes *c, struct err *err)
{
    const struct codes_options *o = run->options;
    enum status status = arrange_rows(run, c, err);
    c->columns = o->n_columns;
    c->conditions = 1;
    c->code = mem_zero(c->columns, sizeof *c->code);
    c->number = mem_zero(c->columns, sizeof *c->number);
    c->levels = mem_alloc(c->columns, sizeof *c->levels);
    for (size_t k = 0; k < c->columns && status == STATUS_OK; k++) {
        status = finish_column(run, &run->column[k], c->rows, &c->levels[k], err);
        c->code[k] = run->column[k].code;
        c->number[k] = run->column[k].stays_number ? run->column[k].number : NULL;
    }
    c->names = run->names;
    c->weight = run->weight;
    c->importances = o->by->importances;
    c->store = run->store;
    run->names = NULL;
    run->store = (struct store){0};
    if (status == STATUS_OK)
        scale_weights(c);
    if (status == STATUS_OK && o->n_given > 0)
        join_condition(c, o->n_given);
    return status;
}

static enum status check_weights(const struct codes_run *run, const struct table *table, struct err *err)
{
    double sum = 0;
    for (size_t r = 0; run->weight != NULL && r < run->rows; r++)
        sum += run->weight[r];
    if (run->weight != NULL && run->rows > 0 && sum == 0)
        return grouping_weightless(run->options->by, table, err);
    return isfinite(sum) ? STATUS_OK : grouping_overflow(run->options->by, table, err);
}

enum status codes_read(struct codes **codes, struct table *table, const struct codes_options *options, size_t threads,
                       struct err *err)
{
    struct codes_run run = {.options = options, .column = mem_zero(options->n_columns, sizeof *run.column)};
    run.store = (struct store){.limit = options->memory, .directory = options->directory};
    struct table_fold fold = {sizeof(struct codes_part), codes_map_block, codes_reduce_block, codes_part_release};
    want_columns(&run, table);
    enum status status = table_fold(table, &fold, &run, threads, err);
    if (status == STATUS_OK)
        status = check_weights(&run, table, err);
    if (status == STATUS_OK) {
        *codes = mem_zero(1, sizeof **codes);
        status = finish_codes(&run, *codes, err);
    }
    for (size_t k = 0; k < options->n_columns; k++)
        dict_free(run.column[k].dict);
    dict_free(run.names);
    free(run.column);
    store_release(&run.store);
    return status;
}

void codes_free(struct codes *c)
{
    if (c == NULL)
        return;
    for (size_t k = 0; c->condition_of != NULL && k < c->columns; k++)
        free(c->condition_of[k]);
    free(c->code);
    free(c->number);
    free(c->levels);
    free(c->condition_of);
    store_release(&c->store);
    dict_free(c->names);
    free(c->start);
    free(c->exponent);
    free(c);
}
