/* Mean AUC of each class against all others (auc.c). */
#include "family/loss/auc.h"

static double loss_auc_ovr_whole(struct loss_sample *sample, double *se)
{
    return auc_rest(sample, false, se);
}

const struct loss loss_auc_ovr = {
    .name = "auc-ovr",
    .help = "mean AUC of each class against all others",
    .formula = "mean over classes of the area of that class against the rest",
    .likelihood = "",
    .prediction = LOSS_PROBABILITIES,
    .metric = true,
    .wide = true,
    .part = auc_part,
    .whole = loss_auc_ovr_whole,
    .undefined = "some class has no row, or all rows",
};
