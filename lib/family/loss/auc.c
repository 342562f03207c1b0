/* Areas under ROC curves.
 *
 * 1. auc_area: sort by score, then two passes over groups of equal scores, the first for the area, the second for the
 *    squared deviations from it (add_all).
 * 2. auc_rest, auc_pairs: areas of two classes, gathered from points that have the scores of all classes (add_points).
 *
 * O(K n log n) for K classes, of pairs as well, since a row is in K - 1 of them. */
#include "family/loss/auc.h"

#include "base/mem.h"
#include "math/moments.h"

#include <math.h>
#include <stdlib.h>

static int auc_compare(const void *a, const void *b)
{
    double x = ((const struct loss_point *)a)->value, y = ((const struct loss_point *)b)->value;
    return (x > y) - (x < y);
}

struct auc_sums {
    double weight[2];    /* of the negative and the positive rows */
    double placement[2]; /* sum of weight x placement: the share of the other class on the right side of the row */
    double square[2];    /* sum of weight x squared deviation of the placement from `centre` */
};

static void add_ties(struct auc_sums *s, const struct loss_point *point, size_t from, size_t to, const double *below,
                     const double *here, double centre)
{
    for (size_t i = from; i < to; i++) {
        bool positive = point[i].reference != 0;
        double other = s->weight[!positive], passed = below[!positive] + here[!positive] / 2;
        double share = (positive ? passed : other - passed) / other;
        s->placement[positive] += point[i].weight * share;
        s->square[positive] += point[i].weight * (share - centre) * (share - centre);
    }
}

static void add_all(struct auc_sums *s, const struct loss_point *point, size_t n, double centre)
{
    double below[2] = {0, 0};
    for (size_t i = 0, end; i < n; i = end) {
        double here[2] = {0, 0};
        for (end = i; end < n && point[end].value == point[i].value; end++)
            here[point[end].reference != 0] += point[end].weight;
        add_ties(s, point, i, end, below, here, centre);
        below[0] += here[0];
        below[1] += here[1];
    }
}

/* The probability that a positive row has a greater score than a negative one; equal scores count half. Standard
 * error: DeLong, DeLong and Clarke-Pearson, Comparing the Areas under Two or More Correlated Receiver Operating
 * Characteristic Curves, Biometrics 44 (1988), eqs. 4-6, from the sample variances of the placements. */
double auc_area(struct loss_point *point, size_t n, double *se)
{
    struct auc_sums first = {0}, second;
    qsort(point, n, sizeof *point, auc_compare);
    for (size_t i = 0; i < n; i++)
        first.weight[point[i].reference != 0] += point[i].weight;
    *se = NAN;
    if (!(first.weight[0] > 0 && first.weight[1] > 0))
        return NAN;
    second = first;
    add_all(&first, point, n, 0);
    double area = first.placement[1] / first.weight[1];
    add_all(&second, point, n, area);
    double variance = 0;
    for (int k = 0; k < 2; k++)
        variance += second.square[k] / moments_freedom(dd_of(first.weight[k])).high / first.weight[k];
    *se = sqrt(variance);
    return area;
}

void auc_part(const struct loss_batch *b, double *value, double *reference)
{
    for (size_t i = 0; i < b->rows * b->width; i++)
        value[i] = b->prediction[i];
    for (size_t i = 0; i < b->rows; i++)
        reference[i] = b->label[i];
}

/* The points of class `own` and of `other` (of all others if it is `own`), with the score of `own`. Returns their
 * number; *weight: the sum of their weights. */
static size_t add_points(const struct loss_sample *s, size_t own, size_t other, struct loss_point *point,
                         double *weight)
{
    size_t n = 0;
    *weight = 0;
    for (size_t i = 0; i < s->n; i += s->width) {
        size_t class = (size_t)s->point[i].reference;
        if (class != own && class != other && other != own)
            continue;
        point[n] = s->point[i + own];
        *weight += point[n].weight;
        point[n++].reference = class == own;
    }
    return n;
}

static double class_weight(const struct loss_sample *s, size_t class)
{
    double weight = 0;
    for (size_t i = 0; i < s->n; i += s->width)
        weight += s->point[i].reference == (double)class ? s->point[i].weight : 0;
    return weight;
}

double auc_rest(const struct loss_sample *s, bool weighted)
{
    double sum = 0, total = 0, se, all;
    if (s->width == 1)
        return auc_area(s->point, s->n, &se);
    struct loss_point *point = mem_alloc(s->n / s->width + 1, sizeof *point);
    for (size_t k = 0; k < s->width; k++) {
        double weight = weighted ? class_weight(s, k) : 1;
        size_t n = add_points(s, k, k, point, &all);
        sum += weight * auc_area(point, n, &se);
        total += weight;
    }
    free(point);
    return sum / total;
}

double auc_pairs(const struct loss_sample *s, bool weighted)
{
    double sum = 0, total = 0, se, rows;
    if (s->width == 1)
        return auc_area(s->point, s->n, &se);
    struct loss_point *point = mem_alloc(s->n / s->width + 1, sizeof *point);
    for (size_t a = 0; a < s->width; a++)
        for (size_t b = a + 1; b < s->width; b++) {
            size_t n = add_points(s, a, b, point, &rows);
            double area = auc_area(point, n, &se) / 2;
            n = add_points(s, b, a, point, &rows);
            area += auc_area(point, n, &se) / 2;
            sum += (weighted ? rows : 1) * area;
            total += weighted ? rows : 1;
        }
    free(point);
    return sum / total;
}
