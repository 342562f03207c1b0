/* Precision of the positive class, or its mean over classes (averages.c). */
#include "family/loss/averages.h"

#include <math.h>

static double loss_precision_whole(struct loss_sample *sample, double *se)
{
    *se = NAN;
    return averages_macro(sample, averages_precision, 1);
}

const struct loss loss_precision = {
    .name = "precision",
    .aliases = (const char *const[]){"ppv", NULL},
    .help = "precision of the positive class, or its mean over classes",
    .formula = "TP / (TP + FP); a single probability is positive from the threshold on",
    .likelihood = "",
    .prediction = LOSS_PROBABILITIES,
    .decides = true,
    .metric = true,
    .part = averages_part,
    .whole = loss_precision_whole,
    .undefined = "no row is predicted to be of the class",
};
