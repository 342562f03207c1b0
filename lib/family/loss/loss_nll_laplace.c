/* Negative Laplace log-likelihood of a predicted location, in nats. The scale is given or, in
 * loss_nll_laplace_profile, estimated from the same rows. */
#include "family/loss/loss.h"

#include <math.h>

static void loss_nll_laplace_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    double scale = b->parameter, constant = log(2 * scale);
    for (size_t i = 0; i < b->rows; i++) {
        double residual = b->prediction[i] - b->target[i];
        if (value != NULL)
            value[i] = constant + fabs(residual) / scale;
        if (gradient != NULL)
            gradient[i] = ((residual > 0) - (residual < 0)) / scale;
        if (curvature != NULL)
            curvature[i] = 0;
    }
}

/* The scale of least loss is the mean absolute residual, and the least loss log(2 scale) + 1; -inf for perfect
 * predictions. */
static double loss_nll_laplace_profile(double mean_l1, double *scale)
{
    *scale = 1 / mean_l1;
    return log(2 * mean_l1) + 1;
}

const struct loss loss_nll_laplace = {
    .name = "nll-laplace",
    .help = "negative Laplace log-likelihood; no SCALE: estimated",
    .formula = "log(2 SCALE) + |y - m| / SCALE, in nats",
    .likelihood = "Laplace",
    .prediction = LOSS_MEAN,
    .unit = LOSS_NATS,
    .parameter = "SCALE",
    .fallback = 1,
    .min = 1e-300,
    .max = 1e300,
    .statistic = &loss_l1,
    .profile = loss_nll_laplace_profile,
    .evaluate = loss_nll_laplace_evaluate,
};
