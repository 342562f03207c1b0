#include "app/score/predict.h"

#include "base/mem.h"
#include "base/nearest.h"
#include "base/rank.h"
#include "cli/append.h"
#include "cli/usage.h"
#include "data/table/row_check.h"
#include "data/table/svm_fold.h"
#include "model/ensemble.h"
#include "model/interval.h"
#include "model/kind.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct job {
    const struct predictor *predictor; /* the first of … */
    struct ensemble *ensemble;
    const struct predict_options *options;
    struct interval *interval; /* NULL = none */
    struct append append;
    struct sparse_features *sparse; /* of each model; NULL: rows are not sparse */
};

/* Which columns of sparse rows are features of a model. */
struct sparse_features {
    struct rank columns;
    uint32_t *feature; /* which they are, by their rank */
};

/* One thread's. */
struct part {
    struct buffer text;
    struct ensemble_work work; /* what is predicted */
    uint32_t *level;           /* as ensemble_predict wants them */
    bool *missing;             /* rows */
    double *bounds;            /* of one row's scores, lower and upper, and of its outputs */
    double *terms;             /* one row's features */
    size_t level_capacity, missing_capacity;
    uint32_t *index; /* one sparse row's */
    double *values;
    double *x; /* DENSE_ROWS sparse rows with their zeros */
    size_t index_capacity, values_capacity, x_capacity;
};
enum { DENSE_ROWS = 256 };

/* ---- columns ---- */

/* what: "feature" or "offset". */
static enum status lacks_column(const struct table *table, const char *what, const char *column, struct err *err)
{
    char echo[ERR_ECHO], near_echo[ERR_ECHO];
    err_echo(echo, slice_of(column));
    const char *near = nearest_word(table_names(table), table_width(table), column);
    if (!table_has_header(table))
        err_data(err, "there is no header to find the model's %s '%s' by", what, echo);
    else if (near != NULL)
        err_data(err, "the model's %s '%s' is not there; did you mean '%s'?", what, echo,
                 err_echo(near_echo, slice_of(near)));
    else
        err_data(err, "the model's %s '%s' is not there", what, echo);
    return err_at(err, table_file(table), 0);
}

static bool is_offset(const struct ensemble *e, const char *column)
{
    for (size_t m = 0; m < e->n; m++)
        if (e->member[m]->offset != NULL && strcmp(e->member[m]->offset, column) == 0)
            return true;
    return false;
}

static enum status want_features(struct table *table, const struct ensemble *e, const struct dict *features,
                                 size_t (*want)(struct table *table, size_t column), struct err *err)
{
    for (uint32_t j = 0; j < dict_count(features); j++) {
        const char *feature = dict_text(features, j).p;
        size_t column = 0;
        while (column < table_width(table) && strcmp(table_name(table, column), feature) != 0)
            column++;
        if (column == table_width(table))
            return lacks_column(table, is_offset(e, feature) ? "offset" : "feature", feature, err);
        want(table, column);
    }
    return STATUS_OK;
}

static enum status find_features(struct table *table, const struct ensemble *e, struct err *err)
{
    enum status status = want_features(table, e, e->numbers, table_want_number, err);
    return status == STATUS_OK ? want_features(table, e, e->texts, table_want_text, err) : status;
}

/* Several models have no scores in common. */
static bool wants(const struct job *job, enum predict_output what)
{
    int output = job->options->output;
    if (output != PREDICT_ALL || what == PREDICT_OUTPUTS)
        return output == (int)what || output == PREDICT_ALL;
    return job->predictor->labels > 0 && (what == PREDICT_LABEL || job->ensemble->n == 1);
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

static enum status add_layer_columns(struct job *job, struct err *err)
{
    enum status status = STATUS_OK;
    for (size_t k = 0; k < job->ensemble->outputs && status == STATUS_OK; k++) {
        char *name = mem_format("layer%zu_%zu", job->options->layer, k + 1);
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
    if (job->options->layer > 0)
        return add_layer_columns(job, err);
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
static void find_bounds(const struct job *job, struct part *part, const double *x, const uint32_t *level,
                        const double *scores)
{
    const struct predictor *p = job->predictor;
    size_t n = p->scores;
    part->terms = part->terms != NULL ? part->terms : mem_alloc(p->d, sizeof *part->terms);
    part->bounds = part->bounds != NULL ? part->bounds : mem_alloc(4 * n, sizeof *part->bounds);
    double *lower = part->bounds, *upper = lower + n;
    for (size_t j = 0; j < p->d - p->indicators; j++)
        part->terms[j] = x[job->ensemble->columns[0].number[j]];
    predictor_terms(p, part->terms, level, part->terms);
    interval_half_widths(job->interval, part->terms, upper);
    for (size_t k = 0; k < n; k++) {
        double half = upper[k] / job->ensemble->temperature;
        lower[k] = scores[k] - half;
        upper[k] = scores[k] + half;
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
    size_t cells, start = part->text.n, n = job->ensemble->outputs;
    append_start_row(&job->append, &part->text, b, row, &cells);
    const double *outputs = part->work.outputs + row * n, *scores = part->work.scores + row * p->scores;
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
        add_numbers(job, part, outputs, n, missing, &cells);
        add_bounds(job, part, 2 * p->scores, n, missing, &cells);
    }
    if (wants(job, PREDICT_SCORES)) {
        add_numbers(job, part, scores, p->scores, missing, &cells);
        add_bounds(job, part, 0, p->scores, missing, &cells);
    }
    if (part->text.n == start)
        buffer_add_text(&part->text, "\"\""); /* an empty line would be no record */
    append_end_row(&job->append, &part->text, b, row);
}

/* The level of the row's category; one that the model does not know is an error unless it may be ignored. */
static enum status find_level(const struct job *job, const struct block *b, size_t row, size_t slot,
                              const struct dict *levels, uint32_t *level, struct err *err)
{
    char echo[ERR_ECHO];
    struct slice text = b->texts[slot][row];
    *level = text.p != NULL ? dict_find(levels, text) : PREDICTOR_UNSEEN;
    if (text.p == NULL || *level != PREDICTOR_UNSEEN || job->options->ignore_unseen)
        return STATUS_OK;
    return block_text_error(b, row, slot, err,
                            "the model has not seen '%s'; --unseen ignore leaves the column out there",
                            err_echo(echo, text));
}

/* Those of every model. */
static enum status find_levels(const struct job *job, const struct block *b, size_t row, uint32_t *level,
                               struct err *err)
{
    const struct ensemble *e = job->ensemble;
    for (size_t m = 0; m < e->n; level += b->rows * e->member[m]->texts, m++) {
        for (size_t t = 0; t < e->member[m]->texts; t++) {
            enum status status = find_level(job, b, row, e->columns[m].text[t], e->member[m]->levels[t],
                                            &level[row * e->member[m]->texts + t], err);
            if (status != STATUS_OK)
                return status;
        }
    }
    return STATUS_OK;
}

/* Checks every row and finds the levels of its categories. */
static enum status prepare_rows(const struct job *job, struct part *part, const struct block *b, struct err *err)
{
    size_t texts = job->ensemble->all_texts;
    part->level = mem_grow(part->level, &part->level_capacity, b->rows * texts, sizeof *part->level);
    part->missing = mem_grow(part->missing, &part->missing_capacity, b->rows, sizeof *part->missing);
    struct row_check check = {.numbers = dict_count(job->ensemble->numbers),
                              .texts = dict_count(job->ensemble->texts),
                              .missing = job->options->skip_missing ? ERR_NO_REMEDY : ERR_MISSING_INPUT};
    for (size_t row = 0; row < b->rows; row++) {
        enum status status = row_check(&check, b, row, &part->missing[row], err);
        if (status == STATUS_OK && texts > 0)
            status = find_levels(job, b, row, part->level, err);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

static enum status map_block(void *context, void *state, struct block *b, struct err *err)
{
    struct job *job = context;
    struct part *part = state;
    part->text.n = 0;
    enum status status = prepare_rows(job, part, b, err);
    if (status != STATUS_OK)
        return status;
    struct ensemble_rows rows = {b->rows, b->numbers, b->row_step, part->level, part->missing};
    struct ensemble_refusal refusal = ensemble_predict(job->ensemble, &rows, &part->work);
    if (refusal.reason != NULL) {
        block_row_error(b, refusal.row, err, "%s", refusal.reason);
        return err_because(err, refusal.cause, NULL);
    }
    for (size_t row = 0; row < b->rows; row++)
        add_row(job, part, b, row, part->missing[row]);
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
    ensemble_work_free(&part->work);
    free(part->bounds);
    free(part->terms);
    free(part->level);
    free(part->missing);
    free(part->index);
    free(part->values);
    free(part->x);
}

/* ---- sparse rows ---- */

/* The column, from 0, that is called 1, 2, ... */
static enum status find_column(const char *feature, const struct table *table, size_t *column, struct err *err)
{
    double number;
    char echo[ERR_ECHO];
    if (!number_parse(slice_of(feature), &number) || !(number >= 1 && number <= SVM_COLUMNS_MAX) ||
        number != floor(number)) {
        err_data(err, "the model's feature '%s' is not there: svmlight text has the features 1, 2, 3, ...",
                 err_echo(echo, slice_of(feature)));
        return err_at(err, table_file(table), 0);
    }
    *column = (size_t)number - 1;
    return STATUS_OK;
}

/* Which of a model's features the columns are. */
static enum status map_features(struct sparse_features *f, const struct predictor *p, const struct table *table,
                                struct err *err)
{
    size_t *column = mem_alloc(p->d, sizeof *column), limit = 0;
    enum status status = STATUS_OK;
    for (size_t j = 0; j < p->d && status == STATUS_OK; j++) {
        status = find_column(p->features[j], table, &column[j], err);
        limit = status == STATUS_OK && column[j] >= limit ? column[j] + 1 : limit;
    }
    rank_new(&f->columns, limit);
    for (size_t j = 0; j < p->d && status == STATUS_OK; j++)
        rank_add(&f->columns, column[j]);
    rank_finish(&f->columns);
    f->feature = mem_alloc(p->d, sizeof *f->feature);
    for (size_t j = 0; j < p->d && status == STATUS_OK; j++)
        f->feature[rank_of(&f->columns, column[j])] = (uint32_t)j;
    free(column);
    return status;
}

static enum status check_sparse(const struct job *job, struct err *err)
{
    if (job->interval != NULL)
        return err_data(err, "--interval: svmlight rows have no confidence intervals");
    if (job->options->append)
        return err_data(err, "--append: svmlight rows cannot have columns behind them");
    for (size_t m = 0; m < job->ensemble->n; m++) {
        const struct predictor *p = job->ensemble->member[m];
        char echo[ERR_ECHO];
        if (p->texts > 0)
            return err_data(err, "the model's feature '%s' is a category, which svmlight rows have no place for",
                            err_echo(echo, slice_of(p->text_features[0])));
        if (p->offset != NULL)
            return err_data(err, "the model has an offset, which svmlight rows have no column for");
    }
    return STATUS_OK;
}

/* Some rows with their zeros. */
static struct predictor_rows fill_rows(const struct predictor *p, const struct sparse_features *f,
                                       const struct svm *svm, size_t first, struct part *part)
{
    size_t rows = svm->rows - first < DENSE_ROWS ? svm->rows - first : DENSE_ROWS;
    part->x = mem_grow(part->x, &part->x_capacity, DENSE_ROWS * p->d, sizeof *part->x);
    memset(part->x, 0, rows * p->d * sizeof *part->x);
    for (size_t r = 0; r < rows; r++)
        for (size_t i = svm->start[first + r]; i < svm->start[first + r + 1]; i++)
            if (rank_has(&f->columns, svm->index[i]))
                part->x[r * p->d + f->feature[rank_of(&f->columns, svm->index[i])]] = svm->value[i];
    return (struct predictor_rows){rows, part->x, p->d, NULL};
}

/* A model's scores of all rows, into the part's; or, where the ensemble shows a layer, what that puts out. */
static void score_dense(const struct ensemble *e, const struct predictor *p, const struct sparse_features *f,
                        const struct svm *svm, struct part *part)
{
    for (size_t first = 0; first < svm->rows; first += DENSE_ROWS) {
        struct predictor_rows rows = fill_rows(p, f, svm, first, part);
        if (e->layer > 0)
            p->kind->activate(p, &rows, e->layer - 1, part->work.outputs + first * e->outputs);
        else
            predictor_scores(p, &rows, part->work.scores + first * p->scores);
    }
}

/* The same where scores are linear. */
static void score_sparse(const struct predictor *p, const struct sparse_features *f, const struct svm *svm,
                         struct part *part)
{
    for (size_t row = 0; row < svm->rows; row++) {
        size_t n = 0, begin = svm->start[row], count = svm->start[row + 1] - begin;
        part->index = mem_grow(part->index, &part->index_capacity, count, sizeof *part->index);
        part->values = mem_grow(part->values, &part->values_capacity, count, sizeof *part->values);
        for (size_t i = begin; i < begin + count; i++) {
            if (!rank_has(&f->columns, svm->index[i]))
                continue;
            part->index[n] = f->feature[rank_of(&f->columns, svm->index[i])];
            part->values[n++] = svm->value[i];
        }
        predictor_sparse_scores(p, n, part->index, part->values, part->work.scores + row * p->scores);
    }
}

static enum status map_sparse(void *context, void *state, const struct svm *svm, struct err *err)
{
    struct job *job = context;
    struct part *part = state;
    const struct ensemble *e = job->ensemble;
    part->text.n = 0;
    ensemble_reserve(e, svm->rows, &part->work);
    for (size_t m = 0; m < e->n; m++) {
        if (e->member[m]->kind->score != NULL)
            score_dense(e, e->member[m], &job->sparse[m], svm, part);
        else
            score_sparse(e->member[m], &job->sparse[m], svm, part);
        struct ensemble_refusal refusal = {0};
        if (e->layer == 0)
            refusal = ensemble_respond(e, m, svm->rows, NULL, &part->work);
        if (refusal.reason != NULL) {
            err_data(err, "%s", refusal.reason);
            return err_because(err, refusal.cause, NULL);
        }
    }
    ensemble_combine(e, svm->rows, NULL, &part->work);
    for (size_t row = 0; row < svm->rows; row++)
        add_row(job, part, NULL, row, false);
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
    size_t n = job->ensemble->n;
    enum status status = check_sparse(job, err);
    job->sparse = mem_zero(n, sizeof *job->sparse);
    for (size_t m = 0; m < n && status == STATUS_OK; m++)
        status = map_features(&job->sparse[m], job->ensemble->member[m], table, err);
    if (status == STATUS_OK)
        status = make_header(job, err);
    if (status == STATUS_OK)
        status = svm_fold(table, &fold, job, job->options->threads, err);
    for (size_t m = 0; m < n; m++) {
        rank_free(&job->sparse[m].columns);
        free(job->sparse[m].feature);
    }
    free(job->sparse);
    return status;
}

static enum status fold_dense(struct job *job, struct table *table, struct err *err)
{
    struct table_fold fold = {sizeof(struct part), map_block, reduce_block, part_release};
    enum status status = find_features(table, job->ensemble, err);
    if (status == STATUS_OK)
        status = make_header(job, err);
    if (status == STATUS_OK)
        status = table_fold(table, &fold, job, job->options->threads, err);
    return status;
}

/* Whether what is wanted goes together. */
static enum status check_options(const struct predict_options *o, const struct ensemble *e, struct err *err)
{
    bool wants_classes = o->output == PREDICT_LABEL || o->output == PREDICT_SCORES;
    if (e->member[0]->labels == 0 && wants_classes)
        return err_usage(err, "--output %s: the model predicts numbers, not classes",
                         o->output == PREDICT_LABEL ? "label" : "logit");
    if (e->member[0]->labels == 0 && o->temperature != 1)
        return err_usage(err, "--temperature: the model predicts numbers, not classes");
    if (e->n > 1 && o->output == PREDICT_SCORES)
        return err_usage(err, "--output logit: several models have no linear predictor in common");
    if (e->n > 1 && o->interval > 0)
        return err_usage(err, "--interval is of one model, not %zu", e->n);
    if (o->layer > 0 && (o->output != PREDICT_OUTPUTS || o->interval > 0 || o->temperature != 1))
        return err_usage(err, "--layer shows what a layer puts out; it does not go with --%s",
                         o->output != PREDICT_OUTPUTS ? "output"
                         : o->interval > 0            ? "interval"
                                                      : "temperature");
    return STATUS_OK;
}

enum status predict_table(struct table *table, struct ensemble *ensemble, const struct predict_options *options,
                          struct sink *sink, struct err *err)
{
    struct job job = {
        .predictor = ensemble->member[0],
        .ensemble = ensemble,
        .options = options,
        .append = {table, sink, options->append, options->delimiter, .what = "--append"},
    };
    enum status status = check_options(options, ensemble, err);
    ensemble->temperature = options->temperature;
    if (status == STATUS_OK && options->layer > 0)
        status = usage_of_option(ensemble_use_layer(ensemble, options->layer, err), err, "--layer");
    if (status == STATUS_OK && options->interval > 0)
        status = interval_new(&job.interval, job.predictor, options->interval, err);
    if (status == STATUS_OK)
        status = table_is_sparse(table) ? fold_sparse(&job, table, err) : fold_dense(&job, table, err);
    if (status == STATUS_OK)
        append_end(&job.append);
    append_free(&job.append);
    interval_free(job.interval);
    return status;
}
