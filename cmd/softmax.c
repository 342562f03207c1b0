/* softmax: probabilities of scores, row by row.
 * The option table; the work is done in lib/app/score/softmax_rows.c. */
#include "app/score/softmax_rows.h"

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct softmax_rows_settings, columns), .letter = 'x', .name = "columns", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "score columns; default: all numeric columns"},
    {FLAG(struct softmax_rows_settings, log), .name = "log",
     .help = "write natural logarithms of the probabilities, as columns logp_nats_NAME"},
    {FLAG(struct softmax_rows_settings, sigmoid), .name = "sigmoid",
     .help = "apply 1 / (1 + exp(-score)) to each score separately"},
    {REAL(struct softmax_rows_settings, temperature), .letter = 'T', .name = "temperature", .arg = "T", .fallback = "1",
     .min = 1e-300, .max = 1e300,
     .help = "divide the scores by T first"},
    {FLAG(struct softmax_rows_settings, greatest), .name = "argmax",
     .help = "add the name of the largest score, as a column 'predicted'"},
    OPT_MISSING_ROW(struct softmax_rows_settings, missing,
                    "treatment of rows with missing scores; skip leaves their new columns empty"),
    OPT_INPUT_ROWS(struct softmax_rows_settings, input),
    {TEXT(struct softmax_rows_settings, path), .letter = 'o', .name = "output", .arg = "FILE",
     .completes = OPT_COMPLETES_FILE, .group = OPT_OUTPUT_GROUP,
     .help = "write the result to FILE, which is complete or not created"},
    {COUNT(struct softmax_rows_settings, digits), .name = "precision", .arg = "N", .min = 1, .max = 17,
     .group = OPT_OUTPUT_GROUP,
     .help = "significant digits of numbers; default: the fewest that read back to the same number"},
    OPT_GENERAL_ROWS(struct softmax_rows_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_INPUT_RULES,
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return softmax_rows_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "softmax",
    .purpose = "Convert scores to probabilities, row by row",
    .operands = "[FILE...]",
    .example = "softmax -x 'logit_*' --argmax scores.csv",
    .see_also = "nn-predict,loss-eval,softmax-train,kl",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .rules = rules,
    .settings_size = sizeof(struct softmax_rows_settings),
    .general_offset = offsetof(struct softmax_rows_settings, general),
    .run = run,
};
/* clang-format on */
