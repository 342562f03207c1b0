/* Top-K accuracy: the fraction of rows whose class is among the K most probable ones. */
#include "family/loss/loss.h"

#include <stddef.h>

/* 1 if fewer than K classes precede the own one: those of a greater probability, and of equal ones those before it. A
 * single probability is that of class 1 of two. */
static void loss_top_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    (void)gradient;
    (void)curvature;
    for (size_t i = 0; i < b->rows; i++) {
        const double *p = b->prediction + i * b->width;
        size_t own = b->label[i], before = 0;
        if (b->width == 1)
            before = own != (p[0] > 0.5);
        for (size_t k = 0; b->width > 1 && k < b->width; k++)
            before += p[k] > p[own] || (k < own && p[k] == p[own]);
        value[i] = (double)before < b->parameter;
    }
}

const struct loss loss_top = {
    .name = "top",
    .aliases = (const char *const[]){"top-k", NULL},
    .help = "accuracy of the K most probable classes",
    .formula = "1 if y is among the K most probable classes, else 0; of equal ones, those of earlier columns first",
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
