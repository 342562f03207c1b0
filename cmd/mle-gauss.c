/* mle-gauss: Gaussians fitted to columns.
 * The option table; the work is done in lib/app/estimate/mle_gauss.c. */
#include "app/estimate/mle_gauss.h"

/* clang-format off */
static const struct opt options[] = {
    OPT_SUMMARY_ROWS(struct mle_gauss_settings, columns, "all numeric columns"),
    {FLAG(struct mle_gauss_settings, covariance), .name = "cov",
     .help = "write the covariance and correlation of each pair of columns"},
    {FLAG(struct mle_gauss_settings, joint), .name = "joint",
     .help = "write the log-likelihood of all columns as one multivariate Gaussian"},
    {TEXT(struct mle_gauss_settings, prior), .name = "prior", .arg = "MEAN,SD", .group = OPT_MODEL_GROUP,
     .help = "Gaussian prior of the mean: add its MAP estimate and posterior standard deviation"},
    {REAL(struct mle_gauss_settings, known_variance), .name = "known-variance", .arg = "V", .min = 5e-324, .max = 1e300,
     .group = OPT_MODEL_GROUP,
     .help = "variance of the data for --prior; default: the estimate"},
    {TEXT(struct mle_gauss_settings, parameters), .name = "parameters", .arg = "MEAN,VARIANCE",
     .group = OPT_MODEL_GROUP,
     .help = "add the negative log-likelihood of the data under these parameters"},
    OPT_UNIT_ROWS(struct mle_gauss_settings, unit, "nats"),
    OPT_INPUT_ROWS(struct mle_gauss_settings, input),
    OPT_OUTPUT_ROWS(struct mle_gauss_settings, output),
    OPT_GENERAL_ROWS(struct mle_gauss_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_REQUIRES("--known-variance", "--prior"),
    OPT_EXCLUDES("--cov", "--joint|--prior|--parameters|--unit|--base"),
    OPT_EXCLUDES("--joint", "--prior|--parameters"),
    OPT_SUMMARY_RULES,
    OPT_UNIT_RULES,
    OPT_INPUT_RULES,
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return mle_gauss_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "mle-gauss",
    .purpose = "Fit a Gaussian to each column of a table by maximum likelihood",
    .operands = "[FILE...]",
    .example = "mle-gauss --by species iris.csv",
    .see_also = "entropy,kl,mle-categorical,mle-laplace,mle-location,mle-plot",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .rules = rules,
    .settings_size = sizeof(struct mle_gauss_settings),
    .general_offset = offsetof(struct mle_gauss_settings, general),
    .run = run,
};
/* clang-format on */
