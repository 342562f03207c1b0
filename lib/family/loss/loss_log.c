/* Log loss of the probability of the positive class, in nats; exact near 0 and 1 (log1p), and inf where an event
 * of probability 0 occurs. */
#include "family/loss/loss.h"

#include <math.h>

static void loss_log_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    for (size_t i = 0; i < b->rows; i++) {
        bool positive = b->target != NULL ? b->target[i] != 0 : b->label[i] != 0;
        double p = b->prediction[i], own = positive ? p : 1 - p;
        if (value != NULL)
            value[i] = 0 - (positive ? log(p) : log1p(-p)); /* 0, not -0, where p is 1 */
        if (gradient != NULL)
            gradient[i] = (positive ? -1 : 1) / own;
        if (curvature != NULL)
            curvature[i] = 1 / (own * own);
    }
}

const struct loss loss_log = {
    .name = "log",
    .aliases = (const char *const[]){"logloss", "log-loss", "bce", "binary-crossentropy", NULL},
    .help = "log loss of a probability",
    .formula = "-log p if the target is positive, else -log(1 - p), in nats",
    .likelihood = "Bernoulli",
    .prediction = LOSS_PROBABILITY,
    .unit = LOSS_NATS,
    .of_logits = &loss_log_logit,
    .of_classes = "ce",
    .evaluate = loss_log_evaluate,
};
