/* loss-eval: losses and metrics of predictions against targets. */
#include "app/score/loss_eval.h"

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct loss_eval_settings, terms.target), .letter = 't', .name = "target", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMN, .required = true,
     .help = "column of what was to be predicted, or several with the probability of each class"},
    {TEXT(struct loss_eval_settings, terms.predictions), .letter = 'p', .name = "predictions", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "columns of the predictions; without it predicted, mean, mean_TARGET, p_* or logit_*"},
    {TEXT(struct loss_eval_settings, terms.losses), .letter = 'l', .name = "loss", .arg = "LIST",
     .choices_of = loss_eval_losses,
     .help = "losses, comma-separated, each NAME or NAME:PARAMETER"},
    {FLAG(struct loss_eval_settings, terms.logit), .name = "logit",
     .help = "predictions of log and ce are logits, not probabilities: log-logit and ce-logits"},
    {FLAG(struct loss_eval_settings, per_row), .name = "per-row",
     .help = "write the losses of each row, as columns loss_NAME behind the unchanged row"},
    {FLAG(struct loss_eval_settings, gradient), .name = "gradient",
     .help = "with --per-row, the derivatives of the loss with respect to the predictions, as columns dloss_COLUMN"},
    {TEXT(struct loss_eval_settings, terms.baseline), .name = "baseline", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "compare the losses, row by row, with those of these predictions"},
    {FLAG(struct loss_eval_settings, terms.confusion), .name = "confusion",
     .help = "write how often each class is taken for which, instead of losses"},
    {COUNT(struct loss_eval_settings, terms.calibration), .name = "calibration", .arg = "BINS", .min = 1, .max = 10000,
     .help = "write how often what is predicted comes true, by bins of the probability, instead of losses"},
    {TEXT(struct loss_eval_settings, group), .letter = 'g', .name = "by", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMN,
     .help = "evaluate the rows of each value of COLUMN separately"},
    {TEXT(struct loss_eval_settings, weights), .letter = 'w', .name = "weights", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMN,
     .help = "how often each row counts"},
    {TEXT(struct loss_eval_settings, terms.positive), .name = "positive", .arg = "LABEL",
     .help = "the target's label that a single probability is for; without it what the name p_LABEL says, or 1"},
    {REAL(struct loss_eval_settings, terms.threshold), .name = "threshold", .arg = "P", .fallback = "0.5", .min = 0,
     .max = 1,
     .help = "probability from which on accuracy takes a single one for the positive class"},
    {REAL(struct loss_eval_settings, terms.temperature), .name = "temperature", .arg = "T", .fallback = "1",
     .min = 1e-300, .max = 1e300,
     .help = "divide logits by T first"},
    OPT_MISSING_ROW(struct loss_eval_settings, missing,
                    "what to do with rows that lack a value; skip leaves them out and counts them"),
    OPT_UNIT_ROWS(struct loss_eval_settings, unit, "nats"),
    OPT_INPUT_ROWS(struct loss_eval_settings, input),
    OPT_OUTPUT_ROWS(struct loss_eval_settings, output),
    OPT_GENERAL_ROWS(struct loss_eval_settings, general),
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
    .settings_size = sizeof(struct loss_eval_settings),
    .general_offset = offsetof(struct loss_eval_settings, general),
    .run = run,
};
/* clang-format on */
