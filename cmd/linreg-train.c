/* linreg-train: linear regression by least squares, least absolute deviations or Huber's loss.
 * The option table; the work is done in lib/app/train/train_linreg.c. */
#include "app/train/train_linreg.h"

/* clang-format off */
static const struct opt_choice losses[] = {
    {"l2", "least squares"},
    {"l1", "least absolute deviations: the median"},
    {"huber", "squared up to DELTA times the scale of the errors, linear beyond; default DELTA: 1.345"},
    {"huber-absolute", "squared up to DELTA in units of the target, linear beyond"},
    {NULL, NULL},
};

static const struct opt_choice *loss_choices(void)
{
    return losses;
}

static const struct opt options[] = {
    {TEXT(struct train_linreg_settings, columns.roles.target), .letter = 't', .name = "target", .arg = "COLUMNS",
     .required = true, .completes = OPT_COMPLETES_COLUMNS,
     .help = "column to predict; least squares fits several columns separately"},
    OPT_COLUMNS_ROWS(struct train_linreg_settings, columns),
    OPT_OFFSET_ROW(struct train_linreg_settings, columns.roles.offset),
    OPT_CATEGORICAL_ROW(struct train_linreg_settings, columns.roles.categorical),
    {FLAG(struct train_linreg_settings, no_intercept), .name = "no-intercept", .group = OPT_MODEL_GROUP,
     .help = "omit the intercept"},
    OPT_PENALTY_ROWS(struct train_linreg_settings, penalty),
    {REAL(struct train_linreg_settings, penalty.prior_sd), .name = "prior-sd", .arg = "SD", .min = 1e-100, .max = 1e100,
     .group = OPT_MODEL_GROUP,
     .help = "Gaussian prior with standard deviation SD on the coefficients: --l2 VARIANCE/(n SD^2), with the "
             "variance estimated"},
    {TEXT(struct train_linreg_settings, loss), .letter = 'l', .name = "loss", .arg = "LOSS", .fallback = "l2",
     .choices_of = loss_choices, .group = OPT_MODEL_GROUP,
     .help = "loss to minimise; huber:DELTA estimates the scale of the errors, huber-absolute:DELTA does not"},
    {TEXT(struct train_linreg_settings, heteroscedastic), .name = "heteroscedastic", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS, .word = "all", .group = OPT_MODEL_GROUP,
     .help = "model the standard deviation of the errors as linear in these features; all: in every feature"},
    OPT_CONFIDENCE_ROW(struct train_linreg_settings, confidence),
    {REAL(struct train_linreg_settings, tolerance), .name = "tol", .arg = "TOL", .fallback = "1e-4", .min = 0, .max = 1,
     .group = OPT_SOLVER,
     .help = "converged if no coefficient is further from the optimum than TOL standard errors"},
    OPT_MODEL_OUTPUT_ROW(struct train_linreg_settings, output),
    OPT_MEMORY_ROW(struct train_linreg_settings, memory),
    OPT_INPUT_ROWS(struct train_linreg_settings, input),
    OPT_GENERAL_ROWS(struct train_linreg_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_PENALTY_RULES,
    OPT_EXCLUDES("--heteroscedastic", "--l1>0|--l2>0|--prior-sd"),
    OPT_EXCLUDES_HINT("--heteroscedastic", "--aweights", "; use --weights for repeated rows"),
    OPT_EXCLUDES_HINT("--confidence", "--l1>0|--l2>0|--prior-sd", ", which has no standard errors"),
    OPT_REQUIRES_HINT("--tol", "--loss huber|--loss huber-absolute|--heteroscedastic|--l1>0",
                      "; other fits end at the optimum"),
    OPT_COLUMNS_RULES,
    OPT_INPUT_RULES,
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return train_linreg_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "linreg-train",
    .purpose = "Fit a linear regression",
    .operands = "[FILE...]",
    .example = "linreg-train -t petal_width --exclude species iris.csv | model-show",
    .see_also = "logreg-train,nn-train,nn-predict,model-show,loss-eval,mle-plot",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .rules = rules,
    .settings_size = sizeof(struct train_linreg_settings),
    .general_offset = offsetof(struct train_linreg_settings, general),
    .run = run,
};
/* clang-format on */
