/* Histograms of sorted samples: the width of bins by the rule of Freedman and Diaconis, equal bins between two
 * ends, and the weight in each bin by one pass over the sorted values. */
#include "family/loss/histogram.h"

#include <math.h>
#include <string.h>

enum { MOST_BINS = 1000 };

/* The quantile p of the values, ignoring weights, by linear interpolation between order statistics: Hyndman and
 * Fan, Sample Quantiles in Statistical Packages, Am. Stat. 50 (1996), definition 7. */
static double quantile(const struct location_sample *sample, double p)
{
    double at = p * (double)(sample->n - 1);
    size_t k = (size_t)at;
    double x = sample->value[k].x;
    return k + 1 < sample->n ? x + (at - (double)k) * (sample->value[k + 1].x - x) : x;
}

double histogram_width(const struct location_sample *sample)
{
    double n = (double)sample->n;
    if (sample->n == 0)
        return NAN;
    double range = sample->value[sample->n - 1].x - sample->value[0].x;
    double spread = quantile(sample, 0.75) - quantile(sample, 0.25);
    double width = spread > 0 ? 2 * spread / cbrt(n) : range / (1 + log2(n));
    return width > 0 ? width : NAN;
}

struct histogram histogram_between(double low, double high, size_t bins, double width)
{
    if (!(low < high))
        return (struct histogram){low - 0.5, low + 0.5, 1};
    double wanted = ceil((high - low) / width);
    return (struct histogram){low, high, bins > 0 ? bins : wanted < MOST_BINS ? (size_t)wanted : MOST_BINS};
}

double histogram_edge(const struct histogram *h, size_t bin)
{
    return bin < h->bins ? h->low + (double)bin * ((h->high - h->low) / (double)h->bins) : h->high;
}

void histogram_count(const struct histogram *h, const struct location_sample *sample, double *weight)
{
    memset(weight, 0, h->bins * sizeof *weight);
    for (size_t i = 0, bin = 0; i < sample->n; i++) {
        while (bin + 1 < h->bins && sample->value[i].x >= histogram_edge(h, bin + 1))
            bin++;
        weight[bin] += sample->value[i].weight;
    }
}
