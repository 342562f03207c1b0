#include "data/table/table_state.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "text/number.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- errors with their place ---- */

static enum status place_row(const struct table_worker *w, size_t record, const char *file, struct err *err)
{
    return err_at(err, file, records_line(&w->records, w->records.row_begin[record]));
}

static const struct table_worker *worker_of(const struct block *block)
{
    return (const struct table_worker *)((const char *)block - offsetof(struct table_worker, block));
}

static enum status block_error(const struct block *block, size_t row, struct err *err, const char *format, va_list args)
{
    const struct table_worker *w = worker_of(block);
    char reason[sizeof err->reason];
    vsnprintf(reason, sizeof reason, format, args);
    err_data(err, "%s", reason);
    place_row(w, row + w->header_rows, source_name(block->table->source, w->raw.file), err);
    err->line += block->first_line;
    return STATUS_DATA;
}

/* Puts "column 3 'age': " before the reason. */
static void name_column(const struct table *t, size_t column, struct err *err)
{
    char reason[sizeof err->reason], name[ERR_ECHO];
    snprintf(reason, sizeof reason, "%s", err->reason);
    int n = snprintf(err->reason, sizeof err->reason, "column %zu", column + 1);
    if (t->has_header)
        n += snprintf(err->reason + n, sizeof err->reason - (size_t)n, " '%s'",
                      err_echo(name, slice_of(t->names[column])));
    snprintf(err->reason + n, sizeof err->reason - (size_t)n, ": %s", reason);
}

enum status block_row_error(const struct block *block, size_t row, struct err *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    enum status status = block_error(block, row, err, format, args);
    va_end(args);
    return status;
}

enum status block_number_error(const struct block *block, size_t row, size_t slot, struct err *err, const char *format,
                               ...)
{
    va_list args;
    va_start(args, format);
    enum status status = block_error(block, row, err, format, args);
    va_end(args);
    name_column(block->table, block->table->number_columns[slot], err);
    return status;
}

enum status block_text_error(const struct block *block, size_t row, size_t slot, struct err *err, const char *format,
                             ...)
{
    va_list args;
    va_start(args, format);
    enum status status = block_error(block, row, err, format, args);
    va_end(args);
    name_column(block->table, block->table->text_columns[slot], err);
    return status;
}

struct slice block_row_text(const struct block *block, size_t row)
{
    const struct table_worker *w = worker_of(block);
    const struct records *r = &w->records;
    size_t record = row + w->header_rows;
    return (struct slice){r->raw + r->row_begin[record], r->row_end[record] - r->row_begin[record]};
}

struct slice block_row_line_end(const struct block *block, size_t row)
{
    const struct table_worker *w = worker_of(block);
    struct slice end = records_line_end(&w->records, w->raw.n, row + w->header_rows);
    return end.n > 0 ? end : table_line_end(block->table);
}

double *block_take_numbers(struct block *block, size_t rows, struct arena *arena)
{
    struct table_worker *w = (struct table_worker *)((char *)block - offsetof(struct table_worker, block));
    w->keeper = arena;
    arena_take(&w->arena, rows * block->table->n_numbers);
    return block->numbers;
}

void block_move_row(struct block *block, size_t row, size_t to)
{
    size_t step = block->row_step;
    if (to < row)
        memcpy(block->numbers + to * step, block->numbers + row * step, step * sizeof(double));
}

/* ---- one block ---- */

void table_worker_free(struct table_worker *w, const struct table *t)
{
    source_block_free(&w->raw);
    records_free(&w->records);
    arena_free(&w->arena);
    free(w->missing);
    for (size_t s = 0; w->texts != NULL && s < t->n_texts; s++)
        free(w->texts[s]);
    free(w->texts);
    free(w->texts_capacity);
}

/* The first record of every file but the first is checked against the names, if there are names. */
static enum status check_header(const struct table *t, struct table_worker *w, struct err *err)
{
    const char *file = source_name(t->source, w->raw.file);
    if (w->raw.first_of_file && w->records.rows == 0 && w->records.fault.reason == NULL) {
        err_data(err, "there is no data");
        return err_at(err, file, 0);
    }
    w->header_rows = t->has_header && w->raw.first_of_file && w->records.rows > 0;
    for (size_t f = 0; w->header_rows > 0 && f < t->width; f++) {
        struct slice name = records_field(&w->records, 0, f);
        char found[ERR_ECHO], wanted[ERR_ECHO];
        if (name.n == 0 || slice_equal(name, slice_of(t->names[f])))
            continue;
        err_data(err, "column %zu is '%s' here but '%s' in %s", f + 1, err_echo(found, name),
                 err_echo(wanted, slice_of(t->names[f])), source_name(t->source, 0));
        return place_row(w, 0, file, err);
    }
    return STATUS_OK;
}

enum status table_fault(const struct table *t, const struct table_worker *w, struct err *err)
{
    const struct records *r = &w->records;
    if (r->fault.fields > 0)
        err_data(err, "%zu field%s, but the %s has %zu", r->fault.fields, r->fault.fields == 1 ? "" : "s",
                 t->has_header ? "header" : "first record", t->width);
    else
        err_data(err, "%s", r->fault.reason);
    if (r->fault.column > 0 && r->fault.column <= t->width)
        name_column(t, r->fault.column - 1, err);
    return err_at(err, source_name(t->source, w->raw.file), records_line(r, r->fault.at));
}

/* Converts `rows` fields of a number slot from row `first` on; returns the first row that is neither a number
 * nor missing, first + rows if none. */
static size_t convert_numbers(const struct table *t, struct table_worker *w, size_t slot, size_t first, size_t rows)
{
    const struct records *r = &w->records;
    struct block *b = &w->block;
    size_t column = t->number_columns[slot], stop = first + rows;
    for (size_t row = first; row < stop; row++) {
        size_t at = (row + w->header_rows) * r->width + column;
        double *out = b->numbers + slot * b->column_step + row * b->row_step;
        size_t plain = 0;
        if (!t->missing.numeric)
            plain = number_parse_batch(r->text, r->begin + at, r->end + at, stop - row, r->width, out, b->row_step);
        row += plain;
        if (row == stop)
            break;
        out += plain * b->row_step;
        struct slice field = records_field(r, row + w->header_rows, column);
        bool is_missing = missing_is(&t->missing, field);
        if (!is_missing && !number_parse(field, out))
            return row;
        if (is_missing)
            *out = NAN;
        w->missing[slot] += is_missing;
    }
    return stop;
}

/* Number columns are converted in tiles of rows whose text stays in the first-level cache from one column to
 * the next. */
static size_t tile_rows(const struct table_worker *w)
{
    enum { TILE_BYTES = 1 << 14, LEAST_ROWS = 8 };
    size_t rows = w->raw.n > 0 ? TILE_BYTES * w->records.rows / w->raw.n : 0;
    return rows > LEAST_ROWS ? rows : LEAST_ROWS;
}

static void convert_texts(const struct table *t, struct table_worker *w, size_t slot)
{
    struct block *b = &w->block;
    w->texts[slot] = mem_grow(w->texts[slot], &w->texts_capacity[slot], b->rows, sizeof **w->texts);
    for (size_t row = 0; row < b->rows; row++) {
        struct slice field = records_field(&w->records, row + w->header_rows, t->text_columns[slot]);
        w->texts[slot][row] = missing_is(&t->missing, field) ? (struct slice){NULL, 0} : field;
    }
}

/* Fills the block from the records. At the first value that is no number the block is cut short before its row and the
 * error is returned. */
static enum status convert(const struct table *t, struct table_worker *w, struct err *err)
{
    struct block *b = &w->block;
    *b = (struct block){.table = t, .rows = w->records.rows - w->header_rows};
    b->numbers = arena_room(&w->arena, b->rows * t->n_numbers);
    b->row_step = t->by_row ? t->n_numbers : 1;
    b->column_step = t->by_row ? 1 : b->rows;
    b->missing = w->missing;
    b->texts = w->texts;

    size_t bad_slot = 0, rows = b->rows, tile = tile_rows(w);
    for (size_t s = 0; s < t->n_numbers; s++)
        w->missing[s] = 0;
    for (size_t first = 0; first < b->rows; first += tile) {
        for (size_t s = 0; s < t->n_numbers && first < b->rows; s++) {
            size_t count = b->rows - first < tile ? b->rows - first : tile;
            size_t good = convert_numbers(t, w, s, first, count);
            if (good < first + count) {
                b->rows = good;
                bad_slot = s;
            }
        }
    }
    for (size_t s = 0; s < t->n_texts; s++)
        convert_texts(t, w, s);
    if (b->rows == rows)
        return STATUS_OK;
    char echo[ERR_ECHO];
    struct slice field = records_field(&w->records, b->rows + w->header_rows, t->number_columns[bad_slot]);
    return block_number_error(b, b->rows, bad_slot, err, "'%s' is not a number", err_echo(echo, field));
}

/* Leaves out the rows that the split does not keep. Rows from the first one without a key on are left out
 * too, and the error is returned. */
static enum status keep_rows(const struct table *t, struct table_worker *w, struct err *err)
{
    struct records *r = &w->records;
    size_t kept = w->header_rows;
    enum status status = STATUS_OK;
    for (size_t record = w->header_rows; record < r->rows; record++) {
        struct slice text = {r->raw + r->row_begin[record], r->row_end[record] - r->row_begin[record]};
        if (t->split.keyed)
            text = records_field(r, record, t->split.key);
        if (t->split.keyed && missing_is(&t->missing, text)) {
            err_data(err, "the value is missing; a row without its --key is in no fold");
            name_column(t, t->split.key, err);
            status = place_row(w, record, source_name(t->source, w->raw.file), err);
            break;
        }
        if (split_keeps(&t->split, text))
            records_move(r, kept++, record);
    }
    r->rows = kept;
    return status;
}

/* ---- the stream ---- */

struct run {
    struct table *table;
    const struct fold *fold;
    void *context;
    struct table_worker *workers;
    bool failed_take;
    enum status status;
    struct err *err;
};

static bool run_take(void *context, size_t worker)
{
    struct run *run = context;
    struct table *t = run->table;
    struct table_worker *w = &run->workers[worker];
    if (run->failed_take)
        return false;
    w->is_split = t->first_waits;
    if (t->first_waits) {
        table_progress(t, &w->consumed, &w->total);
        struct source_block raw = w->raw;
        struct records records = w->records;
        w->raw = t->first.raw;
        w->records = t->first.records;
        w->header_rows = t->first.header_rows;
        t->first.raw = raw;
        t->first.records = records;
        t->first_waits = false;
        return true;
    }
    bool more;
    w->status = source_next(t->source, &w->raw, &more, &w->err);
    run->failed_take = w->status != STATUS_OK;
    table_progress(t, &w->consumed, &w->total);
    return run->failed_take || more;
}

static void run_work(void *context, size_t worker)
{
    struct run *run = context;
    const struct table *t = run->table;
    struct table_worker *w = &run->workers[worker];
    if (w->status != STATUS_OK)
        return;
    if (!w->is_split) {
        table_split(t, w, t->width);
        w->status = check_header(t, w, &w->err);
        if (w->status != STATUS_OK)
            return;
    }
    struct err late, keyless;
    enum status keyless_status = t->split.folds > 0 ? keep_rows(t, w, &keyless) : STATUS_OK;
    enum status late_status = convert(t, w, &late);
    if (late_status == STATUS_OK && keyless_status != STATUS_OK) {
        late = keyless;
        late_status = keyless_status;
    }
    if (late_status == STATUS_OK && w->records.fault.reason != NULL)
        late_status = table_fault(t, w, &late);
    if (run->fold->map != NULL && w->block.rows > 0)
        w->status = run->fold->map(run->context, w->state, &w->block, &w->err);
    if (w->status == STATUS_OK && late_status != STATUS_OK) {
        w->status = late_status;
        w->err = late;
    }
}

static bool run_give(void *context, size_t worker)
{
    struct run *run = context;
    struct table *t = run->table;
    struct table_worker *w = &run->workers[worker];
    if (w->raw.first_of_file && w->raw.file > 0)
        t->lines_before = 0;
    if (w->status == STATUS_OK) {
        w->block.first_row = t->rows_before;
        w->block.first_line = t->lines_before;
        if (run->fold->reduce != NULL && w->block.rows > 0)
            w->status = run->fold->reduce(run->context, w->state, &w->block, &w->err);
    } else if (w->err.line > 0) {
        w->err.line += t->lines_before;
    }
    if (w->status != STATUS_OK) {
        run->status = w->status;
        *run->err = w->err;
        return false;
    }
    if (t->progress != NULL)
        t->progress(t->progress_context, w->consumed, w->total);
    t->rows_before += w->block.rows;
    t->lines_before += w->records.lines;
    return true;
}

enum status table_fold(struct table *table, const struct fold *fold, void *context, size_t threads, struct err *err)
{
    if (source_at_end(table->source) || threads == 0)
        threads = 1;
    if (threads > 1)
        source_read_ahead(table->source);
    struct run run = {.table = table, .fold = fold, .context = context, .err = err};
    run.workers = mem_zero(threads, sizeof *run.workers);
    for (size_t i = 0; i < threads; i++) {
        struct table_worker *w = &run.workers[i];
        records_init(&w->records);
        w->missing = mem_zero(table->n_numbers, sizeof *w->missing);
        w->texts = mem_zero(table->n_texts, sizeof *w->texts);
        w->texts_capacity = mem_zero(table->n_texts, sizeof *w->texts_capacity);
        w->state = mem_zero(1, fold->state_size);
    }
    parallel_pipeline(
        &(struct parallel_pipeline){.context = &run, .take = run_take, .work = run_work, .give = run_give}, threads);
    for (size_t i = 0; i < threads; i++) {
        if (run.workers[i].keeper != NULL)
            arena_merge(run.workers[i].keeper, &run.workers[i].arena);
        if (fold->release != NULL)
            fold->release(run.workers[i].state);
        free(run.workers[i].state);
        table_worker_free(&run.workers[i], table);
    }
    free(run.workers);
    return run.status;
}
