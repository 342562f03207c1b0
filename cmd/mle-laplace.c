/* mle-laplace: Laplace distributions fitted to columns.
 * The option table; the work is done in lib/app/estimate/mle_laplace.c. */
#include "app/estimate/mle_laplace.h"

/* clang-format off */
static const struct opt options[] = {
    OPT_SUMMARY_ROWS(struct mle_laplace_settings, columns, "all numeric columns"),
    OPT_UNIT_ROWS(struct mle_laplace_settings, unit, "nats"),
    OPT_INPUT_ROWS(struct mle_laplace_settings, input),
    OPT_OUTPUT_ROWS(struct mle_laplace_settings, output),
    OPT_GENERAL_ROWS(struct mle_laplace_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_SUMMARY_RULES,
    OPT_UNIT_RULES,
    OPT_INPUT_RULES,
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return mle_laplace_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "mle-laplace",
    .purpose = "Fit a Laplace distribution to each column of a table by maximum likelihood",
    .operands = "[FILE...]",
    .example = "mle-laplace --by species iris.csv",
    .see_also = "mle-gauss,mle-location",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .rules = rules,
    .settings_size = sizeof(struct mle_laplace_settings),
    .general_offset = offsetof(struct mle_laplace_settings, general),
    .run = run,
};
/* clang-format on */
