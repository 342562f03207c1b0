/* Area under the ROC curve with its standard error: sort by score, then two passes over groups of equal scores,
 * the first for the area, the second for the squared deviations from it (add_all). O(n log n). */
#include "family/loss/loss.h"

#include <math.h>
#include <stdlib.h>

static void loss_auc_part(const struct loss_batch *b, double *value, double *reference)
{
    for (size_t i = 0; i < b->rows; i++) {
        value[i] = b->prediction[i];
        reference[i] = b->label[i];
    }
}

static int loss_auc_compare(const void *a, const void *b)
{
    double x = ((const struct loss_point *)a)->value, y = ((const struct loss_point *)b)->value;
    return (x > y) - (x < y);
}

struct loss_auc_sums {
    double weight[2];    /* of the negative and the positive rows */
    double placement[2]; /* sum of weight x placement: the share of the other class on the right side of the row */
    double square[2];    /* sum of weight x squared deviation of the placement from `centre` */
};

static void add_ties(struct loss_auc_sums *s, const struct loss_sample *sample, size_t from, size_t to,
                     const double *below, const double *here, double centre)
{
    for (size_t i = from; i < to; i++) {
        bool positive = sample->point[i].reference != 0;
        double other = s->weight[!positive], passed = below[!positive] + here[!positive] / 2;
        double share = (positive ? passed : other - passed) / other;
        s->placement[positive] += sample->point[i].weight * share;
        s->square[positive] += sample->point[i].weight * (share - centre) * (share - centre);
    }
}

static void add_all(struct loss_auc_sums *s, const struct loss_sample *sample, double centre)
{
    double below[2] = {0, 0};
    for (size_t i = 0, end; i < sample->n; i = end) {
        double here[2] = {0, 0};
        for (end = i; end < sample->n && sample->point[end].value == sample->point[i].value; end++)
            here[sample->point[end].reference != 0] += sample->point[end].weight;
        add_ties(s, sample, i, end, below, here, centre);
        below[0] += here[0];
        below[1] += here[1];
    }
}

/* The probability that a positive row has a greater score than a negative one; equal scores count half. Standard
 * error: DeLong, DeLong and Clarke-Pearson, Comparing the Areas under Two or More Correlated Receiver Operating
 * Characteristic Curves, Biometrics 44 (1988), eqs. 4-6, from the sample variances of the placements. */
static double loss_auc_whole(struct loss_sample *sample, double *se)
{
    struct loss_auc_sums first = {0}, second;
    qsort(sample->point, sample->n, sizeof *sample->point, loss_auc_compare);
    for (size_t i = 0; i < sample->n; i++)
        first.weight[sample->point[i].reference != 0] += sample->point[i].weight;
    *se = NAN;
    if (!(first.weight[0] > 0 && first.weight[1] > 0))
        return NAN;
    second = first;
    add_all(&first, sample, 0);
    double area = first.placement[1] / first.weight[1];
    add_all(&second, sample, area);
    if (first.weight[0] > 1 && first.weight[1] > 1)
        *se = sqrt(second.square[0] / (first.weight[0] - 1) / first.weight[0] +
                   second.square[1] / (first.weight[1] - 1) / first.weight[1]);
    return area;
}

const struct loss loss_auc = {
    .name = "auc",
    .aliases = (const char *const[]){"roc-auc", NULL},
    .help = "area under the ROC curve",
    .formula = "share of the pairs of a positive and a negative row in which the positive has the greater score; ties "
               "count half",
    .likelihood = "",
    .prediction = LOSS_SCORE,
    .metric = true,
    .part = loss_auc_part,
    .whole = loss_auc_whole,
    .undefined = "the rows are of one class only",
};
