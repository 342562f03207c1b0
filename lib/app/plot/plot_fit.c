/* Predictions of a model as a function of one feature, over the rows: a curve with its interval through points,
 * or the probabilities of classes with the observed shares of groups of neighbouring rows. Other features are
 * fixed (plot_view.c), points and shares are adjusted for them (plot_partial.c), and the caption says at which values.
 */
#include "app/plot/plot_partial.h"
#include "app/plot/plot_rows.h"
#include "app/plot/plot_scene.h"

#include "base/mem.h"
#include "cli/usage.h"
#include "model/interval.h"
#include "model/kind.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CURVE = 200 /* pieces */, BINS = 10 };
enum { PART_X, PART_Y, PART_LOWER, PART_UPPER, COLUMNS };
enum { NAMED = 4 }; /* number of fixed features in the caption */

struct plot_fit_work {
    struct plot_scene scene;
    struct interval *interval; /* NULL: the model has no interval */
    struct plot_partial partial;
    bool adjusts; /* the model has other features */
    struct figure *figure;
};

static bool has_classes(const struct plot_fit_work *w)
{
    return w->scene.predictor->labels > 0;
}

/* Whether the outputs are mean and sd, the parameters of a Gaussian. */
static bool has_sd(const struct predictor *p)
{
    return p->outputs == 2 && p->labels == 0 && strcmp(p->output_names[0], "mean") == 0 &&
           strcmp(p->output_names[1], "sd") == 0;
}

static char *y_label(const struct plot_fit_work *w, const char *y)
{
    if (!has_classes(w))
        return mem_format("%s", y);
    if (w->scene.predictor->outputs > 1)
        return mem_format("probability of each %s", y);
    return mem_format("probability that %s is %s", y, w->scene.predictor->label[1]);
}

static enum status load(struct plot_fit_work *w, struct err *err)
{
    enum status status = plot_scene_load(&w->scene, 1, true, err);
    if (status == STATUS_OK) {
        const char *x = plot_view_name(&w->scene.view, 0), *y = w->scene.view.target;
        const char *const names[] = {x, has_classes(w) ? "probability" : y, "lower", "upper"};
        w->figure = figure_new("part", COLUMNS, names);
        w->figure->x_label = mem_format("%s", x);
        w->figure->y_label = y_label(w, y);
    }
    return status;
}

/* ---- the model ---- */

/* Computes the outputs at x, and their bounds if the model has an interval, otherwise NaN; false if the model
 * has no prediction. */
static bool predict(const struct plot_fit_work *w, double x, double *outputs, double *lower, double *upper)
{
    const struct predictor *p = w->scene.predictor;
    double *score = mem_alloc(4 * p->scores + p->d, sizeof *score), *half = score + p->scores;
    double *low = half + p->scores, *high = low + p->scores, *terms = high + p->scores;
    plot_view_scores(&w->scene.view, 1, &x, score);
    bool known = p->kind->respond(p, score, outputs);
    for (size_t k = 0; k < p->outputs; k++)
        lower[k] = upper[k] = NAN;
    if (known && w->interval != NULL) {
        plot_view_terms(&w->scene.view, &x, terms);
        interval_half_widths(w->interval, terms, half);
        for (size_t k = 0; k < p->scores; k++) {
            low[k] = score[k] - half[k];
            high[k] = score[k] + half[k];
        }
        p->kind->respond(p, low, lower);
        p->kind->respond(p, high, upper);
    }
    if (known && has_sd(p)) {
        lower[0] = outputs[0] - outputs[1];
        upper[0] = outputs[0] + outputs[1];
    }
    free(score);
    return known;
}

static void place_bounds(struct figure_series *s)
{
    s->column[FIGURE_Y_LOW] = PART_LOWER;
    s->column[FIGURE_Y_HIGH] = PART_UPPER;
}

/* The name of an output: "p_" and its class, or its name in the model. The caller frees it. */
static char *output_name(const struct plot_fit_work *w, size_t k)
{
    const struct predictor *p = w->scene.predictor;
    if (p->labels > 0)
        return mem_format("p_%s", p->outputs == 1 ? p->label[1] : p->label[k]);
    return mem_format("%s", p->output_names[k]);
}

/* What the band of a curve is, for its legend. */
static const char *band_words(const struct plot_fit_work *w)
{
    if (w->interval != NULL)
        return ", with its interval";
    return has_sd(w->scene.predictor) ? ", within sd" : "";
}

/* Adds the curve of an output, in its band if it has one. */
static void add_curve(struct plot_fit_work *w, size_t k)
{
    double range[2];
    double *output = mem_alloc(3 * w->scene.predictor->outputs, sizeof *output),
           *lower = output + w->scene.predictor->outputs;
    double *upper = lower + w->scene.predictor->outputs;
    char *name = output_name(w, k);
    struct figure_series *s = figure_add(w->figure, name, FIGURE_LINE, k + 1);
    s->banded = w->interval != NULL || has_sd(w->scene.predictor);
    place_bounds(s);
    plot_rows_range(w->scene.frame, 0, 0.05, range);
    for (size_t i = 0; i <= CURVE; i++) {
        double x = range[0] + (range[1] - range[0]) * (double)i / CURVE;
        bool known = predict(w, x, output, lower, upper);
        if (known)
            figure_row(w->figure, s, (double[]){x, output[k], lower[k], upper[k]});
    }
    figure_legend(s, "%s%s", name, band_words(w));
    free(output);
    free(name);
}

/* ---- the rows ---- */

/* Adds the rows, or their partial residuals. */
static void add_numbers(struct plot_fit_work *w)
{
    const char *name = w->adjusts ? "partial residual" : "data";
    struct figure_series *s = figure_add(w->figure, name, FIGURE_POINTS, 0);
    for (size_t r = 0; r < w->scene.frame->rows; r++) {
        size_t first = r * w->partial.outputs;
        double y = frame_value(w->scene.frame, r, 1);
        if (w->adjusts)
            y += w->partial.fixed[first] - w->partial.own[first];
        if (!isnan(y))
            figure_row(w->figure, s, (double[]){frame_value(w->scene.frame, r, 0), y, NAN, NAN});
    }
    figure_legend(s, w->adjusts ? "prediction + residual of the row" : "data");
}

static uint32_t class_of(const struct plot_fit_work *w, size_t row)
{
    return w->scene.class[w->scene.frame->code[row * w->scene.frame->texts]];
}

/* Adds the rows of a model of two classes, at 0 and 1. */
static void add_outcomes(struct plot_fit_work *w)
{
    struct figure_series *s = figure_add(w->figure, "data", FIGURE_POINTS, 0);
    for (size_t r = 0; r < w->scene.frame->rows; r++)
        figure_row(w->figure, s, (double[]){frame_value(w->scene.frame, r, 0), class_of(w, r), NAN, NAN});
    figure_legend(s, "data: %s 1, %s 0", w->scene.predictor->label[1], w->scene.predictor->label[0]);
}

struct plot_fit_outcome {
    double x, y;
    double own, fixed; /* probabilities of the class (plot_partial.h) */
};

static int plot_fit_compare(const void *a, const void *b)
{
    double x = ((const struct plot_fit_outcome *)a)->x, y = ((const struct plot_fit_outcome *)b)->x;
    return (x > y) - (x < y);
}

/* The rows that the model predicts, in the order of x; returns their number. */
static size_t sort_outcomes(const struct plot_fit_work *w, uint32_t class, struct plot_fit_outcome *outcome)
{
    size_t n = 0, outputs = w->scene.predictor->outputs, output = outputs > 1 ? class : 0;
    for (size_t r = 0; r < w->scene.frame->rows; r++) {
        struct plot_fit_outcome *o = &outcome[n];
        *o = (struct plot_fit_outcome){.x = frame_value(w->scene.frame, r, 0), .y = class_of(w, r) == class};
        if (w->adjusts) {
            o->own = w->partial.own[r * outputs + output];
            o->fixed = w->partial.fixed[r * outputs + output];
        }
        n += isnan(o->own) ? 0 : 1;
    }
    qsort(outcome, n, sizeof *outcome, plot_fit_compare);
    return n;
}

/* Adjusts a share, and its bounds, of n rows for the other features. */
static void adjust(size_t n, const struct plot_fit_outcome *outcome, double *share, double *lower, double *upper)
{
    double *own = mem_alloc(2 * n, sizeof *own), *fixed = own + n;
    for (size_t i = 0; i < n; i++) {
        own[i] = outcome[i].own;
        fixed[i] = outcome[i].fixed;
    }
    *share = plot_partial_share(n, own, fixed, *share);
    *lower = plot_partial_share(n, own, fixed, *lower);
    *upper = plot_partial_share(n, own, fixed, *upper);
    free(own);
}

/* Adds the share of a class in groups of neighbouring rows of equal size; rows with equal values stay in one
 * group. */
static void add_shares(struct plot_fit_work *w, uint32_t class, size_t colour)
{
    size_t bins = w->scene.task->settings->bins > 0 ? w->scene.task->settings->bins : BINS;
    char *name = mem_format("%s %s", w->adjusts ? "adjusted share" : "share", w->scene.predictor->label[class]);
    struct plot_fit_outcome *outcome = mem_alloc(w->scene.frame->rows, sizeof *outcome);
    size_t n = sort_outcomes(w, class, outcome);
    struct figure_series *s = figure_add(w->figure, name, FIGURE_BARS, colour);
    place_bounds(s);
    for (size_t bin = 0, r = 0; bin < bins; bin++) {
        double x = 0, hits = 0, lower, upper;
        size_t first = r;
        for (; r < n && (r * bins < (bin + 1) * n || (r > 0 && !(outcome[r].x > outcome[r - 1].x))); r++) {
            x += outcome[r].x;
            hits += outcome[r].y;
        }
        if (r == first)
            continue;
        double count = (double)(r - first), share = hits / count;
        plot_rows_interval(hits, count, w->scene.task->settings->confidence, &lower, &upper);
        if (w->adjusts)
            adjust(r - first, outcome + first, &share, &lower, &upper);
        figure_row(w->figure, s, (double[]){x / count, share, lower, upper});
    }
    if (w->scene.predictor->outputs == 1)
        figure_legend(s, "%s, with its interval", w->adjusts ? "share adjusted for the other columns" : "share");
    free(outcome);
    free(name);
}

/* ---- the other features ---- */

/* Puts the values at which they are fixed into the caption and into the numbers of the picture. */
static void add_fixed(struct plot_fit_work *w)
{
    struct buffer caption = {0};
    double value;
    size_t n = 0;
    for (char *text; (text = plot_view_fixed(&w->scene.view, n, &value)) != NULL; n++) {
        if (n < NAMED)
            buffer_add_format(&caption, "%s%s", n == 0 ? "fixed: " : ", ", text);
        if (!isnan(value))
            *strstr(text, " = ") = '\0';
        char *name = mem_format("fixed %s", text);
        struct figure_series *s = figure_add(w->figure, name, FIGURE_NOTE, 0);
        figure_row(w->figure, s, (double[]){NAN, value, NAN, NAN});
        free(name);
        free(text);
    }
    if (n > NAMED)
        buffer_add_format(&caption, ", and %zu more", n - NAMED);
    if (n > 0)
        figure_name(&w->figure->caption, buffer_text(&caption));
    buffer_free(&caption);
}

/* Prepares the adjustment for other features, if there are any. */
static void prepare_partial(struct plot_fit_work *w)
{
    double ignored;
    char *other = plot_view_fixed(&w->scene.view, 0, &ignored);
    w->adjusts = other != NULL;
    free(other);
    if (w->adjusts)
        plot_partial_find(&w->partial, &w->scene.view, w->scene.frame);
    if (w->partial.unknown > 0)
        notice(w->scene.task->run, "rows without a prediction, which are not drawn: %zu", w->partial.unknown);
}

/* ---- the picture ---- */

static void draw(struct plot_fit_work *w)
{
    const struct predictor *p = w->scene.predictor;
    size_t curves = has_sd(p) ? 1 : p->outputs;
    if (p->labels == 0)
        add_numbers(w);
    else if (p->outputs == 1)
        add_outcomes(w);
    for (size_t k = 0; k < curves; k++)
        add_curve(w, k);
    if (p->labels > 0 && p->outputs == 1)
        add_shares(w, 1, 7);
    for (uint32_t k = 0; k < p->labels && p->outputs > 1; k++)
        add_shares(w, k, k + 1);
    add_fixed(w);
    if (p->labels > 0) {
        w->figure->y_range[0] = -0.08;
        w->figure->y_range[1] = 1.08;
    }
}

static enum status plot_fit_make(const struct plot_task *task, struct figure **figure, struct err *err)
{
    struct plot_fit_work w = {0};
    struct err none;
    enum status status = plot_scene_open(&w.scene, task, err);
    if (status == STATUS_OK && w.scene.predictor->labels == 0 && task->settings->bins > 0)
        status = usage_option(err, "--bins", "the model predicts numbers, not classes");
    if (status == STATUS_OK && w.scene.predictor->labels == 0 && w.scene.predictor->outputs > 1 &&
        !has_sd(w.scene.predictor)) {
        err_data(err, "the model predicts %zu columns, but this plot shows one", w.scene.predictor->outputs);
        status = err_at(err, task->settings->model, 0);
    }
    if (status == STATUS_OK)
        status = load(&w, err);
    if (status == STATUS_OK) {
        if (interval_new(&w.interval, w.scene.predictor, task->settings->confidence, &none) != STATUS_OK ||
            has_sd(w.scene.predictor))
            w.interval = NULL;
        prepare_partial(&w);
        draw(&w);
    }
    *figure = w.figure;
    interval_free(w.interval);
    plot_partial_free(&w.partial);
    plot_scene_close(&w.scene);
    return status;
}

const struct plot_kind plot_fit = {
    .name = "fit",
    .help = "predictions of a model from one column, over the rows",
    .accepts = " model features at target bins confidence log ",
    .requires = "model",
    .make = plot_fit_make,
};
