#include "app/train/train.h"
#include "family/loss/loss.h"

/* Multinomial logistic regression. */

struct settings {
    struct train_settings train;
    const char *reference;
    struct input_settings input;
    struct general_settings general;
};

/* clang-format off */
static const struct opt options[] = {
    { TEXT(struct settings, train.columns.roles.target), .letter = 't', .name = "target", .arg = "COLUMNS", .required = true,
      .completes = OPT_COMPLETES_COLUMNS, .help = "the column with the class labels, or one column for each class with its probability" },
    OPT_TRAIN_ROWS(struct settings, train),
    { TEXT(struct settings, reference), .name = "reference", .arg = "LABEL", .group = OPT_MODEL_GROUP,
      .help = "the class whose coefficients are 0; without it the first in order, and none under a penalty" },
    OPT_INPUT_ROWS(struct settings, input),
    OPT_GENERAL_ROWS(struct settings, general),
};
/* clang-format on */

static enum status run(const void *p, const struct invocation *run, struct err *err)
{
    const struct settings *s = p;
    const struct loss *loss = loss_find("ce-logits");
    struct train_task task = {.kind = "softmax",
                              .loss = loss,
                              .loss_name = "ce",
                              .likelihood = loss,
                              .reference = s->reference,
                              .takes_shares = true};
    if (s->reference != NULL && (s->train.penalty.l1 > 0 || s->train.penalty.l2 > 0 || s->train.penalty.prior_sd > 0))
        return err_usage(err, "--reference has no place under a penalty, which treats all classes alike");
    return train_run(&s->train, &s->input, &task, run, err);
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
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
/* clang-format on */
