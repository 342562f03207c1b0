/* Hinge loss of scores: how far the score of the own class falls short of that of its rivals plus DELTA. */
#include "family/loss/loss.h"

#include <string.h>

/* One score: how far it falls short of DELTA on the side of its class. */
static void evaluate_binary(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    for (size_t i = 0; i < b->rows; i++) {
        bool positive = b->target != NULL ? b->target[i] != 0 : b->label[i] != 0;
        double sign = positive ? 1 : -1, shortfall = b->parameter - sign * b->prediction[i];
        if (value != NULL)
            value[i] = shortfall > 0 ? shortfall : 0;
        if (gradient != NULL)
            gradient[i] = shortfall > 0 ? -sign : 0;
        if (curvature != NULL)
            curvature[i] = 0;
    }
}

/* Crammer and Singer, On the Algorithmic Implementation of Multiclass Kernel-based Vector Machines, J. Mach.
 * Learn. Res. 2 (2001), eq. 3, with DELTA in place of 1. Of rivals with equal scores the first has the gradient. */
static void loss_margin_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    if (b->width == 1) {
        evaluate_binary(b, value, gradient, curvature);
        return;
    }
    for (size_t i = 0; i < b->rows; i++) {
        const double *score = b->prediction + i * b->width;
        size_t own = b->label[i], rival = own == 0;
        for (size_t k = rival + 1; k < b->width; k++)
            if (k != own && score[k] > score[rival])
                rival = k;
        double shortfall = b->parameter + score[rival] - score[own];
        if (value != NULL)
            value[i] = shortfall <= 0 ? 0 : shortfall; /* NaN if two scores are infinite */
        if (gradient == NULL)
            continue;
        memset(gradient + i * b->width, 0, b->width * sizeof *gradient);
        gradient[i * b->width + own] = shortfall > 0 ? -1 : 0;
        gradient[i * b->width + rival] = shortfall > 0 ? 1 : 0;
    }
}

const struct loss loss_margin = {
    .name = "margin",
    .aliases = (const char *const[]){"hinge", NULL},
    .help = "hinge loss of scores with margin DELTA",
    .formula = "max(0, DELTA + greatest s[k] of the other classes k - s[y]); with one score, max(0, DELTA - s) if the "
               "target is "
               "positive, else max(0, DELTA + s)",
    .likelihood = "",
    .prediction = LOSS_LOGITS,
    .parameter = "DELTA",
    .fallback = 1,
    .min = 0,
    .max = 1e300,
    .evaluate = loss_margin_evaluate,
};
