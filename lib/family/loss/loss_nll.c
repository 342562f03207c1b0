/* Negative Gaussian log-likelihood of a predicted mean, in nats. The variance is given or, in loss_nll_profile,
 * estimated from the same rows. */
#include "family/loss/loss.h"

#include "math/special.h"

#include <math.h>

static void loss_nll_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    double variance = b->parameter, constant = 0.5 * (special_log_two_pi + log(variance));
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

/* The variance of least loss is the mean squared residual, v = 2 mean l2, and the least loss (log(2 pi v) + 1) /
 * 2; -inf for perfect predictions. */
static double loss_nll_profile(double mean_l2, double *scale)
{
    double variance = 2 * mean_l2;
    *scale = 1 / variance;
    return 0.5 * (special_log_two_pi + log(variance) + 1);
}

const struct loss loss_nll = {
    .name = "nll",
    .aliases = (const char *const[]){"nll-gauss", NULL},
    .help = "negative Gaussian log-likelihood; no VARIANCE: estimated",
    .formula = "log(2 pi VARIANCE) / 2 + (y - m)^2 / (2 VARIANCE), in nats",
    .likelihood = "Gaussian",
    .prediction = LOSS_MEAN,
    .unit = LOSS_NATS,
    .parameter = "VARIANCE",
    .fallback = 1,
    .min = 1e-300,
    .max = 1e300,
    .statistic = &loss_l2,
    .profile = loss_nll_profile,
    .evaluate = loss_nll_evaluate,
};
