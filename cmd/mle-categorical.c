/* mle-categorical: categorical distributions fitted to columns.
 * The option table; the work is done in lib/app/estimate/mle_categorical.c. */
#include "app/estimate/mle_categorical.h"

/* clang-format off */
static const struct opt options[] = {
    OPT_SUMMARY_ROWS(struct mle_categorical_settings, columns, "the text columns, or all columns if there are none"),
    {FLAG(struct mle_categorical_settings, summary), .name = "summary",
     .help = "write a row per column, with likelihood and entropy, instead of a row per level"},
    {REAL(struct mle_categorical_settings, pseudo), .name = "pseudo-count", .arg = "ALPHA", .min = 5e-324, .max = 1e300,
     .group = OPT_MODEL_GROUP,
     .help = "add MAP estimates under a Dirichlet prior worth ALPHA observations of each level"},
    OPT_UNIT_ROWS(struct mle_categorical_settings, unit, "nats"),
    OPT_INPUT_ROWS(struct mle_categorical_settings, input),
    OPT_OUTPUT_ROWS(struct mle_categorical_settings, output),
    OPT_GENERAL_ROWS(struct mle_categorical_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_REQUIRES("--unit|--base", "--summary"),
    OPT_SUMMARY_RULES,
    OPT_UNIT_RULES,
    OPT_INPUT_RULES,
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return mle_categorical_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "mle-categorical",
    .purpose = "Fit a categorical distribution to each column of a table by maximum likelihood",
    .operands = "[FILE...]",
    .example = "mle-categorical --by ward -x outcome --pseudo-count 1 visits.csv",
    .see_also = "entropy,kl,mle-gauss,posterior",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .rules = rules,
    .settings_size = sizeof(struct mle_categorical_settings),
    .general_offset = offsetof(struct mle_categorical_settings, general),
    .run = run,
};
/* clang-format on */
