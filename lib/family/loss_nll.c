#include "family/loss.h"

#include <math.h>

static const double log_two_pi = 1.83787706640934548356;

static void evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    double variance = b->parameter, constant = 0.5 * (log_two_pi + log(variance));
    for (size_t i = 0; i < b->rows; i++) {
        double residual = b->prediction[i] - b->target[i];
        if (value != NULL)
            value[i] = constant + 0.5 * residual * residual / variance;
        if (gradient != NULL)
            gradient[i] = residual / variance;
        if (curvature != NULL)
            curvature[i] = 1 / variance;
    }
}

const struct loss loss_nll = {
    .name = "nll",
    .help = "negative log-likelihood of a Gaussian with that VARIANCE",
    .formula = "log(2 pi VARIANCE) / 2 + (y - m)^2 / (2 VARIANCE), in nats",
    .likelihood = "Gaussian",
    .prediction = LOSS_MEAN,
    .parameter = "VARIANCE",
    .fallback = 1,
    .min = 1e-300,
    .max = 1e300,
    .evaluate = evaluate,
};
