/* Binary logistic regression as a task of train_run: one score, the log-odds of the positive class; its loss is the
 * negative log-likelihood or the squared error of the probability. */
#include "app/train/train_work.h"

#include "family/loss/loss.h"

enum status train_logreg_run(const struct train_settings *settings, const struct invocation *run, struct err *err)
{
    const struct loss *likelihood = loss_find("log-logit");
    bool squared = settings->loss == TRAIN_SQUARED_LOSS;
    struct train_task task = {
        .kind = "logistic",
        .loss = squared ? loss_find("squared") : likelihood,
        .loss_name = squared ? "squared" : "log",
        .likelihood = likelihood,
    };
    return train_run(settings, &task, run, err);
}
