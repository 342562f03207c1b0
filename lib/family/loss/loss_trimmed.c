/* Trimmed mean of the l2 losses: sort them, then sum all but the greatest. O(n log n). */
#include "family/loss/location.h"
#include "family/loss/loss.h"

#include <math.h>
#include <stdlib.h>

static void loss_trimmed_part(const struct loss_batch *b, double *value, double *reference)
{
    loss_l2.evaluate(b, value, NULL, NULL);
    for (size_t i = 0; i < b->rows; i++)
        reference[i] = b->target[i];
}

static int loss_trimmed_compare(const void *a, const void *b)
{
    double x = ((const struct loss_point *)a)->value, y = ((const struct loss_point *)b)->value;
    return (x > y) - (x < y);
}

/* Least trimmed squares: Rousseeuw, Least Median of Squares Regression, J. Am. Stat. Assoc. 79 (1984), sec. 4. A
 * weight counts as that many rows: the greatest losses are left out up to a weight of floor(P times the sum of
 * the weights), and a row at the limit counts in part. */
static double loss_trimmed_whole(struct loss_sample *sample, double *se)
{
    double total = 0, sum = 0, kept = 0;
    qsort(sample->point, sample->n, sizeof *sample->point, loss_trimmed_compare);
    for (size_t i = 0; i < sample->n; i++)
        total += sample->point[i].weight;
    double wanted = total - location_whole_part(sample->parameter, total);
    for (size_t i = 0; i < sample->n && kept < wanted; i++) {
        double weight = fmin(sample->point[i].weight, wanted - kept);
        if (weight == 0)
            continue;
        sum += weight * sample->point[i].value;
        kept += weight;
    }
    *se = NAN;
    return kept > 0 ? sum / kept : NAN;
}

const struct loss loss_trimmed = {
    .name = "trimmed",
    .help = "mean l2 without the share P of rows where it is greatest",
    .formula = "mean of (y - m)^2 / 2 over all rows except the floor(P n) where it is greatest",
    .likelihood = "",
    .prediction = LOSS_MEAN,
    .unit = LOSS_TARGET_SQUARED,
    .parameter = "P",
    .fallback = 0.1,
    .min = 0,
    .max = 0.999999,
    .metric = true,
    .part = loss_trimmed_part,
    .whole = loss_trimmed_whole,
};
