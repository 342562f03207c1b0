/* posterior: Bayes' rule over the hypotheses of a table. */
#include "app/estimate/bayes_rule.h"

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct bayes_rule_settings, likelihood), .letter = 'l', .name = "likelihood", .arg = "COLUMNS",
     .fallback = "likelihood", .completes = OPT_COMPLETES_COLUMNS,
     .help = "the likelihoods of independent observations under each hypothesis"},
    {TEXT(struct bayes_rule_settings, prior), .letter = 'p', .name = "prior", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMN,
     .help = "the prior probabilities; without it the column 'posterior', if there is one, else 'prior'"},
    {FLAG(struct bayes_rule_settings, flat), .name = "flat",
     .help = "take all hypotheses as equally probable beforehand"},
    {FLAG(struct bayes_rule_settings, normalise), .name = "normalise",
     .help = "divide the priors by their sum, which need not be 1 then"},
    {FLAG(struct bayes_rule_settings, log), .name = "log",
     .help = "the likelihood columns hold natural logarithms of likelihoods"},
    OPT_INPUT_ROWS(struct bayes_rule_settings, input),
    OPT_OUTPUT_ROWS(struct bayes_rule_settings, output),
    OPT_GENERAL_ROWS(struct bayes_rule_settings, general),
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return bayes_rule_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "posterior",
    .purpose = "Turn priors and likelihoods of hypotheses into posterior probabilities by Bayes' rule",
    .operands = "[FILE...]",
    .example = "posterior --likelihood seen,heard hypotheses.csv",
    .see_also = "softmax,entropy,kl,mle-categorical",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct bayes_rule_settings),
    .general_offset = offsetof(struct bayes_rule_settings, general),
    .run = run,
};
/* clang-format on */
