/* Absolute error; the gradient at 0 is 0. */
#include "family/loss/loss.h"

#include <math.h>

static void loss_l1_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    for (size_t i = 0; i < b->rows; i++) {
        double residual = b->prediction[i] - b->target[i];
        if (value != NULL)
            value[i] = fabs(residual);
        if (gradient != NULL)
            gradient[i] = (residual > 0) - (residual < 0);
        if (curvature != NULL)
            curvature[i] = 0;
    }
}

const struct loss loss_l1 = {
    .name = "l1",
    .aliases = (const char *const[]){"mae", NULL},
    .help = "absolute error",
    .formula = "|y - m|",
    .likelihood = "Laplace of scale 1, up to a constant",
    .prediction = LOSS_MEAN,
    .unit = LOSS_TARGET,
    .evaluate = loss_l1_evaluate,
};
