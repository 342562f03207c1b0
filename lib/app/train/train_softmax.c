/* Multinomial logistic regression as a task of train_run. */
#include "app/train/train_softmax.h"

#include "family/loss/loss.h"

enum status train_softmax_run(const struct train_softmax_settings *settings, const struct invocation *run,
                              struct err *err)
{
    const struct train_penalty *penalty = &settings->train.penalty;
    const struct loss *loss = loss_find("ce-logits");
    struct train_task task = {
        .kind = "softmax",
        .loss = loss,
        .loss_name = "ce",
        .likelihood = loss,
        .reference = settings->reference,
        .takes_probabilities = true,
    };
    if (settings->reference != NULL && (penalty->l1 > 0 || penalty->l2 > 0 || penalty->prior_sd > 0))
        return err_usage(err, "--reference has no place under a penalty, which treats all classes alike");
    return train_run(&settings->train, &settings->input, &task, run, err);
}
