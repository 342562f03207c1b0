/* The view of a model that a picture shows: which features vary, and the values at which all others are held.
 *
 * 1. plot_view_choose: the values of --at, and the features that vary (plot_view_choose.c).
 * 2. load reads the rows, with the target and all features that are still open.
 * 3. hold sets these to their means or most frequent levels in the rows, and gives a notice. */
#include "app/plot/plot_rows.h"
#include "app/plot/plot_view_choose.h"

#include "base/mem.h"
#include "cli/usage.h"
#include "text/buffer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAMED = 4 }; /* number of columns named in a notice */

/* The name of the target column in the model; NULL if the model does not name it. */
static const char *target_of(const struct plot_task *task, const struct predictor *predictor)
{
    if (task->settings->target != NULL)
        return task->settings->target;
    if (predictor->labels == 0)
        return predictor->target[0];
    return model_text(predictor->model, &field_target);
}

static bool is_shown(const struct plot_view *v, size_t number)
{
    return number == v->shown[0] || (v->n_shown > 1 && number == v->shown[1]);
}

static enum status load(struct plot_view_making *m, struct table *table, bool target_is_number, struct frame **frame,
                        struct err *err)
{
    const struct predictor *p = m->view->predictor;
    size_t target, n = predictor_numbers(p), used = 0, used_texts = 0;
    const char *name = target_of(m->task, p);
    if (name == NULL)
        return usage_missing(err, "--target, as the model does not name the column it predicts");
    struct frame_number *numbers = mem_alloc(m->view->n_shown + 1 + n, sizeof *numbers);
    size_t *texts = mem_alloc(1 + p->texts, sizeof *texts);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < m->view->n_shown && status == STATUS_OK; i++, used++) {
        numbers[used] = (struct frame_number){0, -INFINITY, INFINITY};
        status = plot_rows_find_column(table, p->features[m->view->shown[i]], &numbers[used].column, err);
    }
    if (status == STATUS_OK)
        status = plot_rows_find_column(table, name, &target, err);
    if (status == STATUS_OK && target_is_number)
        numbers[used++] = (struct frame_number){target, -INFINITY, INFINITY};
    else if (status == STATUS_OK)
        texts[used_texts++] = target;
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        if (is_shown(m->view, i) || (m->is_given[i] && !m->view->keeps_rows))
            continue;
        m->view->number[i] = used;
        m->number[m->n_numbers++] = i;
        numbers[used] = (struct frame_number){0, -INFINITY, INFINITY};
        status = plot_rows_find_column(table, plot_view_number_name(p, i), &numbers[used++].column, err);
    }
    for (size_t t = 0; t < p->texts && status == STATUS_OK; t++) {
        if (m->is_given_text[t] && !m->view->keeps_rows)
            continue;
        m->view->text[t] = used_texts;
        m->text[m->n_texts++] = t;
        status = plot_rows_find_column(table, p->text_features[t], &texts[used_texts++], err);
    }
    struct frame_options options = {numbers, used, texts, used_texts, .threads = m->task->run->general->threads};
    if (status == STATUS_OK)
        m->view->target = table_name(table, target);
    if (status == STATUS_OK)
        status = frame_load(frame, table, &options, err);
    if (status == STATUS_OK)
        status = plot_rows_check(m->task, *frame, table, err);
    free(numbers);
    free(texts);
    return status;
}

static double mean_of(const struct frame *frame, size_t number)
{
    double sum = 0;
    for (size_t r = 0; r < frame->rows; r++)
        sum += frame_value(frame, r, number) / (double)frame->rows;
    return sum;
}

/* The most frequent level in the rows that the model knows. */
static uint32_t mode_of(const struct frame *frame, size_t text, const struct dict *levels)
{
    size_t words = dict_count(frame->words[text]), *count = mem_zero(words, sizeof *count), most = 0;
    uint32_t mode = 0;
    for (size_t r = 0; r < frame->rows; r++)
        count[frame->code[r * frame->texts + text]]++;
    for (uint32_t w = 0; w < words; w++) {
        uint32_t level = dict_find(levels, dict_text(frame->words[text], w));
        if (level != DICT_NONE && count[w] > most) {
            most = count[w];
            mode = level;
        }
    }
    free(count);
    return mode;
}

/* Holds features that are neither shown nor given at their mean or most frequent level in the rows, with a
 * notice. */
static void hold(struct plot_view_making *m, const struct frame *frame)
{
    const struct plot_view *v = m->view;
    const struct predictor *p = v->predictor;
    size_t first = frame->numbers - m->n_numbers, first_text = frame->texts - m->n_texts, held = 0;
    struct buffer list = {0};
    for (size_t i = 0; i < m->n_numbers + m->n_texts; i++) {
        bool is_number = i < m->n_numbers;
        size_t at = is_number ? m->number[i] : m->text[i - m->n_numbers];
        if (is_number ? m->is_given[at] : m->is_given_text[at])
            continue;
        if (is_number)
            v->x[at] = mean_of(frame, first + i);
        else
            v->level[at] = mode_of(frame, first_text + i - m->n_numbers, p->levels[at]);
        if (held++ >= NAMED)
            continue;
        buffer_add_text(&list, held > 1 ? ", " : "");
        if (is_number)
            buffer_add_format(&list, "%s = %.4g", plot_view_number_name(p, at), v->x[at]);
        else
            buffer_add_format(&list, "%s = %s", p->text_features[at], dict_text(p->levels[at], v->level[at]).p);
    }
    char echo[ERR_ECHO];
    err_echo(echo, (struct slice){list.p, list.n});
    if (held > NAMED)
        notice(m->task->run, "fixed at the means and most frequent values of the rows: %s, and %zu more", echo,
               held - NAMED);
    else if (held > 0)
        notice(m->task->run, "fixed at the means and most frequent values of the rows: %s", echo);
    buffer_free(&list);
}

enum status plot_view_load(struct plot_view *v, const struct plot_task *task, struct table *table,
                           const struct predictor *p, size_t n_shown, bool target_is_number, bool keeps_rows,
                           struct frame **frame, struct err *err)
{
    size_t n = predictor_numbers(p);
    *v = (struct plot_view){
        .predictor = p,
        .x = mem_zero(n, sizeof *v->x),
        .level = mem_zero(p->texts, sizeof *v->level),
        .keeps_rows = keeps_rows,
        .number = mem_zero(n, sizeof *v->number),
        .text = mem_zero(p->texts, sizeof *v->text),
    };
    struct plot_view_making m = {.view = v, .task = task, .table = table};
    m.is_given = mem_zero(n, sizeof *m.is_given);
    m.is_given_text = mem_zero(p->texts, sizeof *m.is_given_text);
    m.number = mem_alloc(n, sizeof *m.number);
    m.text = mem_alloc(p->texts, sizeof *m.text);
    enum status status = plot_view_choose(&m, n_shown, err);
    if (status == STATUS_OK)
        status = load(&m, table, target_is_number, frame, err);
    if (status == STATUS_OK)
        hold(&m, *frame);
    free(m.is_given);
    free(m.is_given_text);
    free(m.number);
    free(m.text);
    return status;
}

void plot_view_free(struct plot_view *v)
{
    free(v->x);
    free(v->level);
    free(v->number);
    free(v->text);
}

bool plot_view_row(const struct plot_view *v, const struct frame *frame, size_t row, double *x, uint32_t *level)
{
    const struct predictor *p = v->predictor;
    bool known = true;
    for (size_t i = 0; i < predictor_numbers(p); i++)
        if (!is_shown(v, i))
            x[i] = frame_value(frame, row, v->number[i]);
    for (size_t i = 0; i < v->n_shown; i++)
        x[v->shown[i]] = frame_value(frame, row, i);
    for (size_t t = 0; t < p->texts; t++) {
        uint32_t word = frame->code[row * frame->texts + v->text[t]];
        level[t] = dict_find(p->levels[t], dict_text(frame->words[v->text[t]], word));
        known &= level[t] != DICT_NONE;
    }
    return known;
}

char *plot_view_fixed(const struct plot_view *v, size_t i, double *value)
{
    const struct predictor *p = v->predictor;
    size_t n = predictor_numbers(p), at = 0;
    while (at < n && (is_shown(v, at) || i-- > 0))
        at++;
    *value = at < n ? v->x[at] : (double)NAN;
    if (at < n)
        return mem_format("%s = %.4g", plot_view_number_name(p, at), v->x[at]);
    if (i >= p->texts)
        return NULL;
    return mem_format("%s = %s", p->text_features[i], dict_text(p->levels[i], v->level[i]).p);
}

const char *plot_view_name(const struct plot_view *v, size_t i)
{
    return v->predictor->features[v->shown[i]];
}

void plot_view_scores(const struct plot_view *v, size_t n, const double *points, double *scores)
{
    const struct predictor *p = v->predictor;
    size_t width = predictor_numbers(p);
    double *x = mem_alloc(n * width, sizeof *x);
    uint32_t *level = mem_alloc(n * p->texts, sizeof *level);
    for (size_t r = 0; r < n; r++) {
        memcpy(x + r * width, v->x, width * sizeof *x);
        if (p->texts > 0)
            memcpy(level + r * p->texts, v->level, p->texts * sizeof *level);
        for (size_t i = 0; i < v->n_shown; i++)
            x[r * width + v->shown[i]] = points[r * v->n_shown + i];
    }
    predictor_scores(p, &(struct predictor_rows){n, x, width, level}, scores);
    free(x);
    free(level);
}

void plot_view_terms(const struct plot_view *v, const double *point, double *terms)
{
    size_t width = predictor_numbers(v->predictor);
    double *x = mem_alloc(width, sizeof *x);
    memcpy(x, v->x, width * sizeof *x);
    for (size_t i = 0; i < v->n_shown; i++)
        x[v->shown[i]] = point[i];
    predictor_terms(v->predictor, x, v->level, terms);
    free(x);
}
