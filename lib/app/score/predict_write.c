/* The columns of predictions, and the text of each row: label, outputs, scores, and the bounds of intervals. Outputs
 * of one score rise with it, so that their bounds are the responses to the bounds of the score. */
#include "app/score/predict_work.h"

#include "base/mem.h"
#include "model/kind.h"

#include <stdlib.h>

void predict_part_release(void *state)
{
    struct predict_part *part = state;
    buffer_free(&part->text);
    ensemble_work_free(&part->work);
    free(part->bounds);
    free(part->terms);
    free(part->level);
    free(part->missing);
    free(part->index);
    free(part->values);
    free(part->x);
    free(part->numbers);
    for (size_t m = 0; part->estimability != NULL && m < part->members; m++)
        estimability_work_free(&part->estimability[m]);
    free(part->estimability);
}

/* Several models have no scores in common. */
static bool wants(const struct predict *job, enum predict_output what)
{
    int asked = job->options->predict;
    if (asked != PREDICT_ALL || what == PREDICT_OUTPUTS)
        return asked == (int)what || asked == PREDICT_ALL;
    return job->predictor->labels > 0 && (what == PREDICT_LABEL || job->ensemble->n == 1);
}

/* NAME, and the bounds NAME_lower and NAME_upper of each. */
static enum status add_columns(struct predict *job, char *const *names, size_t n, struct err *err)
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

static enum status add_layer_columns(struct predict *job, struct err *err)
{
    enum status status = STATUS_OK;
    for (size_t k = 0; k < job->ensemble->outputs && status == STATUS_OK; k++) {
        char *name = mem_format("layer%zu_%zu", job->options->layer, k + 1);
        status = append_column(&job->append, name, err);
        free(name);
    }
    return status;
}

enum status predict_write_header(struct predict *job, struct err *err)
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

static void add_numbers(struct predict *job, struct predict_part *part, const double *values, size_t n, bool missing,
                        size_t *cells)
{
    for (size_t i = 0; i < n; i++) {
        append_next_cell(&job->append, &part->text, cells);
        if (!missing)
            buffer_add_number(&part->text, values[i], job->options->digits);
    }
}

/* Bounds of the row's scores, and of its outputs, which rise with the only score: lower and upper, n of each. */
static void find_bounds(const struct predict *job, struct predict_part *part, const double *x, const uint32_t *level,
                        const double *scores, const double *outputs)
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
    if (interval_is_joint(job->interval)) {
        interval_of_classes(job->interval, part->terms, outputs, job->ensemble->temperature, upper + n, upper + 2 * n);
        return;
    }
    p->kind->respond(p, lower, upper + n);
    p->kind->respond(p, upper, upper + 2 * n);
}

/* first: of part->bounds, n lower and n upper ones. */
static void add_bounds(struct predict *job, struct predict_part *part, size_t first, size_t n, bool missing,
                       size_t *cells)
{
    for (size_t k = 0; k < n && job->interval != NULL; k++) {
        const double *lower = part->bounds + first;
        add_numbers(job, part, lower + k, 1, missing, cells);
        add_numbers(job, part, lower + n + k, 1, missing, cells);
    }
}

void predict_write_row(struct predict *job, struct predict_part *part, const struct block *b, size_t row, bool missing)
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
        find_bounds(job, part, b->numbers + row * b->row_step, part->level + row * p->texts, scores, outputs);
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

enum status predict_write_part(struct predict *job, const struct predict_part *part, struct err *err)
{
    return append_write(&job->append, &part->text, err);
}
