/* F1 of the positive class, or its mean over classes (averages.c). */
#include "family/loss/averages.h"

#include <math.h>

static double loss_f1_whole(struct loss_sample *sample, double *se)
{
    *se = NAN;
    return averages_macro(sample, averages_f, 1);
}

const struct loss loss_f1 = {
    .name = "f1",
    .help = "F1 of the positive class, or its mean over classes",
    .formula = "2 TP / (2 TP + FP + FN); a single probability is positive from the threshold on",
    .likelihood = "",
    .prediction = LOSS_PROBABILITIES,
    .decides = true,
    .metric = true,
    .part = averages_part,
    .whole = loss_f1_whole,
    .undefined = "no row is of the class, nor predicted to be",
};
