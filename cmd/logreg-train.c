#include "app/train/train.h"
#include "family/loss/loss.h"

/* Binary logistic regression. */

struct settings {
    struct train_settings train;
    const char *positive;
    int loss;
    struct input_settings input;
    struct general_settings general;
};

enum { LOG_LOSS, SQUARED_LOSS };

/* clang-format off */
static const struct opt_choice losses[] = {
    {"log", "the negative log-likelihood"},
    {"squared", "the squared error of the probability, which learns slowly where it is most wrong"},
    {NULL, NULL},
};
/* clang-format on */

/* clang-format off */
static const struct opt options[] = {
    OPT_LABEL_ROW(struct settings, train.columns.roles.target),
    OPT_TRAIN_ROWS(struct settings, train),
    OPT_OFFSET_ROW(struct settings, train.columns.roles.offset),
    { TEXT(struct settings, positive), .name = "positive", .arg = "LABEL", .help = "the class whose probability is modelled; "
      "without it the last in order" },
    { CHOICE(struct settings, loss), .name = "loss", .arg = "LOSS", .fallback = "log", .choices = losses,
      .group = OPT_MODEL_GROUP, .help = "what to minimise" },
    OPT_INPUT_ROWS(struct settings, input),
    OPT_GENERAL_ROWS(struct settings, general),
};
/* clang-format on */

static enum status run(const void *p, const struct invocation *run, struct err *err)
{
    const struct settings *s = p;
    const struct loss *likelihood = loss_find("log-logit");
    struct train_task task = {
        .kind = "logistic",
        .loss = s->loss == LOG_LOSS ? likelihood : loss_find("squared"),
        .loss_name = losses[s->loss].name,
        .likelihood = likelihood,
        .positive = s->positive,
    };
    return train_run(&s->train, &s->input, &task, run, err);
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
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
/* clang-format on */
