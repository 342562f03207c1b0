/* softmax-train: softmax (multinomial logistic) regression.
 * The option table; the work is done in lib/app/train/train_softmax.c and train.c. */
#include "app/train/train.h"

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct train_settings, columns.roles.target), .letter = 't', .name = "target", .arg = "COLUMNS",
     .required = true, .completes = OPT_COMPLETES_COLUMNS,
     .help = "column of class labels, or a column of probabilities per class"},
#include "app/train/train_options.list"
    {TEXT(struct train_settings, reference), .name = "reference", .arg = "LABEL", .group = OPT_MODEL_GROUP,
     .help = "class whose coefficients are 0; default: the first in sorted order; with a penalty, none"},
    OPT_INPUT_ROWS(struct train_settings, input),
    OPT_GENERAL_ROWS(struct train_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_EXCLUDES_HINT("--reference", "--l1>0|--l2>0|--prior-sd", ", which treats all classes alike"),
    OPT_EXCLUDES("--reference", "--solver online"),
#include "app/train/train_rules.list"
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return train_softmax_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "softmax-train",
    .purpose = "Fit a softmax (multinomial logistic) regression",
    .operands = "[FILE...]",
    .example = "softmax-train -t digit --l2 1e-3 digits.csv.gz -o digits.model",
    .see_also = "logreg-train,bayes-train,nn-train,nn-predict,model-show,loss-eval,mle-plot",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .rules = rules,
    .settings_size = sizeof(struct train_settings),
    .general_offset = offsetof(struct train_settings, general),
    .run = run,
};
/* clang-format on */
