/* Average precision: sort by falling score, then one pass over groups of equal scores. */
#include "family/loss/auc.h"

#include <math.h>
#include <stdlib.h>

static int loss_average_precision_compare(const void *a, const void *b)
{
    double x = ((const struct loss_point *)a)->value, y = ((const struct loss_point *)b)->value;
    return (x < y) - (x > y);
}

/* The sum of the steps of recall times the precision at their end, without interpolation (W. Su, Y. Yuan and M. Zhu, A
 * Relationship between the Average Precision and the Area under the ROC Curve, ICTIR 2015, eq. 1). */
static double loss_average_precision_whole(struct loss_sample *sample, double *se)
{
    double seen = 0, hits = 0, sum = 0;
    qsort(sample->point, sample->n, sizeof *sample->point, loss_average_precision_compare);
    for (size_t i = 0; i < sample->n;) {
        double score = sample->point[i].value, more = 0;
        for (; i < sample->n && sample->point[i].value == score; i++) {
            more += sample->point[i].reference != 0 ? sample->point[i].weight : 0;
            seen += sample->point[i].weight;
        }
        hits += more;
        sum += more > 0 ? more * (hits / seen) : 0;
    }
    *se = NAN;
    return hits > 0 ? sum / hits : NAN;
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
