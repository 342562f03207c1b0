/* Estimability of the rows of a block (model/estimability.h), and what happens to rows that are not estimable: an empty
 * prediction, which is counted with the relation that the first such row violates, or an error. */

#include "app/score/predict_estimable.h"

#include "base/mem.h"

#include <stdlib.h>

enum status predict_estimable_prepare(struct predict *job, struct err *err)
{
    const struct ensemble *e = job->ensemble;
    enum status status = STATUS_OK;
    job->estimability = mem_zero(e->n, sizeof *job->estimability);
    for (size_t m = 0; m < e->n && status == STATUS_OK; m++) {
        status = estimability_new(&job->estimability[m], e->member[m], err);
        job->checks_rows |= job->estimability[m] != NULL;
    }
    return status;
}

void predict_estimable_release(struct predict *job)
{
    for (size_t m = 0; job->estimability != NULL && m < job->ensemble->n; m++)
        estimability_free(job->estimability[m]);
    free(job->estimability);
}

static struct estimability_work *work_of(const struct predict *job, struct predict_part *part, size_t m)
{
    if (part->estimability == NULL) {
        part->members = job->ensemble->n;
        part->estimability = mem_zero(part->members, sizeof *part->estimability);
    }
    return &part->estimability[m];
}

/* The row's numbers in the order of a member. */
static const double *numbers_of(const struct ensemble *e, size_t m, const double *x, struct predict_part *part)
{
    size_t n = predictor_numbers(e->member[m]);
    if (e->columns[m].is_plain)
        return x;
    part->numbers = mem_grow(part->numbers, &part->numbers_capacity, n, sizeof *part->numbers);
    for (size_t j = 0; j < n; j++)
        part->numbers[j] = x[e->columns[m].number[j]];
    return part->numbers;
}

/* block: NULL for sparse rows. */
static enum status refuse(const struct predict *job, struct predict_part *part, const struct block *b, size_t m,
                          size_t relation, size_t row, struct err *err)
{
    char words[ERR_ECHO];
    bool is_error = job->options->inestimable == PREDICT_INESTIMABLE_ERROR;
    bool is_first = !part->missing[row] && predict_events_add(&part->events, PREDICT_INESTIMABLE, row);
    part->missing[row] |= job->options->inestimable == PREDICT_INESTIMABLE_MISSING;
    if (!is_error && !is_first)
        return STATUS_OK;
    estimability_describe(job->estimability[m], relation, words);
    struct err *reason = is_error ? err : &part->events.of[PREDICT_INESTIMABLE].first;
    const char *text =
        is_error ? "the training data do not determine the prediction, as in all of their rows %s" : "%s";
    if (b != NULL)
        block_row_error(b, row, reason, text, words);
    else
        err_data(reason, text, words);
    return is_error ? err_because(err, ERR_INESTIMABLE_ROW, NULL) : STATUS_OK;
}

enum status predict_estimable_check(const struct predict *job, struct predict_part *part, const struct block *b,
                                    struct err *err)
{
    const struct ensemble *e = job->ensemble;
    const uint32_t *level = part->level;
    enum status status = STATUS_OK;
    for (size_t m = 0; m < e->n; level += b->rows * e->member[m]->texts, m++) {
        const struct estimability *own = job->estimability[m];
        struct estimability_work *work = work_of(job, part, m);
        for (size_t row = 0; own != NULL && row < b->rows && status == STATUS_OK; row++) {
            if (part->missing[row])
                continue;
            const double *x = numbers_of(e, m, b->numbers + row * b->row_step, part);
            size_t relation = estimability_of(own, work, x, level + row * e->member[m]->texts);
            if (relation != ESTIMABILITY_YES)
                status = refuse(job, part, b, m, relation, row, err);
        }
    }
    return status;
}

enum status predict_estimable_check_sparse(const struct predict *job, struct predict_part *part, size_t m, size_t row,
                                           size_t n, struct err *err)
{
    const struct estimability *own = job->estimability[m];
    if (own == NULL || part->missing[row])
        return STATUS_OK;
    size_t relation = estimability_of_sparse(own, work_of(job, part, m), n, part->index, part->values);
    return relation == ESTIMABILITY_YES ? STATUS_OK : refuse(job, part, NULL, m, relation, row, err);
}
