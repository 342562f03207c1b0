/* Precision, recall and F-scores by class and their averages: one pass over the rows, one over the classes. */
#include "family/loss/averages.h"

#include "base/mem.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>

void averages_part(const struct loss_batch *b, double *value, double *reference)
{
    for (size_t i = 0; i < b->rows; i++) {
        const double *p = b->prediction + i * b->width;
        size_t best = b->width == 1 ? p[0] >= b->parameter : special_argmax(b->width, p);
        value[i] = (double)best;
        reference[i] = b->label[i];
    }
}

static double quotient(double a, double b)
{
    return b > 0 ? a / b : NAN;
}

double averages_precision(const struct averages_counts *c, double beta)
{
    (void)beta;
    return quotient(c->both, c->predicted);
}

double averages_recall(const struct averages_counts *c, double beta)
{
    (void)beta;
    return quotient(c->both, c->own);
}

double averages_f(const struct averages_counts *c, double beta)
{
    return quotient((1 + beta * beta) * c->both, beta * beta * c->own + c->predicted);
}

/* Counts of each class, two of a sample of width 1; the caller frees them. */
static struct averages_counts *count_classes(const struct loss_sample *sample, size_t *classes)
{
    *classes = sample->width == 1 ? 2 : sample->width;
    struct averages_counts *count = mem_zero(*classes, sizeof *count);
    for (size_t i = 0; i < sample->n; i++) {
        const struct loss_point *p = &sample->point[i];
        count[(size_t)p->value].predicted += p->weight;
        count[(size_t)p->reference].own += p->weight;
        if (p->value == p->reference)
            count[(size_t)p->value].both += p->weight;
    }
    return count;
}

double averages_macro(const struct loss_sample *sample, averages_score *score, double beta)
{
    size_t classes, seen = 0;
    struct averages_counts *count = count_classes(sample, &classes);
    double sum = 0, last = NAN;
    for (size_t k = sample->width == 1; k < classes; k++) {
        if (!(count[k].predicted + count[k].own > 0))
            continue;
        last = score(&count[k], beta);
        sum += isnan(last) ? 0 : last;
        seen++;
    }
    free(count);
    if (sample->width == 1)
        return last;
    return quotient(sum, (double)seen);
}

double averages_weighted(const struct loss_sample *sample, averages_score *score, double beta)
{
    size_t classes;
    struct averages_counts *count = count_classes(sample, &classes);
    double sum = 0, own = 0;
    for (size_t k = 0; k < classes; k++) {
        double value = count[k].own > 0 ? score(&count[k], beta) : NAN;
        sum += isnan(value) ? 0 : count[k].own * value;
        own += count[k].own;
    }
    free(count);
    return quotient(sum, own);
}
