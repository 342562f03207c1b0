/* Several models as one prediction.
 *
 * 1. ensemble_new: the members must predict the same classes or targets. The columns that at least one of them reads
 *    are numbered; each member knows which of them are its own (find_columns).
 * 2. ensemble_predict, for a batch of rows: each member in turn gets its columns (rows_of, which copies nothing if they
 *    are all columns in order), computes scores, and responds with outputs (ensemble_respond), after a division of the
 *    scores by the temperature.
 * 3. ensemble_combine: outputs are averaged. A standard deviation is that of the mixture: the mean of sd^2 +
 *    (mean - average)^2, which does not cancel as sd^2 + mean^2 - average^2 would.
 *
 * Threads share the ensemble and have a struct ensemble_work each. */

#include "model/ensemble.h"

#include "base/mem.h"
#include "model/kind.h"
#include "text/buffer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- making ---- */

/* Two probabilities and that of the second label alone are the same outputs. */
static bool same_outputs(const struct predictor *a, const struct predictor *b)
{
    if (a->labels != b->labels || (a->labels == 0 && a->outputs != b->outputs))
        return false;
    for (size_t k = 0; k < a->labels; k++)
        if (strcmp(a->label[k], b->label[k]) != 0)
            return false;
    for (size_t k = 0; a->labels == 0 && k < a->outputs; k++)
        if (strcmp(a->target[k], b->target[k]) != 0)
            return false;
    return a->labels > 0 || a->has_sds == b->has_sds;
}

/* The classes or targets, as many as fit into a message. */
static const char *describe(const struct predictor *p, char out[ERR_ECHO])
{
    size_t n = p->labels > 0 ? p->labels : p->outputs;
    const char *const *name = p->labels > 0 ? p->label : p->target;
    struct buffer list = {0};
    for (size_t k = 0; k < n && list.n < ERR_ECHO; k++) {
        buffer_add_text(&list, k > 0 ? ", " : p->labels > 0 ? "the classes " : "");
        buffer_add_text(&list, name[k]);
    }
    err_echo(out, (struct slice){list.p, list.n});
    buffer_free(&list);
    return out;
}

/* The features, then the offset unless it is NULL. */
static uint32_t *add_columns(struct dict *columns, size_t n, const char *const *features, const char *offset)
{
    uint32_t *column = mem_alloc(n + 1, sizeof *column);
    for (size_t j = 0; j < n; j++)
        column[j] = dict_add(columns, slice_of(features[j]));
    if (offset != NULL)
        column[n] = dict_add(columns, slice_of(offset));
    return column;
}

static void find_columns(struct ensemble *e)
{
    for (size_t m = 0; m < e->n; m++) {
        const struct predictor *p = e->member[m];
        e->columns[m].number = add_columns(e->numbers, p->d - p->indicators, p->features, p->offset);
        e->columns[m].text = add_columns(e->texts, p->texts, p->text_features, NULL);
    }
    for (size_t m = 0; m < e->n; m++) {
        size_t n = predictor_numbers(e->member[m]);
        e->columns[m].is_plain = n == dict_count(e->numbers);
        for (size_t j = 0; j < n; j++)
            e->columns[m].is_plain &= e->columns[m].number[j] == j;
    }
}

enum status ensemble_new(struct ensemble **ensemble, size_t n, const struct predictor *const *members,
                         const char *const *names, struct err *err)
{
    for (size_t m = 1; m < n; m++) {
        char first[ERR_ECHO], other[ERR_ECHO];
        if (!same_outputs(members[0], members[m]))
            return err_data(err, "models that are averaged must predict the same, but '%s' predicts %s, '%s' %s",
                            names[0], describe(members[0], first), names[m], describe(members[m], other));
    }
    struct ensemble *e = mem_zero(1, sizeof *e);
    e->n = n;
    e->member = members;
    e->outputs = members[0]->outputs;
    e->temperature = 1;
    e->numbers = dict_new();
    e->texts = dict_new();
    e->columns = mem_zero(n, sizeof *e->columns);
    for (size_t m = 0; m < n; m++) {
        e->all_texts += members[m]->texts;
        e->all_outputs += members[m]->outputs;
    }
    find_columns(e);
    *ensemble = e;
    return STATUS_OK;
}

void ensemble_free(struct ensemble *e)
{
    if (e == NULL)
        return;
    for (size_t m = 0; m < e->n; m++) {
        free(e->columns[m].number);
        free(e->columns[m].text);
    }
    free(e->columns);
    dict_free(e->numbers);
    dict_free(e->texts);
    free(e);
}

enum status ensemble_use_layer(struct ensemble *e, size_t number, struct err *err)
{
    struct kind_layer layer;
    if (e->n > 1)
        return err_usage(err, "layers are shown of one model, not of %zu", e->n);
    enum status status = kind_find_layer(e->member[0], number, &layer, err);
    if (status != STATUS_OK)
        return status;
    e->layer = number;
    e->outputs = layer.outputs;
    return STATUS_OK;
}

/* ---- predicting ---- */

void ensemble_work_free(struct ensemble_work *w)
{
    free(w->x);
    free(w->scores);
    free(w->outputs);
    free(w->all);
}

/* The rows with the columns of a member. */
static struct predictor_rows rows_of(const struct ensemble *e, size_t m, const struct ensemble_rows *rows,
                                     const uint32_t *level, struct ensemble_work *w)
{
    const uint32_t *column = e->columns[m].number;
    size_t n = predictor_numbers(e->member[m]);
    if (e->columns[m].is_plain)
        return (struct predictor_rows){rows->rows, rows->x, rows->ld, level};
    w->x = mem_grow(w->x, &w->x_capacity, rows->rows * n, sizeof *w->x);
    for (size_t r = 0; r < rows->rows; r++)
        for (size_t j = 0; j < n; j++)
            w->x[r * n + j] = rows->x[r * rows->ld + column[j]];
    return (struct predictor_rows){rows->rows, w->x, n, level};
}

void ensemble_reserve(const struct ensemble *e, size_t rows, struct ensemble_work *w)
{
    size_t most = 0;
    for (size_t m = 0; m < e->n; m++)
        most = e->member[m]->scores > most ? e->member[m]->scores : most;
    w->scores = mem_grow(w->scores, &w->scores_capacity, rows * most, sizeof *w->scores);
    w->outputs = mem_grow(w->outputs, &w->outputs_capacity, rows * e->outputs, sizeof *w->outputs);
    if (e->n > 1)
        w->all = mem_grow(w->all, &w->all_capacity, rows * e->all_outputs, sizeof *w->all);
}

struct ensemble_refusal ensemble_respond(const struct ensemble *e, size_t member, size_t rows, const bool *skip,
                                         struct ensemble_work *w)
{
    const struct predictor *p = e->member[member];
    double *outputs = e->n > 1 ? w->all : w->outputs;
    for (size_t m = 0; m < member; m++)
        outputs += rows * e->member[m]->outputs;
    for (size_t i = 0; e->temperature != 1 && i < rows * p->scores; i++)
        w->scores[i] /= e->temperature;
    for (size_t r = 0; r < rows; r++)
        if ((skip == NULL || !skip[r]) && !p->kind->respond(p, w->scores + r * p->scores, outputs + r * p->outputs))
            return (struct ensemble_refusal){r, p->kind->refusal, p->kind->refusal_cause};
    return (struct ensemble_refusal){0};
}

/* A member's output k of a row, in the first member's form. */
static double output_of(const struct ensemble *e, size_t m, const double *outputs, size_t k)
{
    size_t own = e->member[m]->outputs;
    if (own == e->outputs)
        return outputs[k];
    return own == 2 ? outputs[1] : k == 1 ? outputs[0] : 1 - outputs[0];
}

static double mean_of(const struct ensemble *e, const double *all, size_t rows, size_t row, size_t k)
{
    double sum = 0;
    for (size_t m = 0; m < e->n; all += rows * e->member[m]->outputs, m++)
        sum += output_of(e, m, all + row * e->member[m]->outputs, k);
    return sum / (double)e->n;
}

/* The sd of the mixture: output k is its mean, and the members' sds are outputs k + 1. */
static double sd_of(const struct ensemble *e, const double *all, size_t rows, size_t row, size_t k, double mean)
{
    double sum = 0;
    for (size_t m = 0; m < e->n; m++, all += rows * e->outputs) {
        double from_mean = all[row * e->outputs + k] - mean, sd = all[row * e->outputs + k + 1];
        sum += sd * sd + from_mean * from_mean;
    }
    return sqrt(sum / (double)e->n);
}

/* The average of one row; all: rows x the member's outputs, member after member. */
static void average(const struct ensemble *e, const double *all, size_t rows, size_t row, double *result)
{
    bool pairs = e->member[0]->has_sds;
    for (size_t k = 0; k < e->outputs; k += pairs ? 2 : 1) {
        result[k] = mean_of(e, all, rows, row, k);
        if (pairs)
            result[k + 1] = sd_of(e, all, rows, row, k, result[k]);
    }
}

void ensemble_combine(const struct ensemble *e, size_t rows, const bool *skip, struct ensemble_work *w)
{
    for (size_t r = 0; e->n > 1 && r < rows; r++)
        if (skip == NULL || !skip[r])
            average(e, w->all, rows, r, w->outputs + r * e->outputs);
}

struct ensemble_refusal ensemble_predict(const struct ensemble *e, const struct ensemble_rows *rows,
                                         struct ensemble_work *w)
{
    struct ensemble_refusal refusal = {0};
    const uint32_t *level = rows->level;
    ensemble_reserve(e, rows->rows, w);
    if (e->layer > 0) {
        struct predictor_rows own = rows_of(e, 0, rows, level, w);
        e->member[0]->kind->activate(e->member[0], &own, e->layer - 1, w->outputs);
        return refusal;
    }
    for (size_t m = 0; m < e->n && refusal.reason == NULL; level += rows->rows * e->member[m]->texts, m++) {
        struct predictor_rows own = rows_of(e, m, rows, level, w);
        predictor_scores(e->member[m], &own, w->scores);
        refusal = ensemble_respond(e, m, rows->rows, rows->skip, w);
    }
    if (refusal.reason == NULL)
        ensemble_combine(e, rows->rows, rows->skip, w);
    return refusal;
}
