/* Cross-entropy (log loss) of class probabilities, in nats; targets are classes or class probabilities.
 * Probability 0 of the target class gives inf: nothing is clipped. */
#include "family/loss/loss.h"
#include "math/special.h"

#include <math.h>
#include <string.h>

static void evaluate_soft(const struct loss_batch *b, double *value, double *gradient)
{
    for (size_t i = 0; i < b->rows; i++) {
        const double *p = b->prediction + i * b->width, *q = b->target_probability + i * b->width;
        double sum = 0;
        for (size_t k = 0; k < b->width; k++) {
            sum -= special_xlogy(q[k], p[k]);
            if (gradient != NULL)
                gradient[i * b->width + k] = q[k] == 0 ? 0 : -q[k] / p[k];
        }
        if (value != NULL)
            value[i] = sum;
    }
}

static void loss_ce_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    if (b->width == 1) {
        loss_log.evaluate(b, value, gradient, curvature);
        return;
    }
    if (b->target_probability != NULL) {
        evaluate_soft(b, value, gradient);
        return;
    }
    for (size_t i = 0; i < b->rows; i++) {
        double p = b->prediction[i * b->width + b->label[i]];
        if (value != NULL)
            value[i] = 0 - log(p); /* 0, not -0, where p is 1 */
        if (gradient != NULL) {
            memset(gradient + i * b->width, 0, b->width * sizeof *gradient);
            gradient[i * b->width + b->label[i]] = -1 / p;
        }
    }
}

const struct loss loss_ce = {
    .name = "ce",
    .aliases = (const char *const[]){"crossentropy", "cross-entropy", NULL},
    .help = "cross-entropy of class probabilities",
    .formula = "-log p[y], in nats; if the target is class probabilities q, -sum of q[k] log p[k]",
    .likelihood = "categorical",
    .prediction = LOSS_PROBABILITIES,
    .unit = LOSS_NATS,
    .soft = true,
    .of_logits = &loss_ce_logits,
    .evaluate = loss_ce_evaluate,
};
