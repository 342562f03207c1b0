/* F-beta of the positive class, or its mean over classes (averages.c). */
#include "family/loss/averages.h"

#include <math.h>

static double loss_fbeta_whole(struct loss_sample *sample, double *se)
{
    *se = NAN;
    return averages_macro(sample, averages_f, sample->parameter);
}

const struct loss loss_fbeta = {
    .name = "fbeta",
    .aliases = (const char *const[]){"f-beta", NULL},
    .help = "F-beta of the positive class, or its mean over classes",
    .formula =
        "(1 + BETA^2) TP / ((1 + BETA^2) TP + BETA^2 FN + FP); a single probability is positive from the threshold on",
    .likelihood = "",
    .prediction = LOSS_PROBABILITIES,
    .parameter = "BETA",
    .fallback = 1,
    .min = 0,
    .max = 1e6,
    .decides = true,
    .metric = true,
    .part = averages_part,
    .whole = loss_fbeta_whole,
    .undefined = "no row is of the class, nor predicted to be",
};
