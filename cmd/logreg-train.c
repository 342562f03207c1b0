/* logreg-train: binary logistic regression.
 * The option table; the work is done in lib/app/train/train_logreg.c and train.c. */
#include "app/train/train.h"

/* clang-format off */
static const struct opt_choice losses[] = {
    [TRAIN_LOG_LOSS] = {"log", "the negative log-likelihood"},
    [TRAIN_SQUARED_LOSS] = {"squared", "squared error of the probability"},
    {NULL, NULL},
};

static const struct opt options[] = {
    {TEXT(struct train_settings, columns.roles.target), .letter = 't', .name = "target", .arg = "COLUMN",
     .required = true, .completes = OPT_COMPLETES_COLUMN,
     .help = "column of class labels, or with --trials of successes or proportions"},
#include "app/train/train_options.list"
    OPT_OFFSET_ROW(struct train_settings, columns.roles.offset),
    {TEXT(struct train_settings, trials), .name = "trials", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN,
     .help = "column of numbers of trials, of which the target is the number or the proportion of successes"},
    {TEXT(struct train_settings, positive), .name = "positive", .arg = "LABEL",
     .help = "class whose probability is modelled; default: the last in sorted order"},
    {CHOICE(struct train_settings, loss), .letter = 'l', .name = "loss", .arg = "LOSS", .fallback = "log",
     .choices = losses, .group = OPT_MODEL_GROUP,
     .help = "loss to minimise"},
    OPT_INPUT_ROWS(struct train_settings, input),
    OPT_GENERAL_ROWS(struct train_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_EXCLUDES("--trials", "--weights|--fweights|--aweights|--solver online"),
    OPT_EXCLUDES("--solver online|--penalized-errors", "--loss squared"),
    OPT_REQUIRES_WITH("--offset", "--solver online", "--labels|--init", ", which order the classes"),
#include "app/train/train_rules.list"
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return train_logreg_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "logreg-train",
    .purpose = "Fit a logistic regression",
    .operands = "[FILE...]",
    .example = "logreg-train -t diagnosis -x mean_radius breast-cancer.csv | model-show",
    .see_also = "linreg-train,softmax-train,bayes-train,nn-train,nn-predict,model-show,loss-eval,mle-plot",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .rules = rules,
    .settings_size = sizeof(struct train_settings),
    .general_offset = offsetof(struct train_settings, general),
    .run = run,
};
/* clang-format on */
