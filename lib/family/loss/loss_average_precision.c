/* Average precision, from the points of the precision-recall curve. */
#include "family/loss/auc.h"
#include "family/loss/precision_recall.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

static double loss_average_precision_whole(struct loss_sample *sample, double *se)
{
    struct precision_recall_point *point = mem_alloc(sample->n + 1, sizeof *point);
    size_t n = precision_recall_curve(sample, point);
    double average = n > 0 ? precision_recall_average(point, n) : (double)NAN;
    free(point);
    *se = NAN;
    return average;
}

const struct loss loss_average_precision = {
    .name = "average-precision",
    .aliases = (const char *const[]){"ap", "pr-auc", NULL},
    .help = "average precision over the steps of recall",
    .formula = "sum over thresholds of (recall - recall at the one before) times precision; equal scores are one step",
    .likelihood = "",
    .prediction = LOSS_SCORE,
    .metric = true,
    .part = auc_part,
    .whole = loss_average_precision_whole,
    .undefined = "no row is of the positive class",
};
