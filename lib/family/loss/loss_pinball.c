/* Pinball loss, whose best constant is the TAU-quantile; the gradient at 0 is the middle of the one-sided ones. */
#include "family/loss/loss.h"

#include <math.h>

/* R. Koenker and G. Bassett, Regression Quantiles, Econometrica 46 (1978), 33-50. */
static void loss_pinball_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    double above = b->parameter, below = 1 - b->parameter; /* slopes of targets above and below the prediction */
    for (size_t i = 0; i < b->rows; i++) {
        double residual = b->target[i] - b->prediction[i];
        if (value != NULL)
            value[i] = residual > 0 ? above * residual : below * -residual + 0.0;
        if (gradient != NULL)
            gradient[i] = residual > 0 ? -above : residual < 0 ? below : (below - above) / 2;
        if (curvature != NULL)
            curvature[i] = 0;
    }
}

const struct loss loss_pinball = {
    .name = "pinball",
    .aliases = (const char *const[]){"quantile", NULL},
    .help = "pinball loss of a quantile of the target",
    .formula = "TAU (y - m) if y > m, else (1 - TAU) (m - y)",
    .likelihood = "asymmetric Laplace of scale 1, up to a constant",
    .prediction = LOSS_MEAN,
    .unit = LOSS_TARGET,
    .parameter = "TAU",
    .fallback = 0.5,
    .min = 0.000001,
    .max = 0.999999,
    .evaluate = loss_pinball_evaluate,
};
