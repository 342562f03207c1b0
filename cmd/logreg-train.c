/* logreg-train: binary logistic regression. */
#include "app/train/train_logreg.h"

/* clang-format off */
static const struct opt_choice losses[] = {
    [TRAIN_LOGREG_LOG] = {"log", "the negative log-likelihood"},
    [TRAIN_LOGREG_SQUARED] =
        {"squared", "the squared error of the probability, which learns slowly where it is most wrong"},
    {NULL, NULL},
};

static const struct opt options[] = {
    OPT_LABEL_ROW(struct train_logreg_settings, train.columns.roles.target),
    OPT_TRAIN_ROWS(struct train_logreg_settings, train),
    OPT_OFFSET_ROW(struct train_logreg_settings, train.columns.roles.offset),
    {TEXT(struct train_logreg_settings, positive), .name = "positive", .arg = "LABEL",
     .help = "the class whose probability is modelled; without it the last in order"},
    {CHOICE(struct train_logreg_settings, loss), .name = "loss", .arg = "LOSS", .fallback = "log", .choices = losses,
     .group = OPT_MODEL_GROUP,
     .help = "what to minimise"},
    OPT_INPUT_ROWS(struct train_logreg_settings, input),
    OPT_GENERAL_ROWS(struct train_logreg_settings, general),
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
    .settings_size = sizeof(struct train_logreg_settings),
    .general_offset = offsetof(struct train_logreg_settings, general),
    .run = run,
};
/* clang-format on */
