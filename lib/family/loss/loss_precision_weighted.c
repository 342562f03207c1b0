/* Mean of precision over classes, weighted by their rows (averages.c). */
#include "family/loss/averages.h"

#include <math.h>

static double loss_precision_weighted_whole(struct loss_sample *sample, double *se)
{
    *se = NAN;
    return averages_weighted(sample, averages_precision, 1);
}

const struct loss loss_precision_weighted = {
    .name = "precision-weighted",
    .help = "mean of precision over classes, weighted by their rows",
    .formula = "sum over classes of n[k] precision[k] / n, n[k] being the rows of class k",
    .likelihood = "",
    .prediction = LOSS_PROBABILITIES,
    .decides = true,
    .metric = true,
    .part = averages_part,
    .whole = loss_precision_weighted_whole,
    .undefined = "no row has a weight",
};
