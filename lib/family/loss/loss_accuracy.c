/* Accuracy: the proportion of rows whose class has the greatest predicted probability. */
#include "family/loss/loss.h"
#include "math/special.h"

/* 1 if the own class has the greatest probability, the first of equals; with one probability, if being at least
 * the threshold is right. */
static void loss_accuracy_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    (void)gradient;
    (void)curvature;
    for (size_t i = 0; i < b->rows; i++) {
        const double *p = b->prediction + i * b->width;
        size_t best = b->width == 1 ? p[0] >= b->parameter : special_argmax(b->width, p);
        value[i] = best == b->label[i];
    }
}

const struct loss loss_accuracy = {
    .name = "accuracy",
    .aliases = (const char *const[]){"acc", "f1-micro", "precision-micro", "recall-micro", NULL},
    .help = "proportion of rows whose class is predicted correctly",
    .formula = "1 if y is the most probable class, else 0; a single probability is positive from the threshold on",
    .likelihood = "",
    .prediction = LOSS_PROBABILITIES,
    .fallback = 0.5,
    .decides = true,
    .counts = true,
    .metric = true,
    .evaluate = loss_accuracy_evaluate,
};
