/* The coefficients that the learner with a number per coefficient shows: of each feature the averages at both rates,
 * brought up to the last row (settle), mixed (online_mix.c), and moved from centred values to values as they are.
 * Nothing is changed in the learner: a pass goes on as if nobody had looked. */

#include "fit/online/online_diagonal_parts.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

size_t online_diagonal_count(const struct online_diagonal *o)
{
    return o->features.n;
}

void online_diagonal_indexes(const struct online_diagonal *o, uint32_t *index)
{
    online_features_indexes(&o->features, index);
}

static const struct online_feature *known(const struct online_diagonal *o, uint32_t index)
{
    const struct online_feature *f = online_features_find(&o->features, index);
    return f != NULL && (f->square > 0 || f->is_warm) ? f : NULL;
}

/* Subtracts their mean from n numbers, stride apart. */
static void subtract_mean(size_t n, size_t stride, double *x)
{
    double mean = 0;
    for (size_t k = 0; k < n; k++)
        mean += x[k * stride] / (double)n;
    for (size_t k = 0; k < n; k++)
        x[k * stride] -= mean;
}

/* mixed: per score the mix of a feature's averages, brought up to the last row. copy: room for a copy of the feature.
 */
static void settle(const struct online_diagonal *o, const struct online_feature *f, const double *mean_curvature,
                   struct online_feature *copy, double *mixed)
{
    memcpy(copy, f, online_features_size(o->features.room));
    if (f->square > 0)
        online_diagonal_shrink(o, copy, mean_curvature);
    double kept = online_diagonal_kept(o, f, f->seen, o->weight);
    for (size_t i = 0; i < ONLINE_RATES; i++) {
        double *theta = online_diagonal_group(o, copy, i),
               *average = online_diagonal_group(o, copy, ONLINE_AVERAGES + i);
        for (size_t k = 0; k < o->features.scores; k++)
            average[k] = theta[k] + (average[k] - theta[k]) * kept;
    }
    online_mix_scores(&o->mix, o->features.scores, online_diagonal_group(o, copy, ONLINE_AVERAGES),
                      online_diagonal_group(o, copy, ONLINE_AVERAGES + 1), 0, mixed);
}

void online_diagonal_coefficients(const struct online_diagonal *o, size_t n, const uint32_t *index,
                                  double *coefficients)
{
    size_t width = 1 + n;
    struct online_feature *copy = mem_alloc(1, online_features_size(o->features.room));
    double *mixed = mem_alloc(o->features.scores, sizeof *mixed),
           *mean_curvature = mem_zero(o->features.scores, sizeof *mean_curvature);
    online_mix_scores(&o->mix, o->features.scores, online_diagonal_group(o, o->features.intercept, ONLINE_AVERAGES),
                      online_diagonal_group(o, o->features.intercept, ONLINE_AVERAGES + 1), 0, mixed);
    for (size_t k = 0; k < o->features.scores; k++) {
        coefficients[k * width] = mixed[k];
        if (o->weight > 0)
            mean_curvature[k] = online_diagonal_group(o, o->features.intercept, ONLINE_CURVATURES)[k] / o->weight;
    }
    for (size_t i = 0; i < n; i++) {
        const struct online_feature *f = known(o, index[i]);
        double *c = coefficients + 1 + i;
        memset(mixed, 0, o->features.scores * sizeof *mixed);
        if (f != NULL)
            settle(o, f, mean_curvature, copy, mixed);
        for (size_t k = 0; k < o->features.scores; k++)
            c[k * width] = mixed[k];
        if (o->several)
            subtract_mean(o->features.scores, width, c);
        for (size_t k = 0; k < o->features.scores && f != NULL; k++)
            coefficients[k * width] -= c[k * width] * f->mean;
    }
    if (o->several)
        subtract_mean(o->features.scores, width, coefficients);
    free(copy);
    free(mixed);
    free(mean_curvature);
}

bool online_diagonal_is_constant(const struct online_diagonal *o, uint32_t index)
{
    return known(o, index) == NULL;
}
