/* Area under the ROC curve of two classes with its standard error (auc.c). */
#include "family/loss/auc.h"

static double loss_auc_whole(struct loss_sample *sample, double *se)
{
    return auc_area(sample->point, sample->n, se);
}

const struct loss loss_auc = {
    .name = "auc",
    .aliases = (const char *const[]){"roc-auc", NULL},
    .help = "area under the ROC curve",
    .formula = "proportion of the pairs of a positive and a negative row in which the positive has the greater score; "
               "ties "
               "count half",
    .likelihood = "",
    .prediction = LOSS_SCORE,
    .of_classes = "auc-ovr",
    .metric = true,
    .part = auc_part,
    .whole = loss_auc_whole,
    .undefined = "the rows are of one class only",
};
