/* Coefficient of determination: three passes over the rows, the second refining the mean of the targets. */
#include "family/loss/loss.h"

#include <math.h>

static void loss_r2_part(const struct loss_batch *b, double *value, double *reference)
{
    for (size_t i = 0; i < b->rows; i++) {
        value[i] = b->prediction[i];
        reference[i] = b->target[i];
    }
}

static double loss_r2_whole(struct loss_sample *sample, double *se)
{
    double weight = 0, sum = 0, residual = 0, total = 0;
    for (size_t i = 0; i < sample->n; i++) {
        weight += sample->point[i].weight;
        sum += sample->point[i].weight * sample->point[i].reference;
    }
    double mean = sum / weight, rest = 0;
    for (size_t i = 0; i < sample->n; i++)
        rest += sample->point[i].weight * (sample->point[i].reference - mean);
    mean += rest / weight;
    for (size_t i = 0; i < sample->n; i++) {
        const struct loss_point *p = &sample->point[i];
        residual += p->weight * (p->reference - p->value) * (p->reference - p->value);
        total += p->weight * (p->reference - mean) * (p->reference - mean);
    }
    *se = NAN;
    return total > 0 ? 1 - residual / total : NAN;
}

const struct loss loss_r2 = {
    .name = "r2",
    .help = "explained proportion of the variance of the targets",
    .formula = "1 - (sum of (y - m)^2) / (sum of (y - mean of y)^2)",
    .likelihood = "",
    .prediction = LOSS_MEAN,
    .metric = true,
    .part = loss_r2_part,
    .whole = loss_r2_whole,
    .undefined = "the targets are all the same",
};
