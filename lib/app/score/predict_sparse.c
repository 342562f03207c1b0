/* Predictions for sparse rows (svmlight text), whose columns are numbers.
 *
 * 1. map_features: which columns are features of a model, by the rank of the column among these.
 * 2. Scores: where they are linear, from the values that stand in the row (score_sparse); else DENSE_ROWS rows at a
 *    time with their zeros (score_dense).
 * 3. ensemble_respond, ensemble_combine: outputs, averaged over the models (model/ensemble.c).
 * Blocks are predicted on all threads (map_sparse), and written in order (reduce_sparse); memory is constant. */
#include "app/score/predict_estimable.h"
#include "app/score/predict_work.h"

#include "base/mem.h"
#include "data/table/svm_fold.h"
#include "model/kind.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DENSE_ROWS = 256 };

/* The column, from 0, that is called 1, 2, ... */
static enum status find_column(const char *feature, const struct table *table, size_t *column, struct err *err)
{
    double number;
    char echo[ERR_ECHO];
    if (!number_parse(slice_of(feature), &number) || !(number >= 1 && number <= SVM_COLUMNS_MAX) ||
        number != floor(number)) {
        err_data(err, "the model's feature '%s' is missing: svmlight text has the features 1, 2, 3, ...",
                 err_echo(echo, slice_of(feature)));
        return err_at(err, table_file(table), 0);
    }
    *column = (size_t)number - 1;
    return STATUS_OK;
}

/* Which of a model's features the columns are. */
static enum status map_features(struct predict_features *f, const struct predictor *p, const struct table *table,
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

static enum status check_sparse(const struct predict *job, struct err *err)
{
    if (job->interval != NULL)
        return err_data(err, "--interval cannot be used with svmlight rows");
    if (job->options->append)
        return err_data(err, "--append cannot be used with svmlight rows");
    for (size_t m = 0; m < job->ensemble->n; m++) {
        const struct predictor *p = job->ensemble->member[m];
        char echo[ERR_ECHO];
        if (p->texts > 0)
            return err_data(err, "the model's feature '%s' is a category, which svmlight rows cannot hold",
                            err_echo(echo, slice_of(p->text_features[0])));
        if (p->offset != NULL)
            return err_data(err, "the model has an offset, which svmlight rows lack");
    }
    return STATUS_OK;
}

static bool is_known(const struct predict *job, size_t index)
{
    for (size_t m = 0; m < job->ensemble->n; m++)
        if (rank_has(&job->sparse[m].columns, index))
            return true;
    return false;
}

/* Counts a row with a value of a feature that no model has. */
static void add_unknown(const struct predict *job, struct predict_part *part, const struct svm *svm, size_t row)
{
    for (size_t i = svm->start[row]; i < svm->start[row + 1]; i++) {
        if (svm->value[i] == 0 || is_known(job, svm->index[i]))
            continue;
        if (predict_events_add(&part->events, PREDICT_UNKNOWN, row))
            err_data(&part->events.of[PREDICT_UNKNOWN].first, "feature %zu", (size_t)svm->index[i] + 1);
        return;
    }
}

/* Some rows with their zeros, for member m. */
static struct predictor_rows fill_rows(const struct predict *job, size_t m, const struct svm *svm, size_t first,
                                       struct predict_part *part)
{
    const struct predictor *p = job->ensemble->member[m];
    const struct predict_features *f = &job->sparse[m];
    size_t rows = svm->rows - first < DENSE_ROWS ? svm->rows - first : DENSE_ROWS;
    part->x = mem_grow(part->x, &part->x_capacity, DENSE_ROWS * p->d, sizeof *part->x);
    memset(part->x, 0, rows * p->d * sizeof *part->x);
    for (size_t r = 0; r < rows; r++) {
        size_t known = 0;
        for (size_t i = svm->start[first + r]; i < svm->start[first + r + 1]; i++)
            if (rank_has(&f->columns, svm->index[i])) {
                part->x[r * p->d + f->feature[rank_of(&f->columns, svm->index[i])]] = svm->value[i];
                known++;
            }
        if (m == 0 && known < svm->start[first + r + 1] - svm->start[first + r])
            add_unknown(job, part, svm, first + r);
    }
    return (struct predictor_rows){rows, part->x, p->d, NULL};
}

/* The scores of all rows by member m, into the part's; or, where the ensemble shows a layer, what that puts out. */
static void score_dense(const struct predict *job, size_t m, const struct svm *svm, struct predict_part *part)
{
    const struct ensemble *e = job->ensemble;
    const struct predictor *p = e->member[m];
    for (size_t first = 0; first < svm->rows; first += DENSE_ROWS) {
        struct predictor_rows rows = fill_rows(job, m, svm, first, part);
        if (e->layer > 0)
            p->kind->activate(p, &rows, e->layer - 1, part->work.outputs + first * e->outputs);
        else
            predictor_scores(p, &rows, part->work.scores + first * p->scores);
    }
}

/* The same for member m where scores are linear. */
static enum status score_sparse(const struct predict *job, size_t m, const struct svm *svm, struct predict_part *part,
                                struct err *err)
{
    const struct predictor *p = job->ensemble->member[m];
    const struct predict_features *f = &job->sparse[m];
    enum status status = STATUS_OK;
    for (size_t row = 0; row < svm->rows && status == STATUS_OK; row++) {
        size_t n = 0, begin = svm->start[row], count = svm->start[row + 1] - begin;
        part->index = mem_grow(part->index, &part->index_capacity, count, sizeof *part->index);
        part->values = mem_grow(part->values, &part->values_capacity, count, sizeof *part->values);
        for (size_t i = begin; i < begin + count; i++) {
            if (!rank_has(&f->columns, svm->index[i]))
                continue;
            part->index[n] = f->feature[rank_of(&f->columns, svm->index[i])];
            part->values[n++] = svm->value[i];
        }
        if (m == 0 && n < count)
            add_unknown(job, part, svm, row);
        predictor_sparse_scores(p, n, part->index, part->values, part->work.scores + row * p->scores);
        status = predict_estimable_check_sparse(job, part, m, row, n, err);
        if (status != STATUS_OK)
            err->line = svm_line(svm, row);
    }
    return status;
}

static enum status map_sparse(void *context, void *state, const struct svm *svm, struct err *err)
{
    struct predict *job = context;
    struct predict_part *part = state;
    const struct ensemble *e = job->ensemble;
    part->text.n = 0;
    memset(&part->events, 0, sizeof part->events);
    part->missing = mem_grow(part->missing, &part->missing_capacity, svm->rows, sizeof *part->missing);
    memset(part->missing, 0, svm->rows * sizeof *part->missing);
    ensemble_reserve(e, svm->rows, &part->work);
    for (size_t m = 0; m < e->n; m++) {
        if (e->member[m]->kind->score != NULL)
            score_dense(job, m, svm, part);
        else if (score_sparse(job, m, svm, part, err) != STATUS_OK)
            return err->status;
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
        predict_write_row(job, part, NULL, row, part->missing[row]);
    return STATUS_OK;
}

static enum status reduce_sparse(void *context, void *state, const struct svm *svm, struct err *err)
{
    struct predict *job = context;
    struct predict_part *part = state;
    predict_events_merge(job->events, &part->events, job->rows, 0);
    job->rows += svm->rows;
    return predict_write_part(context, state, err);
}

enum status predict_sparse(struct predict *job, struct table *table, struct err *err)
{
    struct svm_fold fold = {sizeof(struct predict_part), map_sparse, reduce_sparse, predict_part_release};
    size_t n = job->ensemble->n;
    enum status status = check_sparse(job, err);
    job->sparse = mem_zero(n, sizeof *job->sparse);
    for (size_t m = 0; m < n && status == STATUS_OK; m++)
        status = map_features(&job->sparse[m], job->ensemble->member[m], table, err);
    if (status == STATUS_OK)
        status = predict_write_header(job, err);
    if (status == STATUS_OK)
        status = svm_fold(table, &fold, job, job->options->threads, err);
    for (size_t m = 0; m < n; m++) {
        rank_free(&job->sparse[m].columns);
        free(job->sparse[m].feature);
    }
    free(job->sparse);
    return status;
}
