/* Predictions of a model as a function of one feature, over the rows: a curve with its interval through points,
 * or the probabilities of classes with the observed shares of groups of neighbouring rows. Other features are
 * held constant (plot_view.c). */
#include "app/plot/plot_model.h"
#include "app/plot/plot_rows.h"
#include "app/plot/plot_view.h"

#include "base/mem.h"
#include "model/interval.h"
#include "model/kind.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CURVE = 200 /* pieces */, BINS = 10 };
enum { PART_X, PART_Y, PART_LOWER, PART_UPPER, COLUMNS };

struct plot_fit_work {
    const struct plot_task *task;
    struct predictor *predictor;
    struct interval *interval; /* NULL: the model has no interval */
    struct table *table;
    struct plot_view view;
    struct frame *frame; /* numbers: the feature, then a numeric target; texts: a target of classes */
    uint32_t *class;     /* class of each word of the target */
    struct figure *figure;
};

static bool has_classes(const struct plot_fit_work *w)
{
    return w->predictor->labels > 0;
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
    if (w->predictor->outputs > 1)
        return mem_format("probability of each %s", y);
    return mem_format("probability that %s is %s", y, w->predictor->label[1]);
}

static enum status load(struct plot_fit_work *w, struct err *err)
{
    enum status status = command_open_table(&w->table, &w->task->settings->input, w->task->run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = plot_view_load(&w->view, w->task, w->table, w->predictor, 1, !has_classes(w), &w->frame, err);
    if (status == STATUS_OK && has_classes(w))
        status = plot_model_find_classes(w->frame, w->predictor, w->table, &w->class, err);
    if (status == STATUS_OK) {
        const char *x = plot_view_name(&w->view, 0), *y = w->view.target;
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
    const struct predictor *p = w->predictor;
    double *score = mem_alloc(4 * p->scores + p->d, sizeof *score), *half = score + p->scores;
    double *low = half + p->scores, *high = low + p->scores, *terms = high + p->scores;
    plot_view_scores(&w->view, 1, &x, score);
    bool known = p->kind->respond(p, score, outputs);
    for (size_t k = 0; k < p->outputs; k++)
        lower[k] = upper[k] = NAN;
    if (known && w->interval != NULL) {
        plot_view_terms(&w->view, &x, terms);
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
    const struct predictor *p = w->predictor;
    if (p->labels > 0)
        return mem_format("p_%s", p->outputs == 1 ? p->label[1] : p->label[k]);
    return mem_format("%s", p->output_names[k]);
}

/* What the band of a curve is, for its legend. */
static const char *band_words(const struct plot_fit_work *w)
{
    if (w->interval != NULL)
        return ", with its interval";
    return has_sd(w->predictor) ? ", within sd" : "";
}

/* Adds the curve of an output, in its band if it has one. */
static void add_curve(struct plot_fit_work *w, size_t k)
{
    double range[2];
    double *output = mem_alloc(3 * w->predictor->outputs, sizeof *output), *lower = output + w->predictor->outputs;
    double *upper = lower + w->predictor->outputs;
    char *name = output_name(w, k);
    struct figure_series *s = figure_add(w->figure, name, FIGURE_LINE, k + 1);
    s->banded = w->interval != NULL || has_sd(w->predictor);
    place_bounds(s);
    plot_rows_range(w->frame, 0, 0.05, range);
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

static void add_numbers(struct plot_fit_work *w)
{
    struct figure_series *s = figure_add(w->figure, "data", FIGURE_POINTS, 0);
    for (size_t r = 0; r < w->frame->rows; r++)
        figure_row(w->figure, s, (double[]){frame_value(w->frame, r, 0), frame_value(w->frame, r, 1), NAN, NAN});
    figure_legend(s, "data");
}

static uint32_t class_of(const struct plot_fit_work *w, size_t row)
{
    return w->class[w->frame->code[row * w->frame->texts]];
}

/* Adds the rows of a model of two classes, at 0 and 1. */
static void add_outcomes(struct plot_fit_work *w)
{
    struct figure_series *s = figure_add(w->figure, "data", FIGURE_POINTS, 0);
    for (size_t r = 0; r < w->frame->rows; r++)
        figure_row(w->figure, s, (double[]){frame_value(w->frame, r, 0), class_of(w, r), NAN, NAN});
    figure_legend(s, "data: %s 1, %s 0", w->predictor->label[1], w->predictor->label[0]);
}

struct plot_fit_outcome {
    double x, y;
};

static int plot_fit_compare(const void *a, const void *b)
{
    double x = ((const struct plot_fit_outcome *)a)->x, y = ((const struct plot_fit_outcome *)b)->x;
    return (x > y) - (x < y);
}

/* Adds the share of a class in groups of neighbouring rows of equal size; rows with equal values stay in one
 * group. */
static void add_shares(struct plot_fit_work *w, uint32_t class, size_t colour)
{
    size_t n = w->frame->rows, bins = w->task->settings->bins > 0 ? w->task->settings->bins : BINS;
    char *name = mem_format("share %s", w->predictor->label[class]);
    struct plot_fit_outcome *outcome = mem_alloc(n, sizeof *outcome);
    for (size_t r = 0; r < n; r++)
        outcome[r] = (struct plot_fit_outcome){frame_value(w->frame, r, 0), class_of(w, r) == class};
    qsort(outcome, n, sizeof *outcome, plot_fit_compare);
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
        double count = (double)(r - first);
        plot_rows_interval(hits, count, w->task->settings->confidence, &lower, &upper);
        figure_row(w->figure, s, (double[]){x / count, hits / count, lower, upper});
    }
    if (w->predictor->outputs == 1)
        figure_legend(s, "share, with its interval");
    free(outcome);
    free(name);
}

/* ---- the picture ---- */

static void draw(struct plot_fit_work *w)
{
    const struct predictor *p = w->predictor;
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
    if (p->labels > 0) {
        w->figure->y_range[0] = -0.08;
        w->figure->y_range[1] = 1.08;
    }
}

static enum status plot_fit_make(const struct plot_task *task, struct figure **figure, struct err *err)
{
    struct plot_fit_work w = {.task = task};
    struct err none;
    enum status status = plot_model_open(task, true, &w.predictor, err);
    if (status == STATUS_OK && w.predictor->labels == 0 && w.predictor->outputs > 1 && !has_sd(w.predictor)) {
        err_data(err, "the model predicts %zu columns, but this plot shows one", w.predictor->outputs);
        status = err_at(err, task->settings->model, 0);
    }
    if (status == STATUS_OK)
        status = load(&w, err);
    if (status == STATUS_OK) {
        if (interval_new(&w.interval, w.predictor, task->settings->confidence, &none) != STATUS_OK ||
            has_sd(w.predictor))
            w.interval = NULL;
        draw(&w);
    }
    *figure = w.figure;
    interval_free(w.interval);
    free(w.class);
    plot_view_free(&w.view);
    frame_free(w.frame);
    table_close(w.table);
    predictor_free(w.predictor);
    return status;
}

const struct plot_kind plot_fit = {
    .name = "fit",
    .help = "predictions of a model from one column, over the rows",
    .accepts = " model features at target bins confidence log ",
    .requires = "model",
    .make = plot_fit_make,
};
