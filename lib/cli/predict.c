#include "cli/predict.h"

#include "base/mem.h"
#include "base/nearest.h"
#include "base/number.h"
#include "cli/append.h"
#include "data/svm_fold.h"
#include "file/interval.h"
#include "file/kind.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct job {
    const struct predictor *predictor;
    const struct predict_options *options;
    struct interval *interval; /* NULL = none */
    struct append append;
    uint32_t *feature; /* of sparse rows: column -> the model's feature, or NO_FEATURE */
    size_t columns;
};
#define NO_FEATURE UINT32_MAX

/* One thread's. */
struct part {
    struct buffer text;
    double *scores, *outputs;
    uint32_t *level; /* rows x texts */
    bool *missing;   /* rows */
    double *bounds; /* of one row's scores, lower and upper, and of its outputs */
    double *terms;  /* one row's features */
    size_t scores_capacity, outputs_capacity, level_capacity, missing_capacity;
    uint32_t *index; /* one sparse row's */
    double *values;
    size_t index_capacity, values_capacity;
};

/* ---- columns ---- */

static enum status lacks_feature(const struct table *table, const char *feature, struct err *err)
{
    char echo[ERR_ECHO], near_echo[ERR_ECHO];
    err_echo(echo, slice_of(feature));
    const char *near = nearest_word(table_names(table), table_width(table), feature);
    if (!table_has_header(table))
        err_data(err, "there is no header to find the model's feature '%s' by", echo);
    else if (near != NULL)
        err_data(err, "the model's feature '%s' is not there; did you mean '%s'?", echo,
                 err_echo(near_echo, slice_of(near)));
    else
        err_data(err, "the model's feature '%s' is not there", echo);
    return err_at(err, table_file(table), 0);
}

static enum status want_features(struct table *table, size_t n, const char *const *features,
                                 size_t (*want)(struct table *table, size_t column), struct err *err)
{
    for (size_t j = 0; j < n; j++) {
        size_t column = 0;
        while (column < table_width(table) && strcmp(table_name(table, column), features[j]) != 0)
            column++;
        if (column == table_width(table))
            return lacks_feature(table, features[j], err);
        want(table, column);
    }
    return STATUS_OK;
}

static enum status find_features(struct table *table, const struct predictor *p, struct err *err)
{
    enum status status = want_features(table, p->d - p->indicators, p->features, table_want_number, err);
    return status == STATUS_OK ? want_features(table, p->texts, p->text_features, table_want_text, err) : status;
}

static bool wants(const struct job *job, enum predict_output what)
{
    int output = job->options->output;
    return output == (int)what || (output == PREDICT_ALL && (what == PREDICT_OUTPUTS || job->predictor->labels > 0));
}

/* NAME, and the bounds NAME_lower and NAME_upper of each. */
static enum status add_columns(struct job *job, char *const *names, size_t n, struct err *err)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < n && status == STATUS_OK; i++)
        status = append_column(&job->append, names[i], err);
    for (size_t i = 0; i < 2 * n && job->interval != NULL && status == STATUS_OK; i++) {
        char *name = mem_format("%s_%s", names[i / 2], i % 2 == 0 ? "lower" : "upper");
        status = append_column(&job->append, name, err);
        free(name);
    }
    return status;
}

static enum status make_header(struct job *job, struct err *err)
{
    const struct predictor *p = job->predictor;
    enum status status = STATUS_OK;
    append_begin(&job->append);
    if (wants(job, PREDICT_LABEL))
        status = append_column(&job->append, "predicted", err);
    if (status == STATUS_OK && wants(job, PREDICT_OUTPUTS))
        status = add_columns(job, p->output_names, p->outputs, err);
    if (status == STATUS_OK && wants(job, PREDICT_SCORES))
        status = add_columns(job, p->score_names, p->scores, err);
    return status;
}

/* ---- rows ---- */

static void add_numbers(struct job *job, struct part *part, const double *values, size_t n, bool missing, size_t *cells)
{
    for (size_t i = 0; i < n; i++) {
        append_next_cell(&job->append, &part->text, cells);
        if (!missing)
            buffer_add_number(&part->text, values[i], job->options->digits);
    }
}

/* Bounds of the row's scores, and of its outputs, which rise with the scores: lower and upper, n of each. */
static void find_bounds(const struct job *job, struct part *part, const double *x, const uint32_t *level, const double *scores)
{
    const struct predictor *p = job->predictor;
    size_t n = p->scores;
    part->terms = part->terms != NULL ? part->terms : mem_alloc(p->d, sizeof *part->terms);
    part->bounds = part->bounds != NULL ? part->bounds : mem_alloc(4 * n, sizeof *part->bounds);
    double *lower = part->bounds, *upper = lower + n;
    predictor_terms(p, x, level, part->terms);
    interval_half_widths(job->interval, part->terms, upper);
    for (size_t k = 0; k < n; k++) {
        lower[k] = scores[k] - upper[k];
        upper[k] = scores[k] + upper[k];
    }
    p->kind->respond(p, lower, upper + n);
    p->kind->respond(p, upper, upper + 2 * n);
}

/* first: of part->bounds, n lower and n upper ones. */
static void add_bounds(struct job *job, struct part *part, size_t first, size_t n, bool missing, size_t *cells)
{
    for (size_t k = 0; k < n && job->interval != NULL; k++) {
        const double *lower = part->bounds + first;
        add_numbers(job, part, lower + k, 1, missing, cells);
        add_numbers(job, part, lower + n + k, 1, missing, cells);
    }
}

static void add_row(struct job *job, struct part *part, const struct block *b, size_t row, bool missing)
{
    const struct predictor *p = job->predictor;
    size_t cells, start = part->text.n;
    append_start_row(&job->append, &part->text, b, row, &cells);
    const double *outputs = part->outputs + row * p->outputs, *scores = part->scores + row * p->scores;
    if (wants(job, PREDICT_LABEL)) {
        append_next_cell(&job->append, &part->text, &cells);
        if (!missing) {
            size_t label = p->kind->choose(p, outputs, job->options->threshold);
            buffer_add_field(&part->text, slice_of(p->label[label]), job->append.delimiter);
        }
    }
    if (job->interval != NULL)
        find_bounds(job, part, b->numbers + row * b->row_step, part->level + row * p->texts, scores);
    if (wants(job, PREDICT_OUTPUTS)) {
        add_numbers(job, part, outputs, p->outputs, missing, &cells);
        add_bounds(job, part, 2 * p->scores, p->outputs, missing, &cells);
    }
    if (wants(job, PREDICT_SCORES)) {
        add_numbers(job, part, scores, p->scores, missing, &cells);
        add_bounds(job, part, 0, p->scores, missing, &cells);
    }
    if (part->text.n == start)
        buffer_add_text(&part->text, "\"\""); /* an empty line would be no record */
    buffer_add_char(&part->text, '\n');
}

static const char missing_remedy[] = "the value is missing; --missing skip leaves such predictions empty";

/* Whether a value is missing; the first one that is, or is infinite, is an error unless rows may be skipped. */
static enum status check_row(const struct job *job, const struct block *b, size_t row, bool *missing, struct err *err)
{
    const char *remedy = job->options->skip_missing ? NULL : missing_remedy;
    size_t numbers = job->predictor->d - job->predictor->indicators;
    *missing = false;
    enum status status = block_check_numbers(b, row, numbers, remedy, missing, err);
    for (size_t t = 0; t < job->predictor->texts && status == STATUS_OK; t++)
        status = block_check_text(b, row, t, remedy, missing, err);
    return status;
}

/* The levels of the row's categories; one that the model does not know is an error unless it may be ignored. */
static enum status find_levels(const struct job *job, const struct block *b, size_t row, uint32_t *level, struct err *err)
{
    char echo[ERR_ECHO];
    for (size_t t = 0; t < job->predictor->texts; t++) {
        struct slice text = b->texts[t][row];
        level[t] = text.p != NULL ? dict_find(job->predictor->levels[t], text) : PREDICTOR_UNSEEN;
        if (text.p != NULL && level[t] == PREDICTOR_UNSEEN && !job->options->ignore_unseen)
            return block_text_error(b, row, t, err, "the model has not seen '%s'; --unseen ignore leaves the column out there",
                                    err_echo(echo, text));
    }
    return STATUS_OK;
}

/* Checks every row and finds the levels of its categories. */
static enum status prepare_rows(const struct job *job, struct part *part, const struct block *b, struct err *err)
{
    size_t texts = job->predictor->texts;
    part->level = mem_grow(part->level, &part->level_capacity, b->rows * texts, sizeof *part->level);
    part->missing = mem_grow(part->missing, &part->missing_capacity, b->rows, sizeof *part->missing);
    for (size_t row = 0; row < b->rows; row++) {
        enum status status = check_row(job, b, row, &part->missing[row], err);
        if (status == STATUS_OK && texts > 0)
            status = find_levels(job, b, row, part->level + row * texts, err);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

static enum status map_block(void *context, void *state, struct block *b, struct err *err)
{
    struct job *job = context;
    struct part *part = state;
    const struct predictor *p = job->predictor;
    part->text.n = 0;
    part->scores = mem_grow(part->scores, &part->scores_capacity, b->rows * p->scores, sizeof *part->scores);
    part->outputs = mem_grow(part->outputs, &part->outputs_capacity, b->rows * p->outputs, sizeof *part->outputs);
    enum status status = prepare_rows(job, part, b, err);
    if (status != STATUS_OK)
        return status;
    predictor_scores(p, &(struct predictor_rows){b->rows, b->numbers, b->row_step, part->level}, part->scores);
    for (size_t row = 0; row < b->rows; row++) {
        bool missing = part->missing[row];
        if (!missing && !p->kind->respond(p, part->scores + row * p->scores, part->outputs + row * p->outputs))
            return block_row_error(b, row, err, "%s", p->kind->refusal);
        add_row(job, part, b, row, missing);
    }
    return STATUS_OK;
}

static enum status reduce_block(void *context, void *state, struct block *b, struct err *err)
{
    struct job *job = context;
    const struct part *part = state;
    (void)b;
    return append_write(&job->append, &part->text, err);
}

static void part_release(void *state)
{
    struct part *part = state;
    buffer_free(&part->text);
    free(part->scores);
    free(part->outputs);
    free(part->bounds);
    free(part->terms);
    free(part->level);
    free(part->missing);
    free(part->index);
    free(part->values);
}

/* ---- sparse rows ---- */

/* Which of the model's features, called 1, 2, ..., each column is. */
static enum status map_features(struct job *job, const struct table *table, struct err *err)
{
    const struct predictor *p = job->predictor;
    if (job->interval != NULL)
        return err_data(err, "--interval: svmlight rows have no confidence intervals");
    if (p->kind->score != NULL || job->options->append)
        return err_data(err, job->options->append ? "--append: svmlight rows cannot have columns behind them"
                                                  : "models of this kind are not applied to svmlight text");
    for (size_t j = 0; j < p->d; j++) {
        double column;
        char echo[ERR_ECHO];
        if (!number_parse(slice_of(p->features[j]), &column) || !(column >= 1 && column <= SVM_COLUMNS_MAX) ||
            column != floor(column)) {
            err_data(err, "the model's feature '%s' is not there: svmlight text has the features 1, 2, 3, ...",
                     err_echo(echo, slice_of(p->features[j])));
            return err_at(err, table_file(table), 0);
        }
        for (job->feature = mem_resize(job->feature, (size_t)column > job->columns ? (size_t)column : job->columns,
                                       sizeof *job->feature);
             job->columns < (size_t)column; job->columns++)
            job->feature[job->columns] = NO_FEATURE;
        job->feature[(size_t)column - 1] = (uint32_t)j;
    }
    return STATUS_OK;
}

static enum status map_sparse(void *context, void *state, const struct svm *svm, struct err *err)
{
    struct job *job = context;
    struct part *part = state;
    const struct predictor *p = job->predictor;
    (void)err;
    part->text.n = 0;
    part->scores = mem_grow(part->scores, &part->scores_capacity, svm->rows * p->scores, sizeof *part->scores);
    part->outputs = mem_grow(part->outputs, &part->outputs_capacity, svm->rows * p->outputs, sizeof *part->outputs);
    for (size_t row = 0; row < svm->rows; row++) {
        size_t n = 0, begin = svm->start[row], count = svm->start[row + 1] - begin;
        part->index = mem_grow(part->index, &part->index_capacity, count, sizeof *part->index);
        part->values = mem_grow(part->values, &part->values_capacity, count, sizeof *part->values);
        for (size_t i = begin; i < begin + count; i++) {
            uint32_t feature = svm->index[i] < job->columns ? job->feature[svm->index[i]] : NO_FEATURE;
            part->index[n] = feature;
            part->values[n] = svm->value[i];
            n += feature != NO_FEATURE;
        }
        double *scores = part->scores + row * p->scores;
        predictor_sparse_scores(p, n, part->index, part->values, scores);
        p->kind->respond(p, scores, part->outputs + row * p->outputs);
        add_row(job, part, NULL, row, false);
    }
    return STATUS_OK;
}

static enum status reduce_sparse(void *context, void *state, const struct svm *svm, struct err *err)
{
    struct job *job = context;
    const struct part *part = state;
    (void)svm;
    return append_write(&job->append, &part->text, err);
}

static enum status fold_sparse(struct job *job, struct table *table, struct err *err)
{
    struct svm_fold fold = {sizeof(struct part), map_sparse, reduce_sparse, part_release};
    enum status status = map_features(job, table, err);
    if (status == STATUS_OK)
        status = make_header(job, err);
    if (status == STATUS_OK)
        status = svm_fold(table, &fold, job, job->options->threads, err);
    free(job->feature);
    return status;
}

static enum status fold_dense(struct job *job, struct table *table, struct err *err)
{
    struct fold fold = {sizeof(struct part), map_block, reduce_block, part_release};
    enum status status = find_features(table, job->predictor, err);
    if (status == STATUS_OK)
        status = make_header(job, err);
    if (status == STATUS_OK)
        status = table_fold(table, &fold, job, job->options->threads, err);
    return status;
}

enum status predict_table(struct table *table, const struct predictor *predictor, const struct predict_options *options,
                          struct sink *sink, struct err *err)
{
    struct job job = {
        .predictor = predictor,
        .options = options,
        .append = {table, sink, options->append, options->delimiter, .what = "--append"},
    };
    if ((options->output == PREDICT_LABEL || options->output == PREDICT_SCORES) && predictor->labels == 0)
        return err_usage(err, "--output %s: the model predicts numbers, not classes",
                         options->output == PREDICT_LABEL ? "label" : "logit");
    enum status status = STATUS_OK;
    if (options->interval > 0)
        status = interval_new(&job.interval, predictor, options->interval, err);
    if (status == STATUS_OK)
        status = table_is_sparse(table) ? fold_sparse(&job, table, err) : fold_dense(&job, table, err);
    if (status == STATUS_OK)
        append_end(&job.append);
    append_free(&job.append);
    interval_free(job.interval);
    return status;
}
