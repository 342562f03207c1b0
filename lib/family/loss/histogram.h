#ifndef LIKELY_FAMILY_LOSS_HISTOGRAM_H
#define LIKELY_FAMILY_LOSS_HISTOGRAM_H

#include "family/loss/location.h"

/* Bins of equal width from low to high: bin k holds the values from its lower edge on and below that of bin k
 * + 1, the last one high too. */
struct histogram {
    double low, high;
    size_t bins;
};

/* What width of bins suits a sample: 2 (interquartile range) / cube root of n (Freedman and Diaconis, On the
 * histogram as a density estimator, Z. Wahrscheinlichkeitstheorie 57 (1981)); where that is 0 the range / (1
 * + log2 n). NaN where that is 0, too, or the sample is empty. */
double histogram_width(const struct location_sample *sample);

/* bins 0: at most that wide, 1000 at most. low = high: one bin of width 1 about it. */
struct histogram histogram_between(double low, double high, size_t bins, double width);

/* The lower edge of a bin; that of bin number `bins` is high. */
double histogram_edge(const struct histogram *histogram, size_t bin);

/* weight (bins): of a sample's values in each bin; all lie between low and high. */
void histogram_count(const struct histogram *histogram, const struct location_sample *sample, double *weight);

#endif
