#include "family/loss.h"

#include <math.h>
#include <string.h>

static void evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    if (b->width == 1) {
        loss_log.evaluate(b, value, gradient, curvature);
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
    .help = "cross-entropy of class probabilities",
    .formula = "-log p[y], in nats",
    .likelihood = "categorical",
    .prediction = LOSS_PROBABILITIES,
    .evaluate = evaluate,
};
