/* Reliability of predicted probabilities, and the expected calibration error, by bins of equal width: one pass
 * over the rows, sums in the order of the rows. */
#include "family/loss/calibration.h"

#include "base/mem.h"
#include "math/moments.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int exponent_of(const struct loss_sample *sample)
{
    double largest = 0;
    for (size_t i = 0; i < sample->n; i++)
        largest = fmax(largest, sample->point[i].weight);
    return moments_exponent(&largest, 1);
}

void calibration_count(const struct loss_sample *sample, size_t bins, struct calibration_bin *bin)
{
    struct moments *weights = mem_zero(bins, sizeof *weights);
    int exponent = exponent_of(sample);
    memset(bin, 0, bins * sizeof *bin);
    for (size_t i = 0; i < sample->n; i++) {
        const struct loss_point *p = &sample->point[i];
        size_t k = p->value > 0 ? (size_t)ceil(p->value * (double)bins) - 1 : 0;
        bin[k].n++;
        bin[k].weight += p->weight;
        bin[k].confidence += p->weight * p->value;
        bin[k].outcome += p->weight * p->reference;
        moments_add_importance(&weights[k], p->weight, exponent);
    }
    for (size_t k = 0; k < bins; k++)
        bin[k].effective = moments_scale(weights[k], moments_effective_factor(&weights[k])).weight.high;
    free(weights);
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
