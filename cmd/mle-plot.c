#include "app/draw/picture.h"
#include "app/plot/plot.h"
#include "cli/command.h"

#include <math.h>
#include <string.h>

struct settings {
    int kind, log;
    struct plot_settings plot;
    struct picture_settings picture;
    const char *title, *x_label, *y_label;
    struct input_settings input;
    struct general_settings general;
};

static struct opt_choice kind_at(size_t i)
{
    return plot_all[i] != NULL ? (struct opt_choice){plot_all[i]->name, plot_all[i]->help}
                               : (struct opt_choice){NULL, NULL};
}

static const struct opt_choice *kind_choices(void)
{
    static const struct opt_choice *made;
    return opt_choices_make(&made, kind_at);
}

enum { LOG_NONE, LOG_X, LOG_Y, LOG_BOTH };
/* clang-format off */
static const struct opt_choice logs[] = {
    {"none", "no axis"}, {"x", "the one along"}, {"y", "the one up"}, {"xy", "both"}, {NULL, NULL}};

static const struct opt options[] = {
    {CHOICE(struct settings, kind), .letter = 'k', .name = "kind", .arg = "KIND", .required = true, .choices_of = kind_choices,
     .help = "what to draw"},
    {TEXT(struct settings, plot.model), .letter = 'm', .name = "model", .arg = "MODEL", .completes = OPT_COMPLETES_MODEL,
     .help = "the model to draw; - is standard input"},
    {TEXT(struct settings, plot.x), .letter = 'x', .name = "features", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMNS,
     .help = "the column along the axis, of a boundary two; without it the first of a trace, or all that --at leaves of a model"},
    {TEXT(struct settings, plot.at), .name = "at", .arg = "COLUMN=VALUE,...",
     .help = "where columns of a model are held that a picture does not show; without it at their means or most frequent values"},
    {TEXT(struct settings, plot.values), .letter = 'y', .name = "values", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "the columns of a trace to draw; without it its losses"},
    {TEXT(struct settings, plot.target), .letter = 't', .name = "target", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN,
     .help = "the column of what was to be predicted; without it that of the model"},
    {TEXT(struct settings, plot.predictions), .letter = 'p', .name = "predictions", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS, .help = "columns of predictions, a curve for each; without it p_* or logit_*"},
    {TEXT(struct settings, plot.positive), .name = "positive", .arg = "LABEL",
     .help = "the target's label that predictions are for; without it what the name p_LABEL says, or 1"},
    {TEXT(struct settings, plot.group), .letter = 'g', .name = "by", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN,
     .help = "draw the rows of each value of COLUMN separately"},
    {TEXT(struct settings, plot.weights), .letter = 'w', .name = "weights", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN,
     .help = "how often each row counts"},
    {TEXT(struct settings, plot.fit), .name = "fit", .arg = "FITS", .completes = OPT_COMPLETES_FILE,
     .help = "what mle-gauss has written about the column, to be drawn over its histogram; without it the most likely Gaussian"},
    {COUNT(struct settings, plot.bins), .name = "bins", .arg = "N", .min = 1, .max = 10000,
     .help = "number of bins; without it what suits the values of a histogram, else 10"},
    {COUNT(struct settings, plot.grid), .name = "grid", .arg = "N", .min = 2, .max = 2000,
     .help = "points each way at which a boundary asks the model; without it 200"},
    {COUNT(struct settings, plot.tile), .name = "tile", .arg = "WIDTH", .min = 1, .max = 1e6,
     .help = "weights in a row of a tile; without it as many as make it a square, else all"},
    {REAL(struct settings, plot.confidence), .name = "confidence", .arg = "LEVEL", .fallback = "0.95", .min = 1e-6,
     .max = 0.999999999, .help = "level of the intervals that are drawn"},
    OPT_INPUT_ROWS(struct settings, input),
    OPT_PICTURE_ROWS(struct settings, picture),
    {CHOICE(struct settings, log), .name = "log", .arg = "AXES", .fallback = "none", .choices = logs, .group = OPT_OUTPUT_GROUP,
     .help = "axes of a trace or fit with a logarithmic scale"},
    {TEXT(struct settings, title), .name = "title", .arg = "TEXT", .group = OPT_OUTPUT_GROUP, .help = "a title above the picture"},
    {TEXT(struct settings, x_label), .name = "x-label", .arg = "TEXT", .group = OPT_OUTPUT_GROUP,
     .help = "what the axis along is called, with its unit; without it as the column"},
    {TEXT(struct settings, y_label), .name = "y-label", .arg = "TEXT", .group = OPT_OUTPUT_GROUP,
     .help = "what the axis up is called, with its unit"},
    OPT_GENERAL_ROWS(struct settings, general),
};
/* clang-format on */
enum { N_OPTIONS = sizeof options / sizeof options[0] };

/* Options that are for some kinds of pictures only. */
static const char own_options[] =
    " model features values target predictions positive by at weights bins grid tile confidence log fit ";

static bool is_listed(const char *list, const char *name)
{
    size_t n = strlen(name);
    for (const char *at = list; (at = strstr(at, name)) != NULL; at += n)
        if (at[-1] == ' ' && at[n] == ' ')
            return true;
    return false;
}

static enum status check_options(const struct plot *plot, const struct invocation *run, struct err *err)
{
    for (size_t i = 0; i < N_OPTIONS; i++) {
        const char *name = options[i].name;
        if (run->given[i] && is_listed(own_options, name) && !is_listed(plot->takes, name))
            return err_usage(err, "--%s says nothing for --kind %s", name, plot->name);
        if (!run->given[i] && plot->needs != NULL && strcmp(plot->needs, name) == 0)
            return err_usage(err, "--kind %s needs --%s", plot->name, name);
    }
    return STATUS_OK;
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    const struct settings *s = settings;
    const struct plot *plot = plot_all[s->kind];
    struct figure *figure = NULL;
    struct picture picture;
    enum status status = check_options(plot, run, err);
    if (status == STATUS_OK)
        status = picture_prepare(&picture, &s->picture, err);
    if (status == STATUS_OK)
        status = plot->make(&(struct plot_task){&s->plot, &s->input, run}, &figure, err);
    if (status == STATUS_OK) {
        figure->log_x = s->log == LOG_X || s->log == LOG_BOTH;
        figure->log_y = s->log == LOG_Y || s->log == LOG_BOTH;
        figure_name(&figure->title, s->title);
        figure_name(&figure->x_label, s->x_label);
        figure_name(&figure->y_label, s->y_label);
        status = picture_write(&picture, figure, err);
    }
    figure_free(figure);
    return status;
}

/* clang-format off */
const struct command command = {
    .name = "mle-plot",
    .purpose = "Draw pictures of fits, models, predictions and traces",
    .operands = "[FILE...]",
    .example = "mle-plot -k roc -t survived -o roc.svg predictions.csv",
    .see_also = "mle-gauss,logreg-train,nn-train,nn-predict,loss-eval,model-show",
    .options = options,
    .n_options = N_OPTIONS,
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
/* clang-format on */
