/* Areas under ROC curves.
 *
 * 1. auc_area: sort by score, then two passes over groups of equal scores, the first for the area, the second for the
 *    squared deviations from it (add_all).
 * 2. auc_rest, auc_pairs: means of areas of two classes, gathered from points that have the scores of all classes
 *    (mean_add), with the influence of each row on the mean (infinitesimal jackknife: L. A. Jaeckel, The Infinitesimal
 *    Jackknife, Bell Laboratories Memorandum MM 72-1215-11, 1972), whose variance is the squared error (mean_error).
 *
 * O(K n log n) for K classes, of pairs as well, since a row is in K - 1 of them. Memory: 64 bytes per row. */
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

static struct auc_sums sums_of(const struct loss_point *point, size_t n)
{
    struct auc_sums s = {0};
    for (size_t i = 0; i < n; i++)
        s.weight[point[i].reference != 0] += point[i].weight;
    return s;
}

/* placement: of each point, if not NULL. */
static void add_ties(struct auc_sums *s, const struct loss_point *point, size_t from, size_t to, const double *below,
                     const double *here, double centre, double *placement)
{
    for (size_t i = from; i < to; i++) {
        bool positive = point[i].reference != 0;
        double other = s->weight[!positive], passed = below[!positive] + here[!positive] / 2;
        double share = (positive ? passed : other - passed) / other;
        if (placement != NULL)
            placement[i] = share;
        s->placement[positive] += point[i].weight * share;
        s->square[positive] += point[i].weight * (share - centre) * (share - centre);
    }
}

static void add_all(struct auc_sums *s, const struct loss_point *point, size_t n, double centre, double *placement)
{
    double below[2] = {0, 0};
    for (size_t i = 0, end; i < n; i = end) {
        double here[2] = {0, 0};
        for (end = i; end < n && point[end].value == point[i].value; end++)
            here[point[end].reference != 0] += point[end].weight;
        add_ties(s, point, i, end, below, here, centre, placement);
        below[0] += here[0];
        below[1] += here[1];
    }
}

/* The probability that a positive row has a greater score than a negative one; equal scores count half. Standard
 * error: DeLong, DeLong and Clarke-Pearson, Comparing the Areas under Two or More Correlated Receiver Operating
 * Characteristic Curves, Biometrics 44 (1988), eqs. 4-6, from the sample variances of the placements. */
double auc_area(struct loss_point *point, size_t n, double *se)
{
    qsort(point, n, sizeof *point, auc_compare);
    struct auc_sums first = sums_of(point, n), second;
    *se = NAN;
    if (!(first.weight[0] > 0 && first.weight[1] > 0))
        return NAN;
    second = first;
    add_all(&first, point, n, 0, NULL);
    double area = first.placement[1] / first.weight[1];
    add_all(&second, point, n, area, NULL);
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

/* ---- several classes ---- */

/* A mean of areas of pairs of classes, and the derivative of that mean by the weight of each row: the influence of a
 * row on the estimate, from which the standard error follows. */
struct auc_mean {
    const struct loss_sample *sample;
    size_t rows;
    double *weight, *area_sum; /* per class: the sum of its weights, and of the areas it takes part in */
    double *influence;         /* per row */
    struct auc_row *order;
    struct loss_point *point;
    double *share;
};

struct auc_row {
    double value;
    size_t row;
};

static int auc_compare_rows(const void *a, const void *b)
{
    const struct auc_row *x = a, *y = b;
    return x->value != y->value ? (x->value > y->value) - (x->value < y->value) : (x->row > y->row) - (x->row < y->row);
}

static size_t class_of(const struct auc_mean *m, size_t row)
{
    return (size_t)m->sample->point[row * m->sample->width].reference;
}

static double weight_of(const struct auc_mean *m, size_t row)
{
    return m->sample->point[row * m->sample->width].weight;
}

static struct auc_mean mean_start(const struct loss_sample *s)
{
    size_t rows = s->n / s->width;
    struct auc_mean m = {.sample = s,
                         .rows = rows,
                         .weight = mem_zero(s->width, sizeof *m.weight),
                         .area_sum = mem_zero(s->width, sizeof *m.area_sum),
                         .influence = mem_zero(rows + 1, sizeof *m.influence),
                         .order = mem_alloc(rows + 1, sizeof *m.order),
                         .point = mem_alloc(rows + 1, sizeof *m.point),
                         .share = mem_alloc(rows + 1, sizeof *m.share)};
    for (size_t r = 0; r < rows; r++)
        m.weight[class_of(&m, r)] += weight_of(&m, r);
    return m;
}

static void mean_release(struct auc_mean *m)
{
    free(m->weight);
    free(m->area_sum);
    free(m->influence);
    free(m->order);
    free(m->point);
    free(m->share);
}

/* The area of class `own` against `other` (against all others if it is `own`) by the score of `own`. In the mean it has
 * the weight `factor`; a row changes it by its placement minus the area, divided by the weight of its side. */
static double mean_add(struct auc_mean *m, size_t own, size_t other, double factor)
{
    const struct loss_sample *s = m->sample;
    size_t n = 0;
    for (size_t r = 0; r < m->rows; r++)
        if (own == other || class_of(m, r) == own || class_of(m, r) == other)
            m->order[n++] = (struct auc_row){s->point[r * s->width + own].value, r};
    qsort(m->order, n, sizeof *m->order, auc_compare_rows);
    for (size_t i = 0; i < n; i++) {
        size_t r = m->order[i].row;
        m->point[i] = (struct loss_point){m->order[i].value, class_of(m, r) == own, weight_of(m, r)};
    }
    struct auc_sums sums = sums_of(m->point, n);
    if (!(sums.weight[0] > 0 && sums.weight[1] > 0))
        return NAN;
    add_all(&sums, m->point, n, 0, m->share);
    double area = sums.placement[1] / sums.weight[1];
    for (size_t i = 0; i < n; i++)
        m->influence[m->order[i].row] += factor * (m->share[i] - area) / sums.weight[m->point[i].reference != 0];
    return area;
}

/* Rows of a class are a sample of it, and classes are drawn with the rows: the variance within each class, with one
 * degree of freedom less than its rows, and that of the means of the classes. For two classes this is DeLong's. */
static double mean_error(const struct auc_mean *m)
{
    size_t classes = m->sample->width;
    double *mean = mem_zero(classes, sizeof *mean), *square = mem_zero(classes, sizeof *square), variance = 0;
    for (size_t r = 0; r < m->rows; r++)
        mean[class_of(m, r)] += weight_of(m, r) * m->influence[r] / m->weight[class_of(m, r)];
    for (size_t r = 0; r < m->rows; r++) {
        double deviation = m->influence[r] - mean[class_of(m, r)];
        square[class_of(m, r)] += weight_of(m, r) * deviation * deviation;
    }
    for (size_t k = 0; k < classes; k++) {
        double freedom = moments_freedom(dd_of(m->weight[k])).high;
        variance += m->weight[k] / freedom * square[k] + m->weight[k] * mean[k] * mean[k];
    }
    free(mean);
    free(square);
    return sqrt(variance);
}

/* With weights of classes, a row also changes these: it adds the areas of its own class, and dilutes the others. */
static void add_class_weights(struct auc_mean *m, double mean, double times, double total)
{
    for (size_t r = 0; r < m->rows; r++)
        m->influence[r] += (m->area_sum[class_of(m, r)] - times * mean) / total;
}

double auc_rest(const struct loss_sample *s, bool weighted, double *se)
{
    double sum = 0, total = 0;
    if (s->width == 1)
        return auc_area(s->point, s->n, se);
    struct auc_mean m = mean_start(s);
    for (size_t k = 0; k < s->width; k++)
        total += weighted ? m.weight[k] : 1;
    for (size_t k = 0; k < s->width; k++) {
        double weight = weighted ? m.weight[k] : 1;
        m.area_sum[k] = mean_add(&m, k, k, weight / total);
        sum += weight * m.area_sum[k];
    }
    if (weighted)
        add_class_weights(&m, sum / total, 1, total);
    *se = mean_error(&m);
    mean_release(&m);
    return sum / total;
}

double auc_pairs(const struct loss_sample *s, bool weighted, double *se)
{
    double sum = 0, total = 0;
    if (s->width == 1)
        return auc_area(s->point, s->n, se);
    struct auc_mean m = mean_start(s);
    for (size_t a = 0; a < s->width; a++)
        for (size_t b = a + 1; b < s->width; b++)
            total += weighted ? m.weight[a] + m.weight[b] : 1;
    for (size_t a = 0; a < s->width; a++)
        for (size_t b = a + 1; b < s->width; b++) {
            double weight = weighted ? m.weight[a] + m.weight[b] : 1, half = weight / total / 2;
            double area = mean_add(&m, a, b, half) / 2 + mean_add(&m, b, a, half) / 2;
            m.area_sum[a] += area;
            m.area_sum[b] += area;
            sum += weight * area;
        }
    if (weighted)
        add_class_weights(&m, sum / total, (double)(s->width - 1), total);
    *se = mean_error(&m);
    mean_release(&m);
    return sum / total;
}
