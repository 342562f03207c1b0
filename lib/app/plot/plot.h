#ifndef LIKELY_APP_PLOT_PLOT_H
#define LIKELY_APP_PLOT_PLOT_H

#include "app/draw/figure.h"
#include "app/draw/picture.h"
#include "cli/command.h"

#include <stddef.h>

/* Kinds of pictures. A kind is a file lib/app/plot/plot_KIND.c, which defines `const struct plot_kind
 * plot_KIND`, and one line in lib/app/plot/plot.list: PLOT(KIND). */

enum plot_log { PLOT_LOG_NONE, PLOT_LOG_X, PLOT_LOG_Y, PLOT_LOG_BOTH };

struct plot_settings {
    int kind; /* index in plot_kinds */
    const char *model, *target, *x, *values, *predictions, *positive, *group, *weights, *fit, *at;
    size_t bins, grid, tile; /* 0 = not given */
    double confidence;
    struct picture_settings picture;
    int log; /* enum plot_log */
    const char *title, *x_label, *y_label;
    struct input_settings input;
    struct general_settings general;
};

struct plot_task {
    const struct plot_settings *settings;
    const struct invocation *run;
};

struct plot_kind {
    const char *name, *help;
    const char *accepts;  /* options that only some kinds accept and this one does, between blanks */
    const char *requires; /* the option that it requires; NULL: none */
    enum status (*make)(const struct plot_task *task, struct figure **figure, struct err *err);
};

#define PLOT(name) extern const struct plot_kind plot_##name;
#include "app/plot/plot.list"
#undef PLOT

/* Runs mle-plot, from reading its operands to writing the picture. */
enum status plot_run(const struct plot_settings *settings, const struct invocation *run, struct err *err);

/* The choices of --kind. */
const struct opt_choice *plot_kind_choices(void);

#endif
