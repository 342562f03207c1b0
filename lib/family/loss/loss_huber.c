/* Huber's loss: quadratic up to DELTA, linear beyond. */
#include "family/loss/loss.h"

#include <math.h>

/* Huber, Robust Estimation of a Location Parameter, Ann. Math. Stat. 35 (1964); delta is his k. */
static void loss_huber_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    double delta = b->parameter;
    for (size_t i = 0; i < b->rows; i++) {
        double residual = b->prediction[i] - b->target[i], size = fabs(residual);
        if (value != NULL)
            value[i] = size <= delta ? 0.5 * residual * residual : delta * (size - 0.5 * delta);
        if (gradient != NULL)
            gradient[i] = size <= delta ? residual : copysign(delta, residual);
        if (curvature != NULL)
            curvature[i] = size <= delta;
    }
}

const struct loss loss_huber = {
    .name = "huber",
    .help = "squared up to DELTA, linear beyond",
    .formula = "(y - m)^2 / 2 if |y - m| <= DELTA, else DELTA (|y - m| - DELTA / 2)",
    .likelihood = "Huber's least informative distribution, up to a constant",
    .prediction = LOSS_MEAN,
    .unit = LOSS_TARGET_SQUARED,
    .parameter = "DELTA",
    .fallback = 1,
    .min = 1e-300,
    .max = 1e300,
    .evaluate = loss_huber_evaluate,
};
