/* Streams svmlight text as table_fold.c streams columns: blocks are taken in order, split and mapped in parallel, and
 * reduced in order, with the same bits for any number of threads. Blocks are of 64 kB only: the rows of a block
 * and their scores take several times its size, and are to stay in the second-level cache. */

#include "data/table/svm_fold.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "data/table/table_state.h"

#include <stdlib.h>

enum { BLOCK = 1 << 16 }; /* bytes */

struct svm_fold_worker {
    struct source_block raw;
    struct svm svm;
    void *state;
    enum status status;
    struct err err;
};

struct svm_fold_run {
    struct table *table;
    const struct svm_fold *fold;
    void *context;
    struct svm_fold_worker *workers;
    bool ended;
    size_t lines_before, rows;
    enum status status;
    struct err *err;
};

static bool svm_fold_take(void *context, size_t worker)
{
    struct svm_fold_run *run = context;
    struct svm_fold_worker *w = &run->workers[worker];
    bool more;
    if (run->ended)
        return false;
    w->status = source_next(run->table->source, &w->raw, &more, &w->err);
    run->ended = w->status != STATUS_OK;
    return run->ended || more;
}

static void svm_fold_work(void *context, size_t worker)
{
    struct svm_fold_run *run = context;
    struct svm_fold_worker *w = &run->workers[worker];
    if (w->status != STATUS_OK)
        return;
    svm_split(&w->svm, w->raw.bytes, w->raw.n);
    if (run->fold->map != NULL && w->svm.rows > 0)
        w->status = run->fold->map(run->context, w->state, &w->svm, &w->err);
    if (w->status == STATUS_OK && w->svm.fault.reason[0] != '\0') {
        w->status = err_data(&w->err, "%s", w->svm.fault.reason);
        err_at(&w->err, source_name(run->table->source, w->raw.file), w->svm.fault.line);
    }
}

static bool svm_fold_give(void *context, size_t worker)
{
    struct svm_fold_run *run = context;
    struct svm_fold_worker *w = &run->workers[worker];
    if (w->raw.first_of_file)
        run->lines_before = w->raw.skipped;
    bool reduced = w->status == STATUS_OK;
    if (reduced && run->fold->reduce != NULL && w->svm.rows > 0)
        w->status = run->fold->reduce(run->context, w->state, &w->svm, &w->err);
    bool is_placed = w->err.file[0] != '\0';
    if (w->status != STATUS_OK && w->err.line > 0 && !(reduced && is_placed))
        w->err.line += run->lines_before;
    if (w->status != STATUS_OK && w->err.line > 0 && !is_placed)
        err_at(&w->err, source_name(run->table->source, w->raw.file), w->err.line);
    run->lines_before += w->svm.lines;
    run->rows += w->svm.rows;
    run->status = w->status;
    if (w->status != STATUS_OK)
        *run->err = w->err;
    return w->status == STATUS_OK;
}

enum status svm_fold(struct table *table, const struct svm_fold *fold, void *context, size_t threads, struct err *err)
{
    if (source_at_end(table->source) || threads == 0)
        threads = 1;
    source_set_block(table->source, BLOCK);
    if (threads > 1)
        source_read_ahead(table->source);
    struct svm_fold_run run = {.table = table, .fold = fold, .context = context, .err = err};
    run.workers = mem_zero(threads, sizeof *run.workers);
    for (size_t i = 0; i < threads; i++) {
        svm_init(&run.workers[i].svm);
        run.workers[i].state = mem_zero(1, fold->state_size);
    }
    parallel_pipeline(&(struct parallel_pipeline){&run, svm_fold_take, svm_fold_work, svm_fold_give}, threads);
    for (size_t i = 0; i < threads; i++) {
        if (fold->release != NULL)
            fold->release(run.workers[i].state);
        free(run.workers[i].state);
        svm_free(&run.workers[i].svm);
        source_block_free(&run.workers[i].raw);
    }
    free(run.workers);
    if (run.status == STATUS_OK && run.rows == 0) {
        err_data(err, "there is no data");
        return err_at(err, source_name(table->source, 0), 0);
    }
    return run.status;
}
