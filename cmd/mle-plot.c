/* mle-plot: pictures of fits, models, predictions and traces. */
#include "app/plot/plot.h"

/* clang-format off */
static const struct opt_choice logs[] = {
    [PLOT_LOG_NONE] = {"none", "no axis"},
    [PLOT_LOG_X] = {"x", "the one along"},
    [PLOT_LOG_Y] = {"y", "the one up"},
    [PLOT_LOG_BOTH] = {"xy", "both"},
    {NULL, NULL},
};

static const struct opt options[] = {
    {CHOICE(struct plot_settings, kind), .letter = 'k', .name = "kind", .arg = "KIND", .required = true,
     .choices_of = plot_kind_choices,
     .help = "what to draw"},
    {TEXT(struct plot_settings, model), .letter = 'm', .name = "model", .arg = "MODEL",
     .completes = OPT_COMPLETES_MODEL,
     .help = "the model to draw; - is standard input"},
    {TEXT(struct plot_settings, x), .letter = 'x', .name = "features", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "the column along the axis, of a boundary two; without it the first of a trace, or all that --at leaves "
             "of a model"},
    {TEXT(struct plot_settings, at), .name = "at", .arg = "COLUMN=VALUE,...",
     .help = "where columns of a model are held that a picture does not show; without it at their means or most "
             "frequent values"},
    {TEXT(struct plot_settings, values), .letter = 'y', .name = "values", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "the columns of a trace to draw; without it its losses"},
    {TEXT(struct plot_settings, target), .letter = 't', .name = "target", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMN,
     .help = "the column of what was to be predicted; without it that of the model"},
    {TEXT(struct plot_settings, predictions), .letter = 'p', .name = "predictions", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "columns of predictions, a curve for each; without it p_* or logit_*"},
    {TEXT(struct plot_settings, positive), .name = "positive", .arg = "LABEL",
     .help = "the target's label that predictions are for; without it what the name p_LABEL says, or 1"},
    {TEXT(struct plot_settings, group), .letter = 'g', .name = "by", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMN,
     .help = "draw the rows of each value of COLUMN separately"},
    {TEXT(struct plot_settings, weights), .letter = 'w', .name = "weights", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMN,
     .help = "how often each row counts"},
    {TEXT(struct plot_settings, fit), .name = "fit", .arg = "FITS", .completes = OPT_COMPLETES_FILE,
     .help = "what mle-gauss has written about the column, to be drawn over its histogram; without it the most likely "
             "Gaussian"},
    {COUNT(struct plot_settings, bins), .name = "bins", .arg = "N", .min = 1, .max = 10000,
     .help = "number of bins; without it what suits the values of a histogram, else 10"},
    {COUNT(struct plot_settings, grid), .name = "grid", .arg = "N", .min = 2, .max = 2000,
     .help = "points each way at which a boundary asks the model; without it 200"},
    {COUNT(struct plot_settings, tile), .name = "tile", .arg = "WIDTH", .min = 1, .max = 1e6,
     .help = "weights in a row of a tile; without it as many as make it a square, else all"},
    {REAL(struct plot_settings, confidence), .name = "confidence", .arg = "LEVEL", .fallback = "0.95", .min = 1e-6,
     .max = 0.999999999,
     .help = "level of the intervals that are drawn"},
    OPT_INPUT_ROWS(struct plot_settings, input),
    OPT_PICTURE_ROWS(struct plot_settings, picture),
    {CHOICE(struct plot_settings, log), .name = "log", .arg = "AXES", .fallback = "none", .choices = logs,
     .group = OPT_OUTPUT_GROUP,
     .help = "axes of a trace or fit with a logarithmic scale"},
    {TEXT(struct plot_settings, title), .name = "title", .arg = "TEXT", .group = OPT_OUTPUT_GROUP,
     .help = "a title above the picture"},
    {TEXT(struct plot_settings, x_label), .name = "x-label", .arg = "TEXT", .group = OPT_OUTPUT_GROUP,
     .help = "what the axis along is called, with its unit; without it as the column"},
    {TEXT(struct plot_settings, y_label), .name = "y-label", .arg = "TEXT", .group = OPT_OUTPUT_GROUP,
     .help = "what the axis up is called, with its unit"},
    OPT_GENERAL_ROWS(struct plot_settings, general),
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return plot_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "mle-plot",
    .purpose = "Draw pictures of fits, models, predictions and traces",
    .operands = "[FILE...]",
    .example = "mle-plot -k roc -t survived -o roc.svg predictions.csv",
    .see_also = "mle-gauss,logreg-train,nn-train,nn-predict,loss-eval,model-show",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct plot_settings),
    .general_offset = offsetof(struct plot_settings, general),
    .run = run,
};
/* clang-format on */
