/* Pictures of predicted probabilities or scores of a class: the ROC curve (roc.c), the precision-recall curve
 * (precision_recall.c), and the reliability diagram, which compares predicted probabilities with observed frequencies
 * (calibration.c). One curve per column of predictions and group. Memory: the predictions, and one copy of a curve's
 * rows. */
#include "app/plot/plot_rows.h"

#include "base/mem.h"
#include "data/keys/names.h"
#include "data/table/columns.h"
#include "family/loss/calibration.h"
#include "family/loss/precision_recall.h"
#include "family/loss/roc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct plot_rates_work {
    const struct plot_task *task;
    struct table *table;
    size_t *columns, n; /* of predictions */
    size_t target, group, weight;
    bool by_group, weighted;
    struct frame *frame; /* numbers: predictions, then the weight; texts: the target, then the group */
};

static enum status choose(struct plot_rates_work *w, const char *usual, const char *other, struct err *err)
{
    const struct plot_settings *s = w->task->settings;
    const char *const *names = table_names(w->table);
    struct err ignored;
    enum status status = plot_rows_find_column(w->table, s->target, &w->target, err);
    if (status != STATUS_OK)
        return status;
    status = columns_find(names, table_width(w->table), s->predictions != NULL ? s->predictions : usual, &w->columns,
                          &w->n, err);
    if (status != STATUS_OK && s->predictions == NULL && other != NULL &&
        columns_find(names, table_width(w->table), other, &w->columns, &w->n, &ignored) == STATUS_OK)
        status = STATUS_OK;
    if (status != STATUS_OK)
        return err_at(err, table_file(w->table), 0);
    w->by_group = s->group != NULL;
    w->weighted = s->weights != NULL;
    if (w->by_group)
        status = plot_rows_find_group(w->table, s->group, &w->group, err);
    if (status == STATUS_OK && w->weighted)
        status = plot_rows_find_column(w->table, s->weights, &w->weight, err);
    return status;
}

/* Loads the rows; least, most: range of predictions. */
static enum status load(struct plot_rates_work *w, double least, double most, struct err *err)
{
    struct frame_number *numbers = mem_alloc(w->n + 1, sizeof *numbers);
    size_t texts[] = {w->target, w->group};
    for (size_t i = 0; i < w->n; i++)
        numbers[i] = (struct frame_number){w->columns[i], least, most};
    numbers[w->n] = (struct frame_number){w->weight, 0, INFINITY};
    struct frame_options options = {numbers, w->n + w->weighted, texts, 1 + (size_t)w->by_group,
                                    .threads = w->task->run->general->threads};
    enum status status = frame_load(&w->frame, w->table, &options, err);
    free(numbers);
    return status == STATUS_OK ? plot_rows_check(w->task, w->frame, w->table, err) : status;
}

/* The class that a column predicts: --positive, or the rest of its name after p_ or logit_, or 1. */
static const char *label_of(const struct plot_rates_work *w, size_t k)
{
    const char *name = table_name(w->table, w->columns[k]);
    if (w->task->settings->positive != NULL)
        return w->task->settings->positive;
    if (strncmp(name, "p_", 2) == 0)
        return name + 2;
    return strncmp(name, "logit_", 6) == 0 ? name + 6 : "1";
}

/* Fills the points of a sample with the rows of a group and the predictions of a column. */
static void fill(const struct plot_rates_work *w, size_t k, size_t group, struct loss_sample *sample)
{
    const struct frame *f = w->frame;
    size_t words = dict_count(f->words[0]);
    bool *positive = mem_alloc(words, sizeof *positive);
    for (uint32_t i = 0; i < words; i++)
        positive[i] = names_same_label(dict_text(f->words[0], i), slice_of(label_of(w, k)));
    sample->n = 0;
    for (size_t r = 0; r < f->rows; r++)
        if (!w->by_group || f->code[r * f->texts + 1] == group)
            sample->point[sample->n++] = (struct loss_point){frame_value(f, r, k), positive[f->code[r * f->texts]],
                                                             w->weighted ? frame_value(f, r, w->n) : 1};
    free(positive);
}

static size_t groups_of(const struct plot_rates_work *w)
{
    return w->by_group ? dict_count(w->frame->words[1]) : 1;
}

/* The name of a curve, "p_x" or "GROUP" or "GROUP p_x"; the caller frees it. */
static char *curve_name(const struct plot_rates_work *w, size_t k, size_t group)
{
    const char *column = table_name(w->table, w->columns[k]);
    if (!w->by_group)
        return mem_format("%s", column);
    const char *name = dict_text(w->frame->words[1], (uint32_t)group).p;
    return w->n > 1 ? mem_format("%s %s", name, column) : mem_format("%s", name);
}

static enum status missing_class(const struct plot_rates_work *w, size_t k, const struct loss_sample *sample,
                                 const char *curve, struct err *err)
{
    char echo[ERR_ECHO], curve_echo[ERR_ECHO];
    bool positives = sample->n > 0 && sample->point[0].reference != 0;
    err_data(err, "%s: %s row is of the class '%s'; use --positive to name the predicted class",
             err_echo(curve_echo, slice_of(curve)), positives ? "every" : "no",
             err_echo(echo, slice_of(label_of(w, k))));
    return err_at(err, table_file(w->table), 0);
}

static void add_diagonal(struct figure *figure)
{
    struct figure_series *s = figure_add(figure, "diagonal", FIGURE_DASHED, 0);
    double row[16];
    for (size_t end = 0; end < 2; end++) {
        for (size_t i = 0; i < figure->columns; i++)
            row[i] = i < 2 ? (double)end : NAN;
        figure_row(figure, s, row);
    }
}

/* ---- the receiver operating characteristic ---- */

static enum status plot_rates_add_roc(const struct plot_rates_work *w, size_t k, size_t group,
                                      struct loss_sample *sample, struct figure *figure, struct err *err)
{
    struct roc_point *point = mem_alloc(sample->n + 1, sizeof *point);
    char *name = curve_name(w, k, group);
    size_t n = roc_curve(sample, point);
    enum status status = n > 0 ? STATUS_OK : missing_class(w, k, sample, name, err);
    if (n > 0) {
        struct figure_series *s = figure_add(figure, name, FIGURE_LINE, figure->n_series);
        double area = roc_area(point, n);
        for (size_t i = 0; i < n; i++)
            figure_row(figure, s,
                       (double[]){point[i].false_positive, point[i].true_positive, point[i].threshold, area});
        figure_legend(s, "%s: area %.4f", name, area);
    }
    free(point);
    free(name);
    return status;
}

/* ---- precision and recall ---- */

/* The precision of scores that say nothing: the share of the positive rows. */
static void add_prevalence(struct figure *figure, const struct precision_recall_point *last)
{
    struct figure_series *s = figure_add(figure, "prevalence", FIGURE_DASHED, 0);
    for (size_t end = 0; end < 2; end++)
        figure_row(figure, s, (double[]){(double)end, last->precision, NAN, NAN});
}

static enum status plot_rates_add_pr(const struct plot_rates_work *w, size_t k, size_t group,
                                     struct loss_sample *sample, struct figure *figure, struct err *err)
{
    struct precision_recall_point *point = mem_alloc(sample->n + 1, sizeof *point);
    char *name = curve_name(w, k, group);
    size_t n = precision_recall_curve(sample, point);
    enum status status = n > 0 ? STATUS_OK : missing_class(w, k, sample, name, err);
    if (n > 0) {
        double average = precision_recall_average(point, n);
        size_t colour = figure->n_series / 2 + 1; /* each curve comes with a line */
        struct figure_series *s = figure_add(figure, name, FIGURE_STEPS, colour);
        for (size_t i = 0; i < n; i++)
            figure_row(figure, s, (double[]){point[i].recall, point[i].precision, point[i].threshold, average});
        figure_legend(s, "%s: average precision %.4f", name, average);
        add_prevalence(figure, &point[n - 1]);
    }
    free(point);
    free(name);
    return status;
}

/* ---- reliability ---- */

enum { BINS = 10 };
static const char *const reliability_names[] = {"confidence", "share", "lower", "upper", "low", "high", "n"};
enum { RELIABILITY_COLUMNS = sizeof reliability_names / sizeof reliability_names[0] };

static enum status plot_rates_add_reliability(const struct plot_rates_work *w, size_t k, size_t group,
                                              struct loss_sample *sample, struct figure *figure, struct err *err)
{
    const struct plot_settings *settings = w->task->settings;
    size_t bins = settings->bins > 0 ? settings->bins : BINS;
    struct calibration_bin *bin = mem_alloc(bins, sizeof *bin);
    char *name = curve_name(w, k, group);
    calibration_count(sample, bins, bin);
    double hits = 0;
    for (size_t i = 0; i < bins; i++)
        hits += bin[i].outcome;
    enum status status = hits > 0 ? STATUS_OK : missing_class(w, k, sample, name, err);
    if (status == STATUS_OK) {
        struct figure_series *s = figure_add(figure, name, FIGURE_BAR_LINE, figure->n_series - 1);
        for (size_t i = 0; i < bins; i++) {
            const struct calibration_bin *b = &bin[i];
            double lower, upper;
            if (!(b->weight > 0))
                continue;
            plot_rows_interval(b->outcome, b->weight, settings->confidence, &lower, &upper);
            figure_row(figure, s,
                       (double[]){b->confidence / b->weight, b->outcome / b->weight, lower, upper,
                                  (double)i / (double)bins, (double)(i + 1) / (double)bins, (double)b->n});
        }
        s->column[FIGURE_Y_LOW] = 2;
        s->column[FIGURE_Y_HIGH] = 3;
        figure_legend(s, "%s: calibration error %.4f", name, calibration_error(bin, bins));
    }
    free(bin);
    free(name);
    return status;
}

/* ---- all ---- */

typedef enum status plot_rates_add(const struct plot_rates_work *w, size_t k, size_t group, struct loss_sample *sample,
                                   struct figure *figure, struct err *err);

static enum status add_curves(const struct plot_rates_work *w, plot_rates_add *add, struct figure *figure,
                              struct err *err)
{
    enum status status = STATUS_OK;
    struct loss_sample sample = {.point = mem_alloc(w->frame->rows, sizeof *sample.point)};
    figure->x_range[0] = figure->y_range[0] = 0;
    figure->x_range[1] = figure->y_range[1] = 1;
    figure->square = true;
    if (add != plot_rates_add_pr)
        add_diagonal(figure);
    for (size_t g = 0; g < groups_of(w) && status == STATUS_OK; g++)
        for (size_t k = 0; k < w->n && status == STATUS_OK; k++) {
            fill(w, k, g, &sample);
            status = add(w, k, g, &sample, figure, err);
        }
    free(sample.point);
    return status;
}

static void rates_release(struct plot_rates_work *w)
{
    frame_free(w->frame);
    free(w->columns);
    table_close(w->table);
}

/* A picture of curves over thresholds, of which any scores have one. */
static enum status make_curves(const struct plot_task *task, const char *const names[4], plot_rates_add *add,
                               struct figure **figure, struct err *err)
{
    struct plot_rates_work w = {.task = task};
    enum status status = command_open_table(&w.table, &task->settings->input, task->run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = choose(&w, "p_*", "logit_*", err);
    if (status == STATUS_OK)
        status = load(&w, -INFINITY, INFINITY, err);
    if (status == STATUS_OK) {
        *figure = figure_new("curve", 4, names);
        status = add_curves(&w, add, *figure, err);
    }
    rates_release(&w);
    return status;
}

static enum status plot_roc_make(const struct plot_task *task, struct figure **figure, struct err *err)
{
    static const char *const names[] = {"false_positive_rate", "true_positive_rate", "threshold", "area"};
    enum status status = make_curves(task, names, plot_rates_add_roc, figure, err);
    if (status == STATUS_OK) {
        (*figure)->x_label = mem_format("false positive rate");
        (*figure)->y_label = mem_format("true positive rate");
    }
    return status;
}

static enum status plot_pr_make(const struct plot_task *task, struct figure **figure, struct err *err)
{
    static const char *const names[] = {"recall", "precision", "threshold", "average_precision"};
    enum status status = make_curves(task, names, plot_rates_add_pr, figure, err);
    if (status == STATUS_OK) {
        (*figure)->x_label = mem_format("recall");
        (*figure)->y_label = mem_format("precision");
    }
    return status;
}

static enum status plot_reliability_make(const struct plot_task *task, struct figure **figure, struct err *err)
{
    struct plot_rates_work w = {.task = task};
    enum status status = command_open_table(&w.table, &task->settings->input, task->run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = choose(&w, "p_*", NULL, err);
    if (status == STATUS_OK)
        status = load(&w, 0, 1, err);
    if (status == STATUS_OK) {
        *figure = figure_new("curve", RELIABILITY_COLUMNS, reliability_names);
        (*figure)->counts[RELIABILITY_COLUMNS - 1] = true;
        (*figure)->x_label = mem_format("predicted probability, mean of each bin");
        (*figure)->y_label = mem_format("share that came true");
        status = add_curves(&w, plot_rates_add_reliability, *figure, err);
    }
    rates_release(&w);
    return status;
}

const struct plot_kind plot_roc = {
    .name = "roc",
    .help = "true against false positive rate of predictions, and the area under the curve",
    .accepts = " target predictions positive by weights ",
    .requires = "target",
    .make = plot_roc_make,
};

const struct plot_kind plot_pr = {
    .name = "pr",
    .help = "precision against recall of predictions, and the average precision",
    .accepts = " target predictions positive by weights ",
    .requires = "target",
    .make = plot_pr_make,
};

const struct plot_kind plot_reliability = {
    .name = "reliability",
    .help = "observed frequencies against predicted probabilities",
    .accepts = " target predictions positive by weights bins confidence ",
    .requires = "target",
    .make = plot_reliability_make,
};
