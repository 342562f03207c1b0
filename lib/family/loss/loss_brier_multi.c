/* Brier score of the probabilities of several classes; targets are classes or class probabilities. */
#include "family/loss/loss.h"

#include <stddef.h>

/* The target probability of class k in a row. */
static double loss_brier_multi_target(const struct loss_batch *b, size_t row, size_t k)
{
    if (b->target_probability != NULL)
        return b->target_probability[row * b->width + k];
    return b->label[row] == k;
}

/* One probability is that of class 1 of two: both classes miss by the same. */
static void loss_brier_multi_of_one(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    for (size_t i = 0; i < b->rows; i++) {
        double target = b->target != NULL ? b->target[i] : (double)(b->label[i] != 0);
        double residual = b->prediction[i] - target;
        if (value != NULL)
            value[i] = 2 * residual * residual;
        if (gradient != NULL)
            gradient[i] = 4 * residual;
        if (curvature != NULL)
            curvature[i] = 4;
    }
}

/* G. W. Brier, Verification of Forecasts Expressed in Terms of Probability, Monthly Weather Review 78 (1950), eq. 2. */
static void loss_brier_multi_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    if (b->width == 1) {
        loss_brier_multi_of_one(b, value, gradient, curvature);
        return;
    }
    for (size_t i = 0; i < b->rows; i++) {
        double sum = 0;
        for (size_t k = 0; k < b->width; k++) {
            double residual = b->prediction[i * b->width + k] - loss_brier_multi_target(b, i, k);
            sum += residual * residual;
            if (gradient != NULL)
                gradient[i * b->width + k] = 2 * residual;
        }
        if (value != NULL)
            value[i] = sum;
    }
}

const struct loss loss_brier_multi = {
    .name = "brier-multi",
    .help = "squared error of class probabilities (multi-class Brier)",
    .formula = "sum over classes k of (p[k] - t[k])^2, where t[y] is 1 and the others are 0, or t are probabilities",
    .likelihood = "",
    .prediction = LOSS_PROBABILITIES,
    .soft = true,
    .evaluate = loss_brier_multi_evaluate,
};
