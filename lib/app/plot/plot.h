#ifndef LIKELY_APP_PLOT_PLOT_H
#define LIKELY_APP_PLOT_PLOT_H

#include "app/draw/figure.h"
#include "cli/command.h"
#include "data/dataset/frame.h"
#include "model/predictor.h"

/* Kinds of pictures. Each is one file lib/app/plot/plot_KIND.c and one line in plot_all. */

struct plot_settings {
    const char *model, *target, *x, *values, *predictions, *positive, *group, *weights, *fit, *at;
    size_t bins, grid, tile; /* 0 = not given */
    double confidence;
};

struct plot_task {
    const struct plot_settings *settings;
    const struct input_settings *input;
    const struct invocation *run;
};

struct plot {
    const char *name, *help;
    const char *takes; /* its own options, with a blank before and behind each */
    const char *needs; /* the option that it cannot do without; NULL: none */
    enum status (*make)(const struct plot_task *task, struct figure **figure, struct err *err);
};

extern const struct plot plot_trace, plot_gauss, plot_fit, plot_boundary, plot_roc, plot_reliability, plot_weights;
extern const struct plot *const plot_all[]; /* NULL at the end */

/* What they share. */

/* The column that a spec means; errors name the file. */
enum status plot_find_column(const struct table *table, const char *spec, size_t *column, struct err *err);

/* Says how many rows were left out, if any; no rows at all are an error. */
enum status plot_check_rows(const struct plot_task *task, const struct frame *frame, const struct table *table,
                            struct err *err);

/* The model of --model; the caller frees both. reads_rows: the picture is of rows, too, which cannot come from standard
 * input where the model does. */
enum status plot_load_model(const struct plot_task *task, bool reads_rows, struct predictor **predictor,
                            struct err *err);

/* The class of each of a frame's words of its first text; one that the model does not have is an error. The caller
 * frees it. */
enum status plot_find_classes(const struct frame *frame, const struct predictor *predictor, const struct table *table,
                              uint32_t **class, struct err *err);

/* Values from a least to a greatest one of a number of a frame, with a margin of that share of their range on either
 * side; 1 more and less where it is 0. */
void plot_range(const struct frame *frame, size_t number, double margin, double range[2]);

/* Wilson's interval of a share (E. B. Wilson, JASA 22 (1927)) at a level, given how many of how many. */
void plot_share_interval(double hits, double n, double level, double *low, double *high);

#endif
