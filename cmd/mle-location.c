/* mle-location: the constant closest to each column.
 * The option table; the work is done in lib/app/estimate/mle_location.c. */
#include "app/estimate/mle_location.h"

/* clang-format off */
static const struct opt_choice losses[] = {
    {"l2", "half the squared error: the mean"},
    {"l1", "absolute error: the median"},
    {"huber:DELTA", "squared up to DELTA, linear beyond"},
    {"trimmed:P", "half the squared error without the share P at either end"},
    {NULL, NULL},
};

static const struct opt_choice *loss_choices(void)
{
    return losses;
}

static const struct opt options[] = {
    {TEXT(struct mle_location_settings, loss), .letter = 'l', .name = "loss", .arg = "LOSS", .fallback = "l2",
     .choices_of = loss_choices,
     .help = "loss to minimise"},
    OPT_SUMMARY_ROWS(struct mle_location_settings, columns, "all numeric columns"),
    {COUNT(struct mle_location_settings, influence), .name = "influence", .arg = "N", .min = 2, .max = 1e7,
     .help = "tabulate mean loss and derivative at N constants from the smallest to the largest value instead"},
    OPT_INPUT_ROWS(struct mle_location_settings, input),
    OPT_OUTPUT_ROWS(struct mle_location_settings, output),
    OPT_GENERAL_ROWS(struct mle_location_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_SUMMARY_RULES,
    OPT_INPUT_RULES,
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return mle_location_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "mle-location",
    .purpose = "Fit a location to each column of a table: mean, median, Huber estimate or trimmed mean",
    .operands = "[FILE...]",
    .example = "mle-location --loss huber:1.345 --by ward visits.csv",
    .see_also = "mle-gauss,mle-laplace,linreg-train,loss-eval",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .rules = rules,
    .settings_size = sizeof(struct mle_location_settings),
    .general_offset = offsetof(struct mle_location_settings, general),
    .run = run,
};
/* clang-format on */
