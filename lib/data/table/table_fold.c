/* Streams a table through a fold: blocks are read in order, converted and mapped on several threads, and reduced in
 * order.
 *
 *     table_fold_take (in order)     the next block of the source; the first one was read when the table was opened
 *     table_fold_work (in parallel)  raw bytes to a block of rows (table_worker.c), then the fold's map
 *     table_fold_give (in order)     counts lines and rows before the block, then the fold's reduce
 *
 * parallel.h runs these. Each worker has one block at a time and a state of its own for map, so that memory is threads
 * times a block (source.h) with its records and numbers, however long the table is. Blocks are cut where the bytes say,
 * and reduce sees them in order: sums have the same bits for every number of threads. The error of the first bad row
 * ends the run: rows before it have been reduced, blocks behind it are dropped. */

#include "data/table/table_state.h"

#include "base/mem.h"
#include "base/parallel.h"

#include <stdio.h>
#include <stdlib.h>

struct table_fold_run {
    struct table *table;
    const struct table_fold *fold;
    void *context;
    struct table_worker *workers;
    bool failed_take;
    enum status status;
    struct err *err;
};

/* Exchanges the worker's empty block for the one that was read when the table was opened. */
static void take_first(struct table *t, struct table_worker *w)
{
    struct source_block raw = w->raw;
    struct records records = w->records;
    w->raw = t->first.raw;
    w->records = t->first.records;
    w->header_rows = t->first.header_rows;
    t->first.raw = raw;
    t->first.records = records;
    t->first_waits = false;
}

static bool table_fold_take(void *context, size_t worker)
{
    struct table_fold_run *run = context;
    struct table *t = run->table;
    struct table_worker *w = &run->workers[worker];
    if (run->failed_take)
        return false;
    w->is_split = t->first_waits;
    if (t->first_waits) {
        table_progress(t, &w->consumed, &w->total);
        take_first(t, w);
        return true;
    }
    bool more;
    w->status = lookahead_take(t, &w->raw, &more, &w->err);
    if (w->status == STATUS_OK && more) {
        w->header_rows = t->begins_with_header && w->raw.first_of_file;
        if (w->raw.first_of_file && w->raw.file > 0)
            w->status = table_worker_begin_file(t, w);
    }
    run->failed_take = w->status != STATUS_OK;
    table_progress(t, &w->consumed, &w->total);
    return run->failed_take || more;
}

static void table_fold_work(void *context, size_t worker)
{
    struct table_fold_run *run = context;
    struct table_worker *w = &run->workers[worker];
    if (w->status != STATUS_OK)
        return;
    table_worker_convert(run->table, w);
    if (run->fold->map != NULL && w->block.rows > 0)
        w->status = run->fold->map(run->context, w->state, &w->block, &w->err);
    if (w->status == STATUS_OK && w->late.status != STATUS_OK) {
        w->status = w->late.status;
        w->err = w->late;
    }
}

static bool table_fold_give(void *context, size_t worker)
{
    struct table_fold_run *run = context;
    struct table *t = run->table;
    struct table_worker *w = &run->workers[worker];
    if (w->raw.first_of_file && w->raw.file > 0)
        t->lines_before = w->raw.skipped;
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
    strays_add(t, w);
    t->rows_before += w->block.rows;
    t->lines_before += w->records.lines;
    t->padded += t->is_counted ? 0 : w->records.padded; /* symbols may be empty lines */
    t->cut += w->records.cut;
    t->dropped += w->records.dropped;
    return true;
}

static void say_records(struct buffer *text, size_t n, const char *what)
{
    if (n > 0)
        buffer_add_format(text, "%s%zu %s", text->n > 0 ? ", " : "", n, what);
}

/* Reports the ragged records, if there were any. */
static void report_ragged(const struct table *t)
{
    struct buffer text = {0};
    say_records(&text, t->padded,
                t->padded == 1 ? "short record filled with missing values"
                               : "short records filled with missing values");
    say_records(&text, t->cut,
                t->cut == 1 ? "record cut by its last fields, which are empty"
                            : "records cut by their last fields, which are empty");
    say_records(&text, t->dropped,
                t->dropped == 1 ? "record of another width than the header left out"
                                : "records of another width than the header left out");
    if (t->report != NULL && text.n > 0) {
        char *line = mem_format("%s: %s", table_file(t), buffer_text(&text));
        t->report(t->report_context, line);
        free(line);
    }
    buffer_free(&text);
}

/* The kinds of all columns whose texts are read, on which depends what is missing there. */
static void find_text_kinds(struct table *t)
{
    for (size_t s = 0; s < t->n_texts; s++) {
        size_t column = t->text_columns[s];
        if (column < t->width)
            table_kind(t, column);
        for (size_t i = 0; column >= t->width && i < t->joint[column - t->width].n; i++)
            table_kind(t, t->joint[column - t->width].columns[i]);
    }
}

enum status table_fold(struct table *table, const struct table_fold *fold, void *context, size_t threads,
                       struct err *err)
{
    if ((source_at_end(table->source) && !lookahead_holds(table)) || threads == 0)
        threads = 1;
    find_text_kinds(table);
    table->has_begun = true;
    if (threads > 1)
        source_read_ahead(table->source);
    struct table_fold_run run = {.table = table, .fold = fold, .context = context, .err = err};
    run.workers = mem_zero(threads, sizeof *run.workers);
    for (size_t i = 0; i < threads; i++) {
        struct table_worker *w = &run.workers[i];
        table_worker_init(w, table);
        w->state = mem_zero(1, fold->state_size);
    }
    parallel_pipeline(
        &(struct parallel_pipeline){
            .context = &run, .take = table_fold_take, .work = table_fold_work, .give = table_fold_give},
        threads);
    for (size_t i = 0; i < threads; i++) {
        if (run.workers[i].keeper != NULL)
            arena_merge(run.workers[i].keeper, &run.workers[i].arena);
        if (fold->release != NULL)
            fold->release(run.workers[i].state);
        free(run.workers[i].state);
        table_worker_free(&run.workers[i], table);
    }
    free(run.workers);
    if (run.status == STATUS_OK)
        report_ragged(table);
    strays_report(table);
    return run.status;
}
