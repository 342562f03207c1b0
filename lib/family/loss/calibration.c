/* Reliability of predicted probabilities, and the expected calibration error, by bins of equal width: one pass
 * over the rows, sums in the order of the rows. */
#include "family/loss/calibration.h"

#include "math/moments.h"

#include <math.h>
#include <string.h>

/* The power of 2 that brings the largest weight near 1, so that squares neither overflow nor vanish. */
static double unit_of(const struct loss_sample *sample)
{
    double largest = 0;
    for (size_t i = 0; i < sample->n; i++)
        largest = sample->point[i].weight > largest ? sample->point[i].weight : largest;
    return ldexp(1, -moments_exponent(&largest, 1));
}

void calibration_count(const struct loss_sample *sample, size_t bins, struct calibration_bin *bin)
{
    double unit = unit_of(sample);
    memset(bin, 0, bins * sizeof *bin);
    for (size_t i = 0; i < sample->n; i++) {
        const struct loss_point *p = &sample->point[i];
        size_t k = p->value > 0 ? (size_t)ceil(p->value * (double)bins) - 1 : 0;
        bin[k].n++;
        bin[k].weight += p->weight;
        bin[k].confidence += p->weight * p->value;
        bin[k].outcome += p->weight * p->reference;
        bin[k].effective += p->weight * unit * (p->weight * unit);
    }
    for (size_t k = 0; k < bins; k++) {
        double weight = bin[k].weight * unit;
        bin[k].effective = weight * weight / bin[k].effective;
    }
}

double calibration_error(const struct calibration_bin *bin, size_t bins)
{
    double weight = 0, gap = 0;
    for (size_t k = 0; k < bins; k++) {
        weight += bin[k].weight;
        gap += fabs(bin[k].outcome - bin[k].confidence);
    }
    return weight > 0 ? gap / weight : NAN;
}
