/* Mean AUC of pairs of classes (Hand and Till) (auc.c). */
#include "family/loss/auc.h"

static double loss_auc_ovo_whole(struct loss_sample *sample, double *se)
{
    return auc_pairs(sample, false, se);
}

const struct loss loss_auc_ovo = {
    .name = "auc-ovo",
    .help = "mean AUC of pairs of classes (Hand and Till)",
    .formula = "mean over pairs of classes of the areas of one against the other, by the scores of either",
    .likelihood = "",
    .prediction = LOSS_PROBABILITIES,
    .metric = true,
    .wide = true,
    .part = auc_part,
    .whole = loss_auc_ovo_whole,
    .undefined = "some class has no row, or all rows",
};
