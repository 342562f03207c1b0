/* Top-K accuracy: the fraction of rows whose class is among the K most probable ones. */
#include "family/loss/loss.h"

#include <math.h>
#include <stddef.h>

/* 1 if fewer than K classes have a greater probability than the own one. Of classes of an equal probability, each is
 * as likely to come first: the part of K that they leave to them, so that no order of the columns decides. A single
 * probability is that of class 1 of two. */
static void loss_top_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    (void)gradient;
    (void)curvature;
    for (size_t i = 0; i < b->rows; i++) {
        const double *p = b->prediction + i * b->width;
        const double both[] = {1 - p[0], p[0]}, *all = b->width == 1 ? both : p;
        size_t own = b->label[i], greater = 0, equal = 0;
        for (size_t k = 0; k < (b->width == 1 ? 2 : b->width); k++) {
            greater += all[k] > all[own];
            equal += all[k] == all[own];
        }
        value[i] = fmax(0, fmin(1, (b->parameter - (double)greater) / (double)equal));
    }
}

const struct loss loss_top = {
    .name = "top",
    .aliases = (const char *const[]){"top-k", NULL},
    .help = "accuracy of the K most probable classes",
    .formula = "1 if y is among the K most probable classes, else 0; the mean over orders of equal ones",
    .likelihood = "",
    .prediction = LOSS_PROBABILITIES,
    .parameter = "K",
    .fallback = 2,
    .min = 1,
    .max = 1000000,
    .whole_parameter = true,
    .counts = true,
    .metric = true,
    .evaluate = loss_top_evaluate,
};
