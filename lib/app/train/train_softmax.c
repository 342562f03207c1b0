/* Multinomial logistic regression as a task of train_run: a score per class, without a penalty relative to the
 * reference class; the target may be probabilities of classes. */
#include "app/train/train_work.h"

#include "family/loss/loss.h"

enum status train_softmax_run(const struct train_settings *settings, const struct invocation *run, struct err *err)
{
    const struct loss *loss = loss_find("ce-logits");
    struct train_task task = {
        .kind = "softmax",
        .loss = loss,
        .loss_name = "ce",
        .likelihood = loss,
        .takes_probabilities = true,
    };
    return train_run(settings, &task, run, err);
}
