/* Half the squared error, whose gradient is the residual. */
#include "family/loss/loss.h"

static void loss_l2_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    for (size_t i = 0; i < b->rows; i++) {
        double residual = b->prediction[i] - b->target[i];
        if (value != NULL)
            value[i] = 0.5 * residual * residual;
        if (gradient != NULL)
            gradient[i] = residual;
        if (curvature != NULL)
            curvature[i] = 1;
    }
}

const struct loss loss_l2 = {
    .name = "l2",
    .help = "half the squared error",
    .formula = "(y - m)^2 / 2",
    .likelihood = "Gaussian of variance 1, up to a constant",
    .prediction = LOSS_MEAN,
    .unit = LOSS_TARGET_SQUARED,
    .evaluate = loss_l2_evaluate,
};
