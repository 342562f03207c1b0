/* The losses of each row, and their gradients, behind the row. Blocks of rows become text on all threads (map_block),
 * and are written in order (reduce_block); memory is constant. */
#include "app/score/loss_rows.h"

#include "base/mem.h"
#include "cli/append.h"

#include <stdlib.h>

struct loss_rows {
    const struct evaluator_options *options;
    const struct unit *unit;
    struct evaluator *evaluator;
    struct append append;
    size_t digits, skipped;
};

/* One thread's. */
struct loss_rows_part {
    struct evaluator_rows rows;
    struct buffer text;
};

static enum status map_block(void *context, void *state, struct block *b, struct err *err)
{
    const struct loss_rows *job = context;
    struct loss_rows_part *part = state;
    const struct evaluator_rows *rows = &part->rows;
    const struct evaluator_term *terms = job->options->terms;
    enum status status = evaluator_map(job->evaluator, &part->rows, b, err);
    part->text.n = 0;
    for (size_t r = 0, i = 0, cells; status == STATUS_OK && r < b->rows; r++) {
        bool missing = i == rows->rows || rows->row[i] != r;
        append_start_row(&job->append, &part->text, b, r, &cells);
        for (size_t t = 0; t < job->options->n_terms; t++) {
            append_next_cell(&job->append, &part->text, &cells);
            if (!missing)
                buffer_add_number(&part->text,
                                  rows->value[t * rows->stride + i] * unit_factor(job->unit, terms[t].loss),
                                  job->digits);
        }
        size_t width = job->options->gradient ? terms[0].n : 0;
        for (size_t k = 0; k < width; k++) {
            append_next_cell(&job->append, &part->text, &cells);
            if (!missing)
                buffer_add_number(&part->text, rows->gradient[i * width + k] * unit_factor(job->unit, terms[0].loss),
                                  job->digits);
        }
        append_end_row(&job->append, &part->text, b, r);
        i += !missing;
    }
    return status;
}

static enum status reduce_block(void *context, void *state, struct block *b, struct err *err)
{
    struct loss_rows *job = context;
    const struct loss_rows_part *part = state;
    enum status status = evaluator_reduce(job->evaluator, &part->rows, b, err);
    job->skipped += b->rows - part->rows.rows;
    return status == STATUS_OK ? append_write(&job->append, &part->text, err) : status;
}

static void part_release(void *state)
{
    struct loss_rows_part *part = state;
    evaluator_rows_release(&part->rows);
    buffer_free(&part->text);
}

/* PREFIX_OF, with the unit behind it where the term has one. */
static enum status add_column(struct loss_rows *job, const char *prefix, const char *of, size_t term, struct err *err)
{
    bool in_nats = job->options->terms[term].loss->unit == LOSS_NATS;
    char *name = mem_format("%s_%s%s%s", prefix, of, in_nats ? "_" : "", in_nats ? job->unit->name : "");
    enum status status = append_column(&job->append, name, err);
    free(name);
    return status;
}

enum status loss_rows_write(struct table *table, const struct evaluator_options *options, char *const *names,
                            const struct unit *unit, size_t digits, struct sink *sink, struct loss_rows_found *found,
                            struct err *err)
{
    struct loss_rows job = {
        .options = options, .unit = unit, .append = {table, sink, true, .what = "--per-row"}, .digits = digits};
    struct table_fold fold = {sizeof(struct loss_rows_part), map_block, reduce_block, part_release};
    enum status status = STATUS_OK;
    evaluator_new(&job.evaluator, table, options);
    append_begin(&job.append);
    for (size_t i = 0; status == STATUS_OK && i < options->n_terms; i++)
        status = add_column(&job, "loss", names[i], i, err);
    for (size_t k = 0; status == STATUS_OK && options->gradient && k < options->terms[0].n; k++)
        status = add_column(&job, "dloss", table_name(table, options->terms[0].columns[k]), 0, err);
    if (status == STATUS_OK)
        status = table_fold(table, &fold, &job, options->threads, err);
    if (status == STATUS_OK)
        append_end(&job.append);
    struct slice pair[2];
    found->skipped = job.skipped;
    for (size_t i = 0; i < 2 && evaluator_mismatch(job.evaluator, &pair[0], &pair[1]); i++)
        found->mismatch[i] = mem_copy(pair[i].p, pair[i].n);
    append_free(&job.append);
    evaluator_free(job.evaluator);
    return status;
}
