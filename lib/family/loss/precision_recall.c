/* The precision-recall curve of scores: sort by falling score, then one pass that adds a point per distinct score. The
 * curve is a step function: straight lines between its points would overstate precision (J. Davis and M. Goadrich, The
 * Relationship Between Precision-Recall and ROC Curves, ICML 2006). O(n log n). */
#include "family/loss/precision_recall.h"

#include <math.h>
#include <stdlib.h>

static int precision_recall_compare(const void *a, const void *b)
{
    double x = ((const struct loss_point *)a)->value, y = ((const struct loss_point *)b)->value;
    return (x < y) - (x > y);
}

size_t precision_recall_curve(struct loss_sample *sample, struct precision_recall_point *point)
{
    size_t n = 1;
    double seen = 0, hits = 0;
    qsort(sample->point, sample->n, sizeof *sample->point, precision_recall_compare);
    for (size_t i = 0; i < sample->n;) {
        double threshold = sample->point[i].value;
        for (; i < sample->n && sample->point[i].value == threshold; i++) {
            hits += sample->point[i].reference != 0 ? sample->point[i].weight : 0;
            seen += sample->point[i].weight;
        }
        if (!(seen > 0))
            continue;
        n -= n > 2 && point[n - 1].recall == hits && point[n - 2].recall == hits;
        point[n++] = (struct precision_recall_point){hits, hits / seen, threshold};
    }
    if (!(hits > 0))
        return 0;
    for (size_t i = 1; i < n; i++)
        point[i].recall /= hits;
    point[0] = (struct precision_recall_point){0, point[1].precision, INFINITY};
    return n;
}

double precision_recall_average(const struct precision_recall_point *point, size_t n)
{
    double sum = 0;
    for (size_t i = 1; i < n; i++)
        sum += (point[i].recall - point[i - 1].recall) * point[i].precision;
    return sum;
}
