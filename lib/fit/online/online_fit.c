#include "fit/online/online_fit.h"

#include "base/mem.h"
#include "data/dataset/dataset.h"
#include "data/dataset/roles.h"
#include "data/keys/names.h"
#include "data/table/svm_fold.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct run {
    struct online_fit *fit;
    const struct table *table;
    const struct online_fit_options *options;
    ptrdiff_t weight_slot, offset_slot; /* -1 = none */
    struct row_check check;
    size_t next_progress;
};

/* The rows of a block that lack nothing stand at its head. */
struct part {
    size_t *row; /* where they stood */
    size_t rows, skipped, row_capacity;
};

/* ---- which columns ---- */

static enum status too_many(const struct table *table, struct err *err)
{
    err_data(err, "so many coefficients are too many for --solver online; another solver takes them");
    return err_at(err, table_file(table), 0);
}

/* Puts the features into the order of the start. */
static enum status order_features(struct roles *roles, const struct table *table, const struct online_fit_start *start,
                                  struct err *err)
{
    size_t n = roles->n_features;
    const char **names = mem_alloc(n, sizeof *names);
    size_t *place = mem_alloc(n, sizeof *place), *features = mem_alloc(n, sizeof *features);
    for (size_t j = 0; j < n; j++)
        names[j] = table_name(table, roles->features[j]);
    enum status status = names_match(n, names, start->d, start->features, "feature", place, err);
    for (size_t j = 0; j < n && status == STATUS_OK; j++)
        features[place[j]] = roles->features[j];
    if (status == STATUS_OK)
        memcpy(roles->features, features, n * sizeof *features);
    free(names);
    free(place);
    free(features);
    return status == STATUS_OK ? status : err_at(err, start->name, 0);
}

static enum status want_columns(struct run *run, struct table *table, struct err *err)
{
    const struct online_fit_options *o = run->options;
    struct online_fit *fit = run->fit;
    struct roles roles = {0};
    static const struct roles_rules rules = {0};
    enum status status = roles_find(&roles, table, &o->roles, &rules, err);
    if (status == STATUS_OK && o->start != NULL)
        status = order_features(&roles, table, o->start, err);
    if (status == STATUS_OK) {
        fit->d = roles.n_features;
        fit->target = mem_copy_text(table_name(table, roles.targets[0]));
        fit->features = mem_zero(fit->d, sizeof *fit->features);
        for (size_t j = 0; j < fit->d; j++) {
            fit->features[j] = mem_copy_text(table_name(table, roles.features[j]));
            table_want_number(table, roles.features[j]);
        }
        run->weight_slot = roles.weighted ? (ptrdiff_t)table_want_number(table, roles.weight) : -1;
        run->offset_slot = roles.has_offset ? (ptrdiff_t)table_want_number(table, roles.offset) : -1;
        if (roles.has_offset)
            fit->offset = mem_copy_text(table_name(table, roles.offset));
        table_want_text(table, roles.targets[0]);
        run->check = roles_row_check(&roles, fit->d + roles.weighted + roles.has_offset, 1, fit->d);
    }
    roles_release(&roles);
    return status;
}

/* ---- one block ---- */

static enum status map_block(void *context, void *state, struct block *b, struct err *err)
{
    const struct run *run = context;
    struct part *part = state;
    part->row = mem_grow(part->row, &part->row_capacity, b->rows, sizeof *part->row);
    part->rows = part->skipped = 0;
    for (size_t row = 0; row < b->rows; row++) {
        bool skip;
        enum status status = row_check(&run->check, b, row, &skip, err);
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

/* ---- all blocks ---- */

/* A number for a new label; false: what learns has no room for the class. */
static bool add_label(struct online_fit *fit, struct slice text)
{
    size_t k = dict_count(fit->labels);
    if (dict_find(fit->labels, text) != DICT_NONE)
        return true;
    if (fit->several &&
        !(fit->diagonal != NULL ? online_diagonal_add_class(fit->diagonal) : online_add_class(fit->online)))
        return false;
    dict_add(fit->labels, text);
    fit->class_weight = mem_grow(fit->class_weight, &fit->class_capacity, k + 1, sizeof *fit->class_weight);
    fit->class_weight[k] = 0;
    return true;
}

/* *label: DICT_NONE where the full recursion has no room for a new one. The errors of labels do not say where these
 * stand. */
static enum status find_label(const struct run *run, struct slice text, uint32_t *label, struct err *err)
{
    struct online_fit *fit = run->fit;
    char echo[ERR_ECHO];
    *label = dict_find(fit->labels, text);
    if (*label != DICT_NONE)
        return STATUS_OK;
    if (run->options->start != NULL)
        return err_data(err, "the model to go on with has no class '%s'", err_echo(echo, text));
    if (run->options->n_labels > 0)
        return err_data(err, "'%s' is not one of the --labels", err_echo(echo, text));
    uint32_t next = (uint32_t)dict_count(fit->labels);
    if (!fit->several && next == 2)
        return err_data(err, "'%s' is a third class; logistic regression takes two, softmax-train any number",
                        err_echo(echo, text));
    if (add_label(fit, text))
        *label = next;
    return *label != DICT_NONE || fit->online != NULL ? STATUS_OK : too_many(run->table, err);
}

static enum status find_label_of_row(const struct run *run, const struct block *b, size_t row, uint32_t *label,
                                     struct err *err)
{
    struct err reason = {0};
    if (find_label(run, b->texts[0][row], label, &reason) == STATUS_OK)
        return STATUS_OK;
    if (reason.file[0] == '\0')
        return block_text_error(b, row, 0, err, "%s", reason.reason);
    *err = reason;
    return err->status;
}

/* Lets rows be learnt from one by one. */
static void take_diagonal(struct online_fit *fit, bool centered, size_t classes, const struct online_prior *prior)
{
    fit->diagonal = online_diagonal_new(centered, fit->several, classes, prior);
    fit->index = mem_alloc(fit->d + 1, sizeof *fit->index);
    for (size_t j = 0; j < fit->d; j++)
        fit->index[j] = (uint32_t)j;
}

/* Lets a learner that has a number where the full recursion has a matrix go on with what that knows. */
static void outgrow(struct run *run)
{
    struct online_fit *fit = run->fit;
    struct online_state state = online_save(fit->online);
    size_t scores = online_scores(fit->online), wanted = run->options->n_labels;
    take_diagonal(fit, true, wanted > scores ? wanted : scores + 1, &run->options->prior);
    for (size_t k = 0; k < scores; k++)
        online_diagonal_add_class(fit->diagonal);
    if (state.rows > 0)
        online_diagonal_adopt(fit->diagonal, fit->d, &state);
    online_free(fit->online);
    fit->online = NULL;
}

/* The features of svmlight text are those that have occurred. */
static void name_features(struct online_fit *fit)
{
    for (size_t j = 0; fit->features != NULL && j < fit->d; j++)
        free(fit->features[j]);
    fit->d = online_diagonal_count(fit->diagonal);
    fit->index = mem_resize(fit->index, fit->d + 1, sizeof *fit->index);
    online_diagonal_indexes(fit->diagonal, fit->index);
    fit->features = mem_resize(fit->features, fit->d + 1, sizeof *fit->features);
    for (size_t j = 0; j < fit->d; j++)
        fit->features[j] = mem_format("%zu", (size_t)fit->index[j] + 1);
}

static struct online_rows rows_kept(const struct online_fit *fit)
{
    const struct online_kept *kept = &fit->kept;
    return (struct online_rows){kept->rows, fit->d + 2, kept->x, kept->x + fit->d, kept->x + fit->d + 1, kept->label};
}

/* Sets what is to be shown: learns ahead from the rows that are kept, or forgets that. */
static void look_ahead(struct online_fit *fit, bool wanted)
{
    online_free(fit->shown);
    fit->shown = NULL;
    fit->shown_loss = 0;
    if (!wanted || fit->kept.rows == 0)
        return;
    struct online_rows rows = rows_kept(fit);
    fit->shown = online_copy(fit->online);
    fit->shown_loss = online_update(fit->shown, &rows);
}

static enum status after_row(struct run *run, struct err *err)
{
    const struct online_fit_options *o = run->options;
    struct online_fit *fit = run->fit;
    if (o->progress != NULL && fit->kept.rows == 0 && fit->rows >= run->next_progress) {
        o->progress(o->context, fit);
        while (run->next_progress <= fit->rows)
            run->next_progress *= 2;
    }
    if (o->every == 0 || fit->rows % o->every != 0)
        return STATUS_OK;
    if (fit->sparse)
        name_features(fit);
    look_ahead(fit, true);
    enum status status = o->snapshot(o->context, fit, err);
    look_ahead(fit, false);
    return status;
}

/* Learns from one row. The error does not say where it stands. */
static enum status learn_row(struct online_fit *fit, const struct online_diagonal_row *row, struct err *err)
{
    fit->class_weight[row->label] += row->weight;
    fit->weight_sum += row->weight;
    fit->loss_sum += online_diagonal_update(fit->diagonal, row);
    fit->rows++;
    if (!isfinite(fit->loss_sum))
        return err_data(err, "values are so large that they cannot be learnt from; scale them down");
    return STATUS_OK;
}

/* The same, from row `at` of a block. */
static enum status learn_row_of(struct run *run, const struct part *part, const struct block *b, size_t at,
                                struct err *err)
{
    const double *x = b->numbers + at * b->row_step;
    struct online_diagonal_row row = {.n = run->fit->d, .x = x, .weight = 1};
    row.weight = run->weight_slot >= 0 ? x[run->weight_slot] : 1;
    row.offset = run->offset_slot >= 0 ? x[run->offset_slot] : 0;
    enum status status = find_label_of_row(run, b, part->row[at], &row.label, err);
    if (status != STATUS_OK)
        return status;
    if (learn_row(run->fit, &row, err) != STATUS_OK)
        return err_at(err, table_file(run->table), 0);
    return after_row(run, err);
}

static enum status reduce_svm(void *context, void *state, const struct svm *svm, struct err *err)
{
    struct run *run = context;
    (void)state;
    for (size_t r = 0; r < svm->rows; r++) {
        size_t first = svm->start[r];
        struct online_diagonal_row row = {svm->start[r + 1] - first, svm->index + first, svm->value + first, 1, 0, 0};
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

/* Learns from the rows that wait for a batch. */
static void learn_kept(struct online_fit *fit)
{
    struct online_rows rows = rows_kept(fit);
    if (rows.rows > 0)
        fit->loss_sum += online_update(fit->online, &rows);
    fit->kept.rows = 0;
}

/* Keeps row `at` of a block, of which the label is known, and learns from all that are kept where they fill a batch. */
static void keep_row(struct run *run, const struct block *b, size_t at, uint32_t label)
{
    struct online_fit *fit = run->fit;
    struct online_kept *kept = &fit->kept;
    const double *from = b->numbers + at * b->row_step;
    kept->x = mem_grow(kept->x, &kept->x_capacity, (kept->rows + 1) * (fit->d + 2), sizeof *kept->x);
    kept->label = mem_grow(kept->label, &kept->label_capacity, kept->rows + 1, sizeof *kept->label);
    double *x = kept->x + kept->rows * (fit->d + 2);
    memcpy(x, from, fit->d * sizeof *x);
    x[fit->d] = run->weight_slot >= 0 ? from[run->weight_slot] : 1;
    x[fit->d + 1] = run->offset_slot >= 0 ? from[run->offset_slot] : 0;
    kept->label[kept->rows++] = label;
    fit->class_weight[label] += x[fit->d];
    fit->weight_sum += x[fit->d];
    fit->rows++;
    if (kept->rows >= online_batch(fit->online))
        learn_kept(fit);
}

/* Takes row *at of a block and moves that on; not so where a class comes for which there is no room: then what learns
 * is another from there on. */
static enum status take_row(struct run *run, const struct part *part, const struct block *b, size_t *at,
                            struct err *err)
{
    struct online_fit *fit = run->fit;
    uint32_t label;
    enum status status = find_label_of_row(run, b, part->row[*at], &label, err);
    if (status != STATUS_OK)
        return status;
    if (label == DICT_NONE) {
        learn_kept(fit);
        outgrow(run);
        return STATUS_OK;
    }
    keep_row(run, b, (*at)++, label);
    return after_row(run, err);
}

static enum status reduce_block(void *context, void *state, struct block *b, struct err *err)
{
    struct run *run = context;
    struct part *part = state;
    enum status status = STATUS_OK;
    run->fit->skipped += part->skipped;
    for (size_t first = 0; first < part->rows && status == STATUS_OK;)
        status =
            run->fit->online != NULL ? take_row(run, part, b, &first, err) : learn_row_of(run, part, b, first++, err);
    return status;
}

static void part_release(void *state)
{
    struct part *part = state;
    free(part->row);
}

/* ---- the end ---- */

bool online_fit_is_ready(const struct online_fit *fit)
{
    size_t classes = 0;
    if (fit->diagonal != NULL && fit->d == 0)
        return false;
    for (size_t k = 0; k < dict_count(fit->labels); k++)
        classes += fit->class_weight[k] > 0;
    return classes >= 2 || fit->is_started;
}

double online_fit_loss(const struct online_fit *fit)
{
    return (fit->loss_sum + fit->shown_loss) / fit->weight_sum;
}

size_t online_fit_scores(const struct online_fit *fit)
{
    return fit->online != NULL ? online_scores(fit->online) : online_diagonal_scores(fit->diagonal);
}

void online_fit_coefficients(const struct online_fit *fit, double *coefficients)
{
    if (fit->online != NULL)
        online_coefficients(fit->shown != NULL ? fit->shown : fit->online, coefficients);
    else
        online_diagonal_coefficients(fit->diagonal, fit->d, fit->index, coefficients);
}

bool online_fit_is_constant(const struct online_fit *fit, size_t column)
{
    const struct online *online = fit->shown != NULL ? fit->shown : fit->online;
    return online != NULL ? online_is_constant(online, column)
                          : online_diagonal_is_constant(fit->diagonal, fit->index[column]);
}

/* Whether there was enough to learn from. */
static enum status check_classes(const struct online_fit *fit, const struct table *table, struct err *err)
{
    char name[ERR_ECHO], label[ERR_ECHO];
    err_echo(name, slice_of(fit->target));
    enum status status = STATUS_OK;
    if (fit->diagonal != NULL && fit->d == 0)
        status = err_data(err, "no row has a feature");
    else if (fit->rows == 0)
        status = err_data(err, fit->skipped > 0 ? "every row has a missing value" : "there are no rows");
    else if (!(fit->weight_sum > 0) || !isfinite(fit->weight_sum))
        status = err_data(err, fit->weight_sum > 0 ? "the weights are too large to add" : "all weights are 0");
    for (uint32_t k = 0; k < dict_count(fit->labels) && status == STATUS_OK && !online_fit_is_ready(fit); k++)
        if (fit->class_weight[k] > 0)
            status =
                err_data(err, "every row has the same class '%s' in the target column '%s'; there is nothing to learn",
                         err_echo(label, dict_text(fit->labels, k)), name);
    return status == STATUS_OK ? status : err_at(err, table_file(table), 0);
}

static void restore_kept(struct online_kept *kept, size_t d, const struct online_fit_start *start)
{
    kept->rows = start->kept;
    kept->x = mem_grow(kept->x, &kept->x_capacity, kept->rows * (d + 2), sizeof *kept->x);
    kept->label = mem_grow(kept->label, &kept->label_capacity, kept->rows, sizeof *kept->label);
    if (kept->rows == 0)
        return;
    memcpy(kept->x, start->kept_x, kept->rows * (d + 2) * sizeof *kept->x);
    memcpy(kept->label, start->kept_label, kept->rows * sizeof *kept->label);
}

static void go_on(struct online_fit *fit, const struct online_fit_start *start)
{
    fit->is_started = true;
    if (start->coefficients != NULL && fit->online != NULL)
        online_start(fit->online, start->coefficients, start->weight);
    else if (start->coefficients != NULL)
        online_diagonal_start(fit->diagonal, start->d, fit->sparse ? start->index : fit->index, start->coefficients,
                              start->weight);
    if (start->coefficients != NULL)
        return;
    if (start->state != NULL)
        online_restore(fit->online, start->state);
    else
        online_diagonal_restore(fit->diagonal, start->diagonal);
    restore_kept(&fit->kept, fit->d, start);
    fit->rows = start->rows;
    fit->skipped = start->skipped;
    fit->weight_sum = start->weight_sum;
    fit->loss_sum = start->loss_sum;
    memcpy(fit->class_weight, start->class_weight, start->n_labels * sizeof *fit->class_weight);
}

/* Whether what was learnt from one kind of rows meets the same kind. */
static enum status check_start(const struct online_fit *fit, const struct online_fit_start *start, struct err *err)
{
    bool holds_state = start->state != NULL || start->diagonal != NULL;
    if (holds_state && start->sparse && !fit->sparse)
        err_data(err, "the model was learnt from svmlight text and goes on with such rows only");
    else if (holds_state && !start->sparse && fit->sparse)
        err_data(err, "the model was learnt from columns and goes on with columns only, not with svmlight text");
    return err->status == STATUS_OK ? STATUS_OK : err_at(err, start->name, 0);
}

/* What learns. */
static void choose(struct online_fit *fit, const struct online_fit_options *o)
{
    bool is_diagonal = fit->sparse || (o->start != NULL && o->start->diagonal != NULL);
    if (!is_diagonal)
        fit->online = online_new(fit->d, fit->several, &o->prior);
    if (fit->online == NULL)
        take_diagonal(fit, !fit->sparse, o->n_labels, &o->prior);
}

/* A class for each label that is known beforehand. */
static enum status add_labels(struct run *run, struct err *err)
{
    const struct online_fit_options *o = run->options;
    struct online_fit *fit = run->fit;
    fit->labels = dict_new();
    for (size_t k = 0; k < o->n_labels; k++) {
        bool added = add_label(fit, slice_of(o->labels[k]));
        if (!added && fit->online != NULL) {
            outgrow(run);
            added = add_label(fit, slice_of(o->labels[k]));
        }
        if (!added)
            return too_many(run->table, err);
    }
    return STATUS_OK;
}

static enum status start(struct run *run, struct table *table, struct err *err)
{
    const struct online_fit_options *o = run->options;
    struct online_fit *fit = run->fit;
    enum status status = o->start != NULL ? check_start(fit, o->start, err) : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    if (!fit->sparse)
        status = want_columns(run, table, err);
    else if (dataset_check_sparse(&o->roles, true, err) != STATUS_OK)
        status = err_at(err, table_file(table), 0);
    else
        fit->target = mem_copy_text(o->roles.target);
    if (status != STATUS_OK)
        return status;
    choose(fit, o);
    status = add_labels(run, err);
    if (status != STATUS_OK || o->start == NULL)
        return status;
    if (fit->online == NULL && o->start->state != NULL)
        return too_many(table, err);
    if (fit->sparse && o->start->index == NULL) {
        err_data(err, "the model has features that are no indexes of svmlight text");
        return err_at(err, o->start->name, 0);
    }
    go_on(fit, o->start);
    return STATUS_OK;
}

enum status online_fit(struct online_fit **out, struct table *table, const struct online_fit_options *options,
                       struct err *err)
{
    struct online_fit *fit = mem_zero(1, sizeof *fit);
    struct run run = {.fit = fit, .table = table, .options = options, .next_progress = 64};
    struct fold fold = {sizeof(struct part), map_block, reduce_block, part_release};
    fit->several = options->several;
    fit->sparse = table_is_sparse(table);
    enum status status = start(&run, table, err);
    if (status == STATUS_OK && !fit->sparse) {
        status = table_fold(table, &fold, &run, options->threads, err);
    } else if (status == STATUS_OK) {
        status = svm_fold(table, &(struct svm_fold){.reduce = reduce_svm}, &run, options->threads, err);
        if (status != STATUS_OK && err->file[0] == '\0')
            err_at(err, table_file(table), 0);
        name_features(fit);
    }
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

void online_fit_free(struct online_fit *fit)
{
    if (fit == NULL)
        return;
    for (size_t j = 0; fit->features != NULL && j < fit->d; j++)
        free(fit->features[j]);
    free(fit->features);
    free(fit->target);
    free(fit->offset);
    dict_free(fit->labels);
    free(fit->class_weight);
    free(fit->kept.x);
    free(fit->kept.label);
    online_free(fit->shown);
    online_free(fit->online);
    online_diagonal_free(fit->diagonal);
    free(fit->index);
    free(fit);
}

const struct optim online_fit_solver = {
    .name = "online",
    .help = "one pass over rows that are not kept, in constant memory",
    .streams = true,
};
