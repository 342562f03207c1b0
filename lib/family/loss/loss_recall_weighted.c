/* Mean of recall over classes, weighted by their rows (averages.c). */
#include "family/loss/averages.h"

#include <math.h>

static double loss_recall_weighted_whole(struct loss_sample *sample, double *se)
{
    *se = NAN;
    return averages_weighted(sample, averages_recall, 1);
}

const struct loss loss_recall_weighted = {
    .name = "recall-weighted",
    .help = "mean of recall over classes, weighted by their rows",
    .formula = "sum over classes of n[k] recall[k] / n, n[k] being the rows of class k",
    .likelihood = "",
    .prediction = LOSS_PROBABILITIES,
    .decides = true,
    .metric = true,
    .part = averages_part,
    .whole = loss_recall_weighted_whole,
    .undefined = "no row has a weight",
};
