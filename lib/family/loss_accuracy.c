#include "family/loss.h"

/* 1 where the own class has the greatest probability, and is the first that has. */
static void evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    (void)gradient;
    (void)curvature;
    for (size_t i = 0; i < b->rows; i++) {
        const double *p = b->prediction + i * b->width;
        size_t best = 0;
        for (size_t k = 1; k < b->width; k++)
            if (p[k] > p[best])
                best = k;
        value[i] = best == b->label[i];
    }
}

const struct loss loss_accuracy = {
    .name = "accuracy",
    .help = "share of rows whose class is predicted",
    .formula = "1 if y is the class of the greatest probability, else 0",
    .likelihood = "",
    .prediction = LOSS_PROBABILITIES,
    .metric = true,
    .evaluate = evaluate,
};
