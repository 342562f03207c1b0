#include "cli/predict.h"

#include "base/mem.h"
#include "base/nearest.h"
#include "cli/append.h"
#include "file/kind.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct job {
    const struct predictor *predictor;
    const struct predict_options *options;
    struct append append;
};

/* One thread's. */
struct part {
    struct buffer text;
    double *scores, *outputs;
    size_t scores_capacity, outputs_capacity;
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

static enum status find_features(struct table *table, const struct predictor *p, struct err *err)
{
    for (size_t j = 0; j < p->d; j++) {
        size_t column = 0;
        while (column < table_width(table) && strcmp(table_name(table, column), p->features[j]) != 0)
            column++;
        if (column == table_width(table))
            return lacks_feature(table, p->features[j], err);
        table_want_number(table, column);
    }
    return STATUS_OK;
}

static bool wants(const struct job *job, enum predict_output what)
{
    int output = job->options->output;
    return output == (int)what || (output == PREDICT_ALL && (what != PREDICT_LABEL || job->predictor->labels > 0));
}

static enum status make_header(struct job *job, struct err *err)
{
    const struct predictor *p = job->predictor;
    enum status status = STATUS_OK;
    append_begin(&job->append);
    if (wants(job, PREDICT_LABEL))
        status = append_column(&job->append, "predicted", err);
    for (size_t i = 0; wants(job, PREDICT_OUTPUTS) && i < p->outputs && status == STATUS_OK; i++)
        status = append_column(&job->append, p->output_names[i], err);
    for (size_t i = 0; wants(job, PREDICT_SCORES) && i < p->scores && status == STATUS_OK; i++)
        status = append_column(&job->append, p->score_names[i], err);
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

static void add_row(struct job *job, struct part *part, const struct block *b, size_t row, bool missing)
{
    const struct predictor *p = job->predictor;
    size_t cells;
    append_start_row(&job->append, &part->text, b, row, &cells);
    const double *outputs = part->outputs + row * p->outputs, *scores = part->scores + row * p->scores;
    if (wants(job, PREDICT_LABEL)) {
        append_next_cell(&job->append, &part->text, &cells);
        if (!missing) {
            size_t label = p->kind->choose(p, outputs, job->options->threshold);
            buffer_add_field(&part->text, slice_of(p->label[label]), job->append.delimiter);
        }
    }
    if (wants(job, PREDICT_OUTPUTS))
        add_numbers(job, part, outputs, p->outputs, missing, &cells);
    if (wants(job, PREDICT_SCORES))
        add_numbers(job, part, scores, p->scores, missing, &cells);
    buffer_add_char(&part->text, '\n');
}

/* Whether a value is missing; the first one that is, or is infinite, is an error unless rows may be skipped. */
static enum status check_row(const struct job *job, const struct block *b, size_t row, bool *missing, struct err *err)
{
    const double *x = b->numbers + row * b->row_step;
    *missing = false;
    for (size_t j = 0; j < job->predictor->d; j++) {
        if (isfinite(x[j]))
            continue;
        if (isinf(x[j]))
            return block_number_error(b, row, j, err, "the value is infinite");
        if (!job->options->skip_missing)
            return block_number_error(b, row, j, err, "the value is missing; --missing skip leaves such predictions empty");
        *missing = true;
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
    predictor_scores(p, b->numbers, b->row_step, b->rows, part->scores);
    for (size_t row = 0; row < b->rows; row++) {
        bool missing;
        enum status status = check_row(job, b, row, &missing, err);
        if (status != STATUS_OK)
            return status;
        if (!missing)
            p->kind->respond(p, part->scores + row * p->scores, part->outputs + row * p->outputs);
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
}

enum status predict_table(struct table *table, const struct predictor *predictor, const struct predict_options *options,
                          struct sink *sink, struct err *err)
{
    struct job job = {
        .predictor = predictor,
        .options = options,
        .append = {table, sink, options->append, options->delimiter, .what = "--append"},
    };
    if (options->output == PREDICT_LABEL && predictor->labels == 0)
        return err_usage(err, "--output label: the model predicts numbers, not classes");
    enum status status = find_features(table, predictor, err);
    if (status == STATUS_OK)
        status = make_header(&job, err);
    struct fold fold = {sizeof(struct part), map_block, reduce_block, part_release};
    if (status == STATUS_OK)
        status = table_fold(table, &fold, &job, options->threads, err);
    if (status == STATUS_OK)
        append_end(&job.append);
    append_free(&job.append);
    return status;
}
