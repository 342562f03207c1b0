#include "fit/codes.h"

#include "base/mem.h"
#include "data/dict.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A column that is being read: levels by a dict, numbers as they are. */
struct reading {
    bool binned;
    size_t slot; /* of texts or of numbers */
    struct dict *dict;
    uint32_t *code;
    double *number;
    size_t capacity;
};

struct run {
    const struct codes_options *options;
    struct reading *column;
    size_t rows;
};

/* What a thread knows of its block: a dict and the codes of each column. */
struct part {
    size_t columns;
    struct dict **dict;
    uint32_t *code; /* columns x rows of the block */
    uint32_t *known;
    size_t code_capacity, known_capacity;
};

static void part_release(void *state)
{
    struct part *part = state;
    for (size_t k = 0; k < part->columns; k++)
        dict_free(part->dict[k]);
    free(part->dict);
    free(part->code);
    free(part->known);
}

static enum status map_block(void *context, void *state, struct block *b, struct err *err)
{
    const struct run *run = context;
    struct part *part = state;
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

static void append_codes(struct reading *column, struct part *part, const struct dict *dict, const uint32_t *code, size_t before,
                         size_t rows)
{
    part->known = mem_grow(part->known, &part->known_capacity, dict_count(dict), sizeof *part->known);
    for (uint32_t i = 0; i < dict_count(dict); i++)
        part->known[i] = dict_add(column->dict, dict_text(dict, i));
    column->code = mem_grow(column->code, &column->capacity, before + rows, sizeof *column->code);
    for (size_t r = 0; r < rows; r++)
        column->code[before + r] = code[r] == DICT_NONE ? DICT_NONE : part->known[code[r]];
}

static enum status append_numbers(struct reading *column, const struct block *b, size_t before, struct err *err)
{
    column->number = mem_grow(column->number, &column->capacity, before + b->rows, sizeof *column->number);
    for (size_t r = 0; r < b->rows; r++) {
        double v = b->numbers[r * b->row_step + column->slot * b->column_step];
        if (isinf(v))
            return block_number_error(b, r, column->slot, err, "an infinite number falls into no bin");
        column->number[before + r] = v;
    }
    return STATUS_OK;
}

static enum status reduce_block(void *context, void *state, struct block *b, struct err *err)
{
    struct run *run = context;
    struct part *part = state;
    enum status status = STATUS_OK;
    for (size_t k = 0; k < part->columns && status == STATUS_OK; k++) {
        if (run->column[k].binned)
            status = append_numbers(&run->column[k], b, run->rows, err);
        else
            append_codes(&run->column[k], part, part->dict[k], part->code + k * b->rows, run->rows, b->rows);
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
    double width = high / 2 - low / 2; /* half of it, for the difference may be too large */
    for (size_t i = 0; i < n; i++) {
        double at = width > 0 ? floor((v[i] / 2 - low / 2) / width * (double)bins) : 0;
        code[i] = isnan(v[i]) ? DICT_NONE : (uint32_t)fmin(at, (double)(bins - 1));
    }
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* How many of the sorted numbers are less than v. */
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

static void bin_by_frequency(const double *v, size_t n, size_t bins, uint32_t *code)
{
    double *sorted = mem_alloc(n, sizeof *sorted);
    size_t known = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(v[i]))
            sorted[known++] = v[i];
    qsort(sorted, known, sizeof *sorted, compare_numbers);
    for (size_t i = 0; i < n; i++)
        code[i] = isnan(v[i]) ? DICT_NONE : (uint32_t)(rank_of(sorted, known, v[i]) * bins / known);
    free(sorted);
}

static uint32_t finish_column(struct reading *column, const struct codes_options *options, size_t rows)
{
    uint32_t levels;
    if (column->binned) {
        column->code = mem_alloc(rows, sizeof *column->code);
        if (options->binning == CODES_WIDTH)
            bin_by_width(column->number, rows, options->bins, column->code);
        else
            bin_by_frequency(column->number, rows, options->bins, column->code);
        free(column->number);
        column->number = NULL;
        levels = (uint32_t)options->bins;
    } else {
        levels = (uint32_t)dict_count(column->dict);
    }
    for (size_t r = 0; r < rows; r++)
        if (column->code[r] == DICT_NONE)
            column->code[r] = levels;
    return levels;
}

/* ---- conditions ---- */

/* code := the number of the pair (code, other), in the order of first rows; missing where either is. */
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

static void take_condition(struct codes *c, size_t n_given)
{
    size_t first = c->columns - n_given;
    for (size_t k = first + 1; k < c->columns; k++) {
        join(c->code[first], &c->levels[first], c->code[k], c->levels[k], c->rows);
        free(c->code[k]);
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

enum status codes_read(struct codes **codes, struct table *table, const struct codes_options *options, size_t threads,
                       struct err *err)
{
    struct run run = {.options = options, .column = mem_zero(options->n_columns, sizeof *run.column)};
    for (size_t k = 0; k < options->n_columns; k++) {
        run.column[k].binned = options->bins > 0 && table_kind(table, options->columns[k]) == COLUMN_NUMBER;
        run.column[k].slot = run.column[k].binned ? table_want_number(table, options->columns[k])
                                                  : table_want_text(table, options->columns[k]);
        run.column[k].dict = dict_new();
    }
    struct fold fold = {sizeof(struct part), map_block, reduce_block, part_release};
    enum status status = table_fold(table, &fold, &run, threads, err);
    if (status == STATUS_OK) {
        struct codes *c = mem_zero(1, sizeof *c);
        *c = (struct codes){.rows = run.rows, .columns = options->n_columns, .conditions = 1};
        c->code = mem_alloc(c->columns, sizeof *c->code);
        c->levels = mem_alloc(c->columns, sizeof *c->levels);
        for (size_t k = 0; k < c->columns; k++) {
            c->levels[k] = finish_column(&run.column[k], options, run.rows);
            c->code[k] = run.column[k].code;
            run.column[k].code = NULL;
        }
        if (options->n_given > 0)
            take_condition(c, options->n_given);
        *codes = c;
    }
    for (size_t k = 0; k < options->n_columns; k++) {
        dict_free(run.column[k].dict);
        free(run.column[k].code);
        free(run.column[k].number);
    }
    free(run.column);
    return status;
}

void codes_free(struct codes *c)
{
    if (c == NULL)
        return;
    for (size_t k = 0; k < c->columns; k++) {
        free(c->code[k]);
        if (c->condition_of != NULL)
            free(c->condition_of[k]);
    }
    free(c->code);
    free(c->levels);
    free(c->condition);
    free(c->condition_of);
    free(c);
}
