/* posterior: Bayes' rule over the hypotheses of a table.
 * The option table; the work is done in lib/app/estimate/bayes_rule.c. */
#include "app/estimate/bayes_rule.h"

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct bayes_rule_settings, likelihood), .letter = 'x', .name = "likelihood", .arg = "COLUMNS",
     .fallback = "likelihood", .completes = OPT_COMPLETES_COLUMNS,
     .help = "likelihoods of independent observations under each hypothesis"},
    {TEXT(struct bayes_rule_settings, prior), .name = "prior", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMN,
     .help = "prior probabilities; default: the column 'posterior' if it exists, else 'prior'"},
    {FLAG(struct bayes_rule_settings, flat), .name = "flat",
     .help = "give all hypotheses the same prior probability"},
    {FLAG(struct bayes_rule_settings, normalize), .name = "normalize",
     .help = "divide the priors by their sum"},
    {FLAG(struct bayes_rule_settings, log), .name = "log",
     .help = "the likelihood columns hold natural logarithms of likelihoods"},
    OPT_INPUT_ROWS(struct bayes_rule_settings, input),
    OPT_OUTPUT_ROWS(struct bayes_rule_settings, output),
    OPT_GENERAL_ROWS(struct bayes_rule_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_EXCLUDES("--flat", "--prior"),
    OPT_INPUT_RULES,
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return bayes_rule_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "posterior",
    .purpose = "Compute posterior probabilities of hypotheses by Bayes' rule",
    .operands = "[FILE...]",
    .example = "posterior --likelihood seen,heard hypotheses.csv",
    .see_also = "softmax,entropy,kl,mle-categorical",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .rules = rules,
    .settings_size = sizeof(struct bayes_rule_settings),
    .general_offset = offsetof(struct bayes_rule_settings, general),
    .run = run,
};
/* clang-format on */
