/* mle-plot: pictures of fits, models, predictions and traces.
 * The option table; the work is done in lib/app/plot/plot.c. */
#include "app/plot/plot.h"

/* clang-format off */
static const struct opt_choice logs[] = {
    [PLOT_LOG_NONE] = {"none", "neither axis"},
    [PLOT_LOG_X] = {"x", "the x-axis"},
    [PLOT_LOG_Y] = {"y", "the y-axis"},
    [PLOT_LOG_BOTH] = {"xy", "both axes"},
    {NULL, NULL},
};

static const struct opt options[] = {
    {CHOICE(struct plot_settings, kind), .letter = 'k', .name = "kind", .arg = "KIND", .required = true,
     .choices_of = plot_kind_choices,
     .help = "kind of plot"},
    {TEXT(struct plot_settings, model), .letter = 'm', .name = "model", .arg = "MODEL",
     .completes = OPT_COMPLETES_MODEL,
     .help = "model to draw; - is standard input"},
    {TEXT(struct plot_settings, x), .letter = 'x', .name = "features", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "column of the x-axis, or both columns of a boundary; default: the first column of a trace, or the "
             "features that --at does not fix"},
    {TEXT(struct plot_settings, at), .name = "at", .arg = "COLUMN=VALUE,...",
     .help = "fix features of the model that the plot does not show; default: at their means or most frequent "
             "values"},
    {TEXT(struct plot_settings, values), .letter = 'y', .name = "values", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "columns of a trace to draw; default: the losses"},
    {TEXT(struct plot_settings, target), .letter = 't', .name = "target", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMN,
     .help = "column of the targets; default: the target of the model"},
    {TEXT(struct plot_settings, predictions), .letter = 'p', .name = "predictions", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "columns of predictions, with a curve each; default: p_* or logit_*"},
    {TEXT(struct plot_settings, positive), .name = "positive", .arg = "LABEL",
     .help = "label that predictions are for; default: LABEL of the column p_LABEL, or 1"},
    {TEXT(struct plot_settings, group), .letter = 'g', .name = "by", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "draw the rows of each combination of values of COLUMNS separately"},
    {TEXT(struct plot_settings, weights), .letter = 'w', .name = "weights", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMN,
     .help = "column of weights: a row of weight 2 counts as two rows"},
    {TEXT(struct plot_settings, fit), .name = "fit", .arg = "FITS", .completes = OPT_COMPLETES_FILE,
     .help = "output of mle-gauss to draw over the histogram; default: the maximum-likelihood Gaussian"},
    {COUNT(struct plot_settings, bins), .name = "bins", .arg = "N", .min = 1, .max = 10000,
     .help = "number of bins; default: chosen from the values of a histogram, else 10"},
    {COUNT(struct plot_settings, grid), .name = "grid", .arg = "N", .min = 2, .max = 2000,
     .help = "points per axis at which a boundary evaluates the model; default: 200"},
    {COUNT(struct plot_settings, tile), .name = "tile", .arg = "WIDTH", .min = 1, .max = 1e6,
     .help = "weights per row of a tile; default: the width of a square, else all"},
    {REAL(struct plot_settings, confidence), .name = "confidence", .arg = "LEVEL", .fallback = "0.95", .min = 1e-6,
     .max = 0.999999999,
     .help = "level of the confidence intervals"},
    OPT_INPUT_ROWS(struct plot_settings, input),
    OPT_PICTURE_ROWS(struct plot_settings, picture),
    {CHOICE(struct plot_settings, log), .name = "log", .arg = "AXES", .fallback = "none", .choices = logs,
     .group = OPT_OUTPUT_GROUP,
     .help = "axes of a trace or fit with a logarithmic scale"},
    {TEXT(struct plot_settings, title), .name = "title", .arg = "TEXT", .group = OPT_OUTPUT_GROUP,
     .help = "title of the plot"},
    {TEXT(struct plot_settings, x_label), .name = "x-label", .arg = "TEXT", .group = OPT_OUTPUT_GROUP,
     .help = "label of the x-axis, with its unit; default: the column"},
    {TEXT(struct plot_settings, y_label), .name = "y-label", .arg = "TEXT", .group = OPT_OUTPUT_GROUP,
     .help = "label of the y-axis, with its unit"},
    OPT_GENERAL_ROWS(struct plot_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_INPUT_RULES,
    OPT_EXCLUDES(OPT_INPUT_NAMES, "--kind weights"),
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return plot_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "mle-plot",
    .purpose = "Plot fits, models, predictions and traces",
    .operands = "[FILE...]",
    .example = "mle-plot -k roc -t survived -o roc.svg predictions.csv",
    .see_also = "mle-gauss,logreg-train,nn-train,nn-predict,loss-eval,model-show",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .rules = rules,
    .settings_size = sizeof(struct plot_settings),
    .general_offset = offsetof(struct plot_settings, general),
    .run = run,
};
/* clang-format on */
