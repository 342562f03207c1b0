/* Auc-ovo weighted by the rows of each pair (auc.c). */
#include "family/loss/auc.h"

static double loss_auc_ovo_weighted_whole(struct loss_sample *sample, double *se)
{
    return auc_pairs(sample, true, se);
}

const struct loss loss_auc_ovo_weighted = {
    .name = "auc-ovo-weighted",
    .help = "auc-ovo weighted by the rows of each pair",
    .formula = "mean over pairs of classes as auc-ovo, weighted by the rows of both",
    .likelihood = "",
    .prediction = LOSS_PROBABILITIES,
    .metric = true,
    .wide = true,
    .part = auc_part,
    .whole = loss_auc_ovo_weighted_whole,
    .undefined = "some class has no row, or all rows",
};
