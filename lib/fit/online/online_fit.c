/* One pass over a table, row by row.
 *
 *  1. start chooses the learner: full matrices (online_batches.c) where they are small enough, else a number per
 *     coefficient (online_diagonal_learner.c), which svmlight text always gets; then the start, if any, is restored.
 *  2. Threads read blocks and check their rows (online_fit_map); rows reach the learner in the order of the table,
 *     one after the other (online_fit_reduce, online_fit_reduce_svm), so that the bits do not depend on the number of
 *     threads.
 *  3. learn_row finds the number of the row's label (find_label). A class for which the learner has no room makes it
 *     give way to its successor, which takes over all that is known (outgrow).
 *  4. after_row reports the progress, at rows that do not depend on where a pass resumed, and takes snapshots;
 *     look_ahead lets these include the rows that wait for a batch.
 *
 * Memory: a block per thread, and the learner's. */

#include "fit/online/online_fit.h"

#include "base/mem.h"
#include "data/dataset/dataset.h"
#include "data/table/svm_fold.h"
#include "fit/online/online_batches.h"
#include "fit/online/online_columns.h"
#include "fit/online/online_diagonal_learner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct online_fit_run {
    struct online_fit *fit;
    const struct table *table;
    const struct online_fit_options *options;
    struct roles_slots slots;
    size_t next_report;
};

enum { FIRST_REPORT = 64 };

/* The complete rows of a block, which are moved to its head. */
struct online_fit_part {
    size_t *row; /* where they stood */
    size_t rows, skipped, row_capacity;
};

const struct optim online_fit_solver = {
    .name = "online",
    .help = "one pass over rows that are not kept, in constant memory",
    .streams = true,
};

static enum status too_many(const struct table *table, struct err *err)
{
    err_data(err, "the online solver does not support this many coefficients");
    err_because(err, ERR_MANY_COEFFICIENTS, NULL);
    return err_at(err, table_file(table), 0);
}

/* ---- one block ---- */

static enum status online_fit_map(void *context, void *state, struct block *b, struct err *err)
{
    const struct online_fit_run *run = context;
    struct online_fit_part *part = state;
    part->row = mem_grow(part->row, &part->row_capacity, b->rows, sizeof *part->row);
    part->rows = part->skipped = 0;
    for (size_t row = 0; row < b->rows; row++) {
        bool skip;
        enum status status = row_check(&run->slots.check, b, row, &skip, err);
        if (status != STATUS_OK)
            return status;
        if (skip) {
            part->skipped++;
            continue;
        }
        block_move_row(b, row, part->rows);
        part->row[part->rows++] = row;
    }
    return STATUS_OK;
}

/* ---- labels ---- */

static struct online_learner_options learner_options(const struct online_fit_run *run)
{
    const struct online_fit *fit = run->fit;
    return (struct online_learner_options){fit->d, fit->several, fit->sparse, run->options->n_labels,
                                           run->options->prior};
}

/* Makes the learner's successor take over all that is known. */
static void outgrow(struct online_fit_run *run)
{
    struct online_fit *fit = run->fit;
    struct online_learner_options options = learner_options(run);
    double loss;
    fit->state = fit->learner->outgrow(fit->state, &options, &loss);
    fit->learner = fit->learner->successor;
    fit->loss_sum += loss;
}

/* Gives a new label the next number. Error: no learner has room for the class. */
static enum status add_label(struct online_fit_run *run, struct slice text, struct err *err)
{
    struct online_fit *fit = run->fit;
    size_t k = dict_count(fit->labels);
    while (fit->several && !fit->learner->add_class(fit->state)) {
        if (fit->learner->successor == NULL)
            return too_many(run->table, err);
        outgrow(run);
    }
    dict_add(fit->labels, text);
    fit->class_weight = mem_grow(fit->class_weight, &fit->class_capacity, k + 1, sizeof *fit->class_weight);
    fit->class_weight[k] = 0;
    return STATUS_OK;
}

/* The number of a label, old or new. The errors leave the place to the caller. */
static enum status find_label(struct online_fit_run *run, struct slice text, uint32_t *label, struct err *err)
{
    const struct online_fit *fit = run->fit;
    char echo[ERR_ECHO];
    *label = dict_find(fit->labels, text);
    if (*label != DICT_NONE)
        return STATUS_OK;
    if (run->options->start != NULL)
        return err_data(err, "the initial model has no class '%s'", err_echo(echo, text));
    if (run->options->n_labels > 0) {
        err_data(err, "the class '%s' is not listed", err_echo(echo, text));
        return err_because(err, ERR_UNLISTED_CLASS, NULL);
    }
    *label = (uint32_t)dict_count(fit->labels);
    if (!fit->several && *label == 2) {
        err_data(err, "'%s' is a third class; logistic regression takes two", err_echo(echo, text));
        return err_because(err, ERR_MANY_CLASSES, NULL);
    }
    return add_label(run, text, err);
}

static enum status find_label_of_row(struct online_fit_run *run, const struct block *b, size_t row, uint32_t *label,
                                     struct err *err)
{
    struct err reason = {0};
    if (find_label(run, b->texts[0][row], label, &reason) == STATUS_OK)
        return STATUS_OK;
    if (reason.file[0] == '\0') {
        block_text_error(b, row, 0, err, "%s", reason.reason);
        return err_because(err, reason.cause, NULL);
    }
    *err = reason;
    return err->status;
}

/* ---- rows ---- */

static void look_ahead(struct online_fit *fit, bool wanted)
{
    fit->ahead_loss = fit->learner->look_ahead(fit->state, wanted);
}

/* The number of rows from which the next report is due. */
static size_t next_report(const struct online_fit *fit)
{
    size_t rows = FIRST_REPORT;
    while (rows <= fit->mark.rows)
        rows *= 2;
    return rows;
}

static void report(struct online_fit_run *run)
{
    const struct online_fit_options *o = run->options;
    struct online_fit *fit = run->fit;
    if (o->progress != NULL)
        o->progress(o->context, fit);
    fit->mark = (struct online_fit_mark){fit->rows, fit->weight_sum, fit->loss_sum};
    run->next_report = next_report(fit);
}

static enum status after_row(struct online_fit_run *run, struct err *err)
{
    const struct online_fit_options *o = run->options;
    struct online_fit *fit = run->fit;
    if (fit->rows >= run->next_report && fit->learner->pending(fit->state) == 0)
        report(run);
    if (o->every == 0 || fit->rows % o->every != 0)
        return STATUS_OK;
    if (fit->sparse)
        online_columns_name_sparse(fit);
    look_ahead(fit, true);
    enum status status = o->snapshot(o->context, fit, err);
    look_ahead(fit, false);
    return status;
}

/* The error leaves the place to the caller. */
static enum status learn_row(struct online_fit *fit, const struct online_row *row, struct err *err)
{
    double loss;
    fit->class_weight[row->label] += row->weight;
    fit->weight_sum += row->weight;
    fit->rows++;
    if (!fit->learner->learn(fit->state, row, &loss))
        return err_data(err, "the values are too large for the online solver; scale them down");
    fit->loss_sum += loss;
    return STATUS_OK;
}

/* Row `at` of the complete ones. */
static enum status learn_row_of(struct online_fit_run *run, const struct online_fit_part *part, const struct block *b,
                                size_t at, struct err *err)
{
    const struct roles_slots *slots = &run->slots;
    const double *x = b->numbers + at * b->row_step;
    struct online_row row = {.n = run->fit->d, .x = x};
    row.weight = slots->weight != SIZE_MAX ? x[slots->weight] : 1;
    row.offset = slots->offset != SIZE_MAX ? x[slots->offset] : 0;
    enum status status = find_label_of_row(run, b, part->row[at], &row.label, err);
    if (status != STATUS_OK)
        return status;
    if (learn_row(run->fit, &row, err) != STATUS_OK)
        return err_at(err, table_file(run->table), 0);
    return after_row(run, err);
}

static enum status online_fit_reduce(void *context, void *state, struct block *b, struct err *err)
{
    struct online_fit_run *run = context;
    const struct online_fit_part *part = state;
    enum status status = STATUS_OK;
    run->fit->skipped += part->skipped;
    for (size_t at = 0; at < part->rows && status == STATUS_OK; at++)
        status = learn_row_of(run, part, b, at, err);
    return status;
}

static void online_fit_release(void *state)
{
    struct online_fit_part *part = state;
    free(part->row);
}

static enum status online_fit_reduce_svm(void *context, void *state, const struct svm *svm, struct err *err)
{
    struct online_fit_run *run = context;
    (void)state;
    for (size_t r = 0; r < svm->rows; r++) {
        size_t first = svm->start[r];
        struct online_row row = {svm->start[r + 1] - first, svm->index + first, svm->value + first, 1, 0, 0};
        enum status status = find_label(run, svm->label[r], &row.label, err);
        if (status == STATUS_OK)
            status = learn_row(run->fit, &row, err);
        if (status != STATUS_OK && err->file[0] == '\0')
            err->line = svm_line(svm, r);
        if (status == STATUS_OK)
            status = after_row(run, err);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* ---- the start ---- */

/* Whether the start was learnt from rows of the same kind. */
static enum status check_start(const struct online_fit *fit, const struct online_fit_start *start, struct err *err)
{
    bool holds_state = start->state != NULL || start->diagonal != NULL;
    if (holds_state && start->sparse && !fit->sparse)
        err_data(err, "the model was trained on svmlight rows and resumes with such rows only");
    else if (holds_state && !start->sparse && fit->sparse)
        err_data(err, "the model was trained on columns and does not resume with svmlight rows");
    return err->status == STATUS_OK ? STATUS_OK : err_at(err, start->name, 0);
}

static void choose_learner(const struct online_fit_run *run)
{
    struct online_fit *fit = run->fit;
    const struct online_fit_start *start = run->options->start;
    struct online_learner_options options = learner_options(run);
    bool is_diagonal = fit->sparse || (start != NULL && start->diagonal != NULL);
    fit->learner = is_diagonal ? &online_diagonal_learner : &online_batches_learner;
    while ((fit->state = fit->learner->new (&options)) == NULL)
        fit->learner = fit->learner->successor;
}

static void take_start(struct online_fit *fit, const struct online_fit_start *start)
{
    fit->is_started = true;
    if (start->coefficients != NULL) {
        fit->learner->start(fit->state, start->d, fit->sparse ? start->index : fit->index, start->coefficients,
                            start->weight);
        return;
    }
    fit->learner->restore(fit->state, start);
    fit->rows = start->rows;
    fit->skipped = start->skipped;
    fit->weight_sum = start->weight_sum;
    fit->loss_sum = start->loss_sum;
    fit->mark = start->mark;
    memcpy(fit->class_weight, start->class_weight, start->n_labels * sizeof *fit->class_weight);
}

static enum status start(struct online_fit_run *run, struct table *table, struct err *err)
{
    const struct online_fit_options *o = run->options;
    struct online_fit *fit = run->fit;
    enum status status = o->start != NULL ? check_start(fit, o->start, err) : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    if (!fit->sparse)
        status = online_columns_want(&run->slots, fit, table, o, err);
    else if (dataset_check_sparse(&o->roles, true, err) != STATUS_OK)
        status = err_at(err, table_file(table), 0);
    else
        fit->target = mem_copy_text(o->roles.target);
    if (status != STATUS_OK)
        return status;
    choose_learner(run);
    fit->labels = dict_new();
    for (size_t k = 0; k < o->n_labels && status == STATUS_OK; k++)
        if (dict_find(fit->labels, slice_of(o->labels[k])) == DICT_NONE)
            status = add_label(run, slice_of(o->labels[k]), err);
    if (status != STATUS_OK || o->start == NULL)
        return status;
    if (o->start->state != NULL && fit->learner != &online_batches_learner)
        return too_many(table, err);
    if (fit->sparse && o->start->index == NULL) {
        err_data(err, "the model has features that are not indexes of svmlight rows");
        return err_at(err, o->start->name, 0);
    }
    take_start(fit, o->start);
    return STATUS_OK;
}

/* ---- the end ---- */

/* Whether the rows determine a model. */
static enum status check_classes(const struct online_fit *fit, const struct table *table, struct err *err)
{
    char name[ERR_ECHO], label[ERR_ECHO];
    err_echo(name, slice_of(fit->target));
    enum status status = STATUS_OK;
    if (fit->sparse && fit->d == 0)
        status = err_data(err, "no row has a feature");
    else if (fit->rows == 0)
        status = err_data(err, fit->skipped > 0 ? "every row has a missing value" : "there are no rows");
    else if (!(fit->weight_sum > 0) || !isfinite(fit->weight_sum))
        status = err_data(err, fit->weight_sum > 0 ? "the weights are too large to add" : "all weights are 0");
    for (uint32_t k = 0; k < dict_count(fit->labels) && status == STATUS_OK && !online_fit_is_ready(fit); k++)
        if (fit->class_weight[k] > 0)
            status = err_data(err, "every row has the same class '%s' in the target column '%s'",
                              err_echo(label, dict_text(fit->labels, k)), name);
    return status == STATUS_OK ? status : err_at(err, table_file(table), 0);
}

static enum status pass(struct online_fit_run *run, struct table *table, struct err *err)
{
    static const struct table_fold fold = {sizeof(struct online_fit_part), online_fit_map, online_fit_reduce,
                                           online_fit_release};
    size_t threads = run->options->threads;
    if (!run->fit->sparse)
        return table_fold(table, &fold, run, threads, err);
    enum status status = svm_fold(table, &(struct svm_fold){.reduce = online_fit_reduce_svm}, run, threads, err);
    if (status != STATUS_OK && err->file[0] == '\0')
        err_at(err, table_file(table), 0);
    online_columns_name_sparse(run->fit);
    return status;
}

enum status online_fit(struct online_fit **out, struct table *table, const struct online_fit_options *options,
                       struct err *err)
{
    struct online_fit *fit = mem_zero(1, sizeof *fit);
    struct online_fit_run run = {.fit = fit, .table = table, .options = options};
    fit->several = options->several;
    fit->sparse = table_is_sparse(table);
    enum status status = start(&run, table, err);
    run.next_report = next_report(fit);
    if (status == STATUS_OK)
        status = pass(&run, table, err);
    if (status == STATUS_OK)
        status = check_classes(fit, table, err);
    if (status != STATUS_OK) {
        online_fit_free(fit);
        return status;
    }
    look_ahead(fit, true);
    if (options->progress != NULL)
        options->progress(options->context, fit);
    *out = fit;
    return STATUS_OK;
}
