/* loss-eval: losses and metrics of predictions against targets.
 * The option table; the work is done in lib/app/score/loss_eval.c. */
#include "app/score/loss_eval.h"
#include "app/score/loss_page.h"

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct loss_eval_settings, terms.target), .letter = 't', .name = "target", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMN, .required = true,
     .help = "column of the targets, or a column of probabilities per class"},
    {TEXT(struct loss_eval_settings, terms.predictions), .letter = 'p', .name = "predictions", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "columns of predictions; default: predicted, mean, mean_TARGET, p_* or logit_*"},
    {TEXT(struct loss_eval_settings, terms.losses), .letter = 'l', .name = "loss", .arg = "LIST",
     .choices_of = loss_eval_losses,
     .help = "losses, comma-separated, each NAME or NAME:PARAMETER"},
    {FLAG(struct loss_eval_settings, terms.logit), .name = "logit",
     .help = "log and ce read logits, not probabilities, as log-logit and ce-logits do"},
    {FLAG(struct loss_eval_settings, per_row), .name = "per-row",
     .help = "append the losses of each row to the unchanged row, as columns loss_NAME"},
    {FLAG(struct loss_eval_settings, gradient), .name = "gradient",
     .help = "with --per-row, add the derivatives of the loss by the predictions, as columns dloss_COLUMN"},
    {TEXT(struct loss_eval_settings, terms.baseline), .name = "baseline", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "compare the losses, row by row, with the losses of these predictions"},
    {FLAG(struct loss_eval_settings, terms.confusion), .name = "confusion",
     .help = "write the confusion matrix instead of losses"},
    {FLAG(struct loss_eval_settings, terms.report), .name = "report",
     .help = "write precision, recall and F1 of each class instead of losses"},
    {COUNT(struct loss_eval_settings, terms.calibration), .name = "calibration", .arg = "BINS", .min = 1, .max = 10000,
     .help = "write observed frequencies by bins of the predicted probability, instead of losses"},
    {TEXT(struct loss_eval_settings, group), .letter = 'g', .name = "by", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "evaluate the rows of each combination of values of COLUMNS separately"},
    {TEXT(struct loss_eval_settings, weights), .letter = 'w', .name = "weights", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMN,
     .help = "column of weights: a row of weight 2 counts as two rows"},
    {TEXT(struct loss_eval_settings, aweights), .name = "aweights", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN,
     .help = "column of relative weights, of which only the ratios matter"},
    {TEXT(struct loss_eval_settings, terms.positive), .name = "positive", .arg = "LABEL",
     .help = "class to compare with all others; default: LABEL of a single column p_LABEL, or 1"},
    {REAL(struct loss_eval_settings, terms.threshold), .name = "threshold", .arg = "P", .fallback = "0.5", .min = 0,
     .max = 1,
     .help = "smallest probability that predicts the positive class, for accuracy, precision, recall and f1"},
    {REAL(struct loss_eval_settings, terms.temperature), .letter = 'T', .name = "temperature", .arg = "T",
     .fallback = "1", .min = 1e-300, .max = 1e300,
     .help = "divide the logits by T first"},
    OPT_MISSING_ROW(struct loss_eval_settings, missing,
                    "treatment of rows with missing values"),
    OPT_UNIT_ROWS(struct loss_eval_settings, unit, "nats"),
    OPT_INPUT_ROWS(struct loss_eval_settings, input),
    OPT_OUTPUT_ROWS(struct loss_eval_settings, output),
    OPT_GENERAL_ROWS(struct loss_eval_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_EXCLUDES("--loss", "--confusion|--report|--calibration"),
    OPT_EXCLUDES("--confusion", "--report|--calibration"),
    OPT_EXCLUDES("--report", "--calibration"),
    OPT_REQUIRES("--gradient", "--per-row"),
    OPT_EXCLUDES("--confusion|--report|--calibration", "--per-row|--baseline"),
    OPT_EXCLUDES("--per-row", "--by|--weights|--aweights|--baseline"),
    OPT_EXCLUDES_HINT("--per-row", "--to", ", as it keeps the format of the input"),
    OPT_EXCLUDES("--weights", "--aweights"),
    OPT_UNIT_RULES,
    OPT_INPUT_RULES,
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return loss_eval_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "loss-eval",
    .purpose = "Evaluate losses and metrics of predictions against targets",
    .operands = "[FILE...]",
    .example = "loss-eval -t survived -p p_1 --loss log,accuracy predictions.csv",
    .see_also = "nn-predict,mle-location,mle-plot,softmax,kl",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .rules = rules,
    .settings_size = sizeof(struct loss_eval_settings),
    .general_offset = offsetof(struct loss_eval_settings, general),
    .run = run,
    .page = loss_page,
};
/* clang-format on */
