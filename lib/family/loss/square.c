/* The squared error, shared by loss_mse (numbers) and loss_squared (probabilities). */
#include "family/loss/square.h"

void square_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    for (size_t i = 0; i < b->rows; i++) {
        double target = b->target != NULL ? b->target[i] : (double)(b->label[i] != 0);
        double residual = b->prediction[i] - target;
        if (value != NULL)
            value[i] = residual * residual;
        if (gradient != NULL)
            gradient[i] = 2 * residual;
        if (curvature != NULL)
            curvature[i] = 2;
    }
}
