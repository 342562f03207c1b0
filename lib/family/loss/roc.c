/* The ROC curve of scores: sort by falling score, then one pass that adds a point per distinct score and drops
 * points on a straight line. O(n log n). */
#include "family/loss/roc.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static int roc_compare(const void *a, const void *b)
{
    double x = ((const struct loss_point *)a)->value, y = ((const struct loss_point *)b)->value;
    return (x < y) - (x > y);
}

/* Whether b lies on the line from a to c; exact if the weights are whole numbers. */
static bool is_between(const struct roc_point *a, const struct roc_point *b, const struct roc_point *c)
{
    return (b->false_positive - a->false_positive) * (c->true_positive - b->true_positive) ==
           (b->true_positive - a->true_positive) * (c->false_positive - b->false_positive);
}

/* The power of 2 that brings the largest weight near 1, so that products of sums neither overflow nor vanish. */
static double unit_of(const struct loss_sample *sample)
{
    double largest = 0;
    for (size_t i = 0; i < sample->n; i++)
        largest = fmax(largest, sample->point[i].weight);
    return largest > 0 && isfinite(largest) ? ldexp(1, -(int)fmax(ilogb(largest), -1000)) : 1;
}

size_t roc_curve(struct loss_sample *sample, struct roc_point *point)
{
    size_t n = 0;
    double unit = unit_of(sample);
    struct roc_point now = {0, 0, INFINITY};
    qsort(sample->point, sample->n, sizeof *sample->point, roc_compare);
    point[n++] = now;
    for (size_t i = 0; i < sample->n;) {
        now.threshold = sample->point[i].value;
        for (; i < sample->n && !(sample->point[i].value < now.threshold); i++) {
            if (sample->point[i].reference != 0)
                now.true_positive += sample->point[i].weight * unit;
            else
                now.false_positive += sample->point[i].weight * unit;
        }
        n -= n > 1 && is_between(&point[n - 2], &point[n - 1], &now);
        point[n++] = now;
    }
    if (!(now.true_positive > 0 && now.false_positive > 0))
        return 0;
    for (size_t i = 0; i < n; i++) {
        point[i].false_positive /= now.false_positive;
        point[i].true_positive /= now.true_positive;
    }
    return n;
}

double roc_area(const struct roc_point *point, size_t n)
{
    double area = 0;
    for (size_t i = 1; i < n; i++)
        area += (point[i].false_positive - point[i - 1].false_positive) *
                (point[i].true_positive + point[i - 1].true_positive) / 2;
    return area;
}
