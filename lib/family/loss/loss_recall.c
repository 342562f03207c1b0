/* Recall of the positive class, or its mean over classes (averages.c). */
#include "family/loss/averages.h"

#include <math.h>

static double loss_recall_whole(struct loss_sample *sample, double *se)
{
    *se = NAN;
    return averages_macro(sample, averages_recall, 1);
}

const struct loss loss_recall = {
    .name = "recall",
    .aliases = (const char *const[]){"sensitivity", "tpr", NULL},
    .help = "recall of the positive class, or its mean over classes",
    .formula = "TP / (TP + FN); a single probability is positive from the threshold on",
    .likelihood = "",
    .prediction = LOSS_PROBABILITIES,
    .decides = true,
    .metric = true,
    .part = averages_part,
    .whole = loss_recall_whole,
    .undefined = "no row is of the class",
};
