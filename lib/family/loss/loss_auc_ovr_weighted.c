/* Auc-ovr weighted by the rows of each class (auc.c). */
#include "family/loss/auc.h"

static double loss_auc_ovr_weighted_whole(struct loss_sample *sample, double *se)
{
    return auc_rest(sample, true, se);
}

const struct loss loss_auc_ovr_weighted = {
    .name = "auc-ovr-weighted",
    .help = "auc-ovr weighted by the rows of each class",
    .formula = "mean over rows of the area of the class of the row against the rest",
    .likelihood = "",
    .prediction = LOSS_PROBABILITIES,
    .metric = true,
    .wide = true,
    .part = auc_part,
    .whole = loss_auc_ovr_weighted_whole,
    .undefined = "some class has no row, or all rows",
};
