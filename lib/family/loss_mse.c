#include "family/loss.h"

static void evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    for (size_t i = 0; i < b->rows; i++) {
        double residual = b->prediction[i] - b->target[i];
        if (value != NULL)
            value[i] = residual * residual;
        if (gradient != NULL)
            gradient[i] = 2 * residual;
        if (curvature != NULL)
            curvature[i] = 2;
    }
}

const struct loss loss_mse = {
    .name = "mse",
    .help = "squared error",
    .formula = "(y - m)^2",
    .likelihood = "Gaussian of variance 1/2, but for a constant",
    .prediction = LOSS_MEAN,
    .evaluate = evaluate,
};
