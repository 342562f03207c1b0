/* Negative Gaussian log-likelihood of a predicted mean and standard deviation, in nats. */
#include "family/loss/loss.h"

#include "math/special.h"

#include <math.h>

static void loss_nll_sd_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    (void)curvature;
    for (size_t i = 0; i < b->rows; i++) {
        double sd = b->prediction[2 * i + 1], z = (b->prediction[2 * i] - b->target[i]) / sd;
        if (value != NULL)
            value[i] = 0.5 * special_log_two_pi + log(sd) + 0.5 * z * z;
        if (gradient != NULL) {
            gradient[2 * i] = z / sd;
            gradient[2 * i + 1] = (1 - z * z) / sd;
        }
    }
}

const struct loss loss_nll_sd = {
    .name = "nll-sd",
    .help = "negative Gaussian log-likelihood of a predicted mean and sd",
    .formula = "log(2 pi) / 2 + log s + (y - m)^2 / (2 s^2), in nats",
    .likelihood = "Gaussian",
    .prediction = LOSS_MEAN_SD,
    .unit = LOSS_NATS,
    .evaluate = loss_nll_sd_evaluate,
};
