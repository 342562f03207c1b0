/* bayes-train: naive Bayes.
 * The option table; the work is done in lib/app/train/train_bayes.c. */
#include "app/train/train_bayes.h"

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct train_bayes_settings, columns.roles.target), .letter = 't', .name = "target", .arg = "COLUMN",
     .required = true, .completes = OPT_COMPLETES_COLUMN,
     .help = "column of class labels"},
    OPT_COLUMNS_ROWS(struct train_bayes_settings, columns),
    {TEXT(struct train_bayes_settings, columns.roles.categorical), .name = "categorical", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "numeric columns to treat as categories; text columns are categories"},
    {REAL(struct train_bayes_settings, pseudo_count), .name = "pseudo-count", .arg = "N", .fallback = "0", .min = 0,
     .max = 1e300, .group = OPT_MODEL_GROUP,
     .help = "add N to the count of each level of each category in each class"},
    {REAL(struct train_bayes_settings, variance_floor), .name = "variance-floor", .arg = "FRACTION", .fallback = "0",
     .min = 0, .max = 1, .group = OPT_MODEL_GROUP,
     .help = "smallest variance in a class, as a fraction of the column's variance over all rows"},
    OPT_INPUT_ROWS(struct train_bayes_settings, input),
    OPT_MODEL_OUTPUT_ROW(struct train_bayes_settings, output),
    OPT_GENERAL_ROWS(struct train_bayes_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_COLUMNS_RULES,
    OPT_INPUT_RULES,
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return train_bayes_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "bayes-train",
    .purpose = "Fit a naive Bayes classifier",
    .operands = "[FILE...]",
    .example = "bayes-train -t species iris.csv | model-show",
    .see_also = "logreg-train,softmax-train,nn-train,nn-predict,model-show,loss-eval",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .rules = rules,
    .settings_size = sizeof(struct train_bayes_settings),
    .general_offset = offsetof(struct train_bayes_settings, general),
    .run = run,
};
/* clang-format on */
