/* The view of a model that a picture shows: which features vary, and the values at which all others are held.
 *
 * 1. parse_values reads the values of --at.
 * 2. show_chosen takes the varying features from the options, show_rest those that --at leaves.
 * 3. load reads the rows, with the target and all features that are still open.
 * 4. hold sets these to their means or most frequent levels in the rows, and gives a notice. */
#include "app/plot/plot_rows.h"
#include "app/plot/plot_view.h"

#include "base/mem.h"
#include "cli/usage.h"
#include "data/table/columns.h"
#include "text/buffer.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAMED = 4 }; /* number of columns named in a notice */

/* The state of making a view. */
struct plot_view_making {
    struct plot_view *view;
    const struct plot_task *task;
    const struct table *table;
    bool *is_given, *is_given_text; /* given by --at or shown: per number; per text */
    size_t *number, *text;          /* indexes in x and level of the further columns of the frame */
    size_t n_numbers, n_texts;
};

static size_t features_of(const struct predictor *p)
{
    return p->d - p->indicators;
}

static const char *number_name(const struct predictor *p, size_t i)
{
    return i < features_of(p) ? p->features[i] : p->offset;
}

static size_t find_number(const struct predictor *p, struct slice name)
{
    size_t i = 0;
    while (i < predictor_numbers(p) && !slice_equal(name, slice_of(number_name(p, i))))
        i++;
    return i;
}

static size_t find_text(const struct predictor *p, struct slice name)
{
    size_t t = 0;
    while (t < p->texts && !slice_equal(name, slice_of(p->text_features[t])))
        t++;
    return t;
}

/* ---- --at ---- */

static enum status parse_value(struct plot_view_making *m, struct slice name, struct slice value, struct err *err)
{
    const struct predictor *p = m->view->predictor;
    size_t i = find_number(p, name), t = find_text(p, name);
    char echo[ERR_ECHO], other[ERR_ECHO];
    err_echo(echo, name);
    err_echo(other, value);
    if (i < predictor_numbers(p)) {
        m->is_given[i] = true;
        if (!number_parse(value, &m->view->x[i]) || !isfinite(m->view->x[i]))
            return usage_option(err, "--at", "the model's column '%s' is numeric, but '%s' is not a number", echo,
                                other);
        return STATUS_OK;
    }
    if (t == p->texts)
        return usage_option(err, "--at", "the model has no column '%s'", echo);
    m->is_given_text[t] = true;
    m->view->level[t] = dict_find(p->levels[t], value);
    if (m->view->level[t] == PREDICTOR_UNSEEN)
        return usage_option(err, "--at", "the model has no category '%s' of the column '%s'", other, echo);
    return STATUS_OK;
}

/* Parses COLUMN=VALUE,... */
static enum status parse_values(struct plot_view_making *m, struct err *err)
{
    const char *rest = m->task->settings->at;
    enum status status = STATUS_OK;
    while (rest != NULL && status == STATUS_OK) {
        const char *end = strchr(rest, ',');
        size_t n = end != NULL ? (size_t)(end - rest) : strlen(rest);
        const char *sign = memchr(rest, '=', n);
        char echo[ERR_ECHO];
        if (sign == NULL)
            return usage_value(err, "--at", err_echo(echo, (struct slice){rest, n}), "COLUMN=VALUE");
        struct slice name = {rest, (size_t)(sign - rest)};
        status = parse_value(m, name, (struct slice){sign + 1, n - name.n - 1}, err);
        rest = end != NULL ? end + 1 : NULL;
    }
    return status;
}

/* ---- what is shown ---- */

static enum status show(struct plot_view_making *m, const char *name, struct err *err)
{
    const struct predictor *p = m->view->predictor;
    size_t i = find_number(p, slice_of(name));
    char echo[ERR_ECHO];
    err_echo(echo, slice_of(name));
    if (i >= features_of(p))
        return usage_option(err, "--features", "the model has no numeric column '%s'", echo);
    if (m->is_given[i])
        return usage_option(err, "--at", "the column '%s' is one of --features", echo);
    m->view->shown[m->view->n_shown++] = i;
    m->is_given[i] = true;
    return STATUS_OK;
}

/* Shows the features chosen by the options. */
static enum status show_chosen(struct plot_view_making *m, size_t wanted, struct err *err)
{
    size_t *columns = NULL, n = 0;
    enum status status =
        columns_find(table_names(m->table), table_width(m->table), m->task->settings->x, &columns, &n, err);
    if (status != STATUS_OK)
        return err_at(err, table_file(m->table), 0);
    if (n != wanted)
        status = usage_option(err, "--features", "expected %zu column%s, not %zu", wanted, wanted == 1 ? "" : "s", n);
    for (size_t i = 0; i < n && status == STATUS_OK; i++)
        status = show(m, table_name(m->table, columns[i]), err);
    free(columns);
    return status;
}

/* Shows the features that --at does not hold. */
static enum status show_rest(struct plot_view_making *m, size_t wanted, struct err *err)
{
    const struct predictor *p = m->view->predictor;
    size_t all = features_of(p), left = 0;
    for (size_t i = 0; i < all; i++)
        left += !m->is_given[i];
    if (left > wanted)
        err_data(err,
                 "the model has %zu numeric columns, but this picture shows %zu; use --features to choose them, and "
                 "--at or rows to fix the others",
                 all, wanted);
    else if (left < wanted)
        err_data(err, "the model has %zu numeric column%s%s, but this picture shows %zu", left, left == 1 ? "" : "s",
                 left < all ? " that --at does not fix" : "", wanted);
    if (left != wanted)
        return err_at(err, m->task->settings->model, 0);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < all && status == STATUS_OK; i++)
        if (!m->is_given[i])
            status = show(m, p->features[i], err);
    return status;
}

/* ---- the rows ---- */

/* The name of the target column in the model; NULL if the model does not name it. */
static const char *target_of(const struct plot_task *task, const struct predictor *predictor)
{
    if (task->settings->target != NULL)
        return task->settings->target;
    if (predictor->labels == 0)
        return predictor->target[0];
    return model_text(predictor->model, &field_target);
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
        if (m->is_given[i])
            continue;
        m->number[m->n_numbers++] = i;
        numbers[used] = (struct frame_number){0, -INFINITY, INFINITY};
        status = plot_rows_find_column(table, number_name(p, i), &numbers[used++].column, err);
    }
    for (size_t t = 0; t < p->texts && status == STATUS_OK; t++) {
        if (m->is_given_text[t])
            continue;
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
    size_t first = frame->numbers - m->n_numbers, first_text = frame->texts - m->n_texts,
           held = m->n_numbers + m->n_texts;
    struct buffer list = {0};
    for (size_t i = 0; i < held; i++) {
        bool is_number = i < m->n_numbers;
        size_t at = is_number ? m->number[i] : m->text[i - m->n_numbers];
        if (is_number)
            v->x[at] = mean_of(frame, first + i);
        else
            v->level[at] = mode_of(frame, first_text + i - m->n_numbers, p->levels[at]);
        if (i >= NAMED)
            continue;
        buffer_add_text(&list, i > 0 ? ", " : "");
        if (is_number)
            buffer_add_format(&list, "%s = %.4g", number_name(p, at), v->x[at]);
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

/* ---- views ---- */

enum status plot_view_load(struct plot_view *v, const struct plot_task *task, struct table *table,
                           const struct predictor *p, size_t n_shown, bool target_is_number, struct frame **frame,
                           struct err *err)
{
    size_t n = predictor_numbers(p);
    *v = (struct plot_view){
        .predictor = p, .x = mem_zero(n, sizeof *v->x), .level = mem_zero(p->texts, sizeof *v->level)};
    struct plot_view_making m = {.view = v, .task = task, .table = table};
    m.is_given = mem_zero(n, sizeof *m.is_given);
    m.is_given_text = mem_zero(p->texts, sizeof *m.is_given_text);
    m.number = mem_alloc(n, sizeof *m.number);
    m.text = mem_alloc(p->texts, sizeof *m.text);
    enum status status = parse_values(&m, err);
    if (status == STATUS_OK)
        status = task->settings->x != NULL ? show_chosen(&m, n_shown, err) : show_rest(&m, n_shown, err);
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
