#ifndef LIKELY_FAMILY_LOSS_HISTOGRAM_H
#define LIKELY_FAMILY_LOSS_HISTOGRAM_H

#include "family/loss/location.h"

/* Bins of equal width from low to high: bin k holds the values x with edge k <= x < edge k + 1; the last bin
 * also holds high. */
struct histogram {
    double low, high;
    size_t bins;
};

/* A suitable width of bins for a sample: 2 (interquartile range) / cube root of n (Freedman and Diaconis, On the
 * Histogram as a Density Estimator, Z. Wahrscheinlichkeitstheorie 57 (1981)), or range / (1 + log2 n) if that is
 * 0 (Sturges). NaN if that is 0 as well or the sample is empty. */
double histogram_width(const struct location_sample *sample);

/* Bins from low to high: `bins` of them or, if that is 0, so many that they are at most `width` wide, at most
 * 1000. low = high: one bin of width 1 about it. */
struct histogram histogram_between(double low, double high, size_t bins, double width);

/* The lower edge of a bin; edge number `bins` is high. */
double histogram_edge(const struct histogram *histogram, size_t bin);

/* Fills weight[0..bins) with the sums of the weights in each bin; all values lie between low and high. */
void histogram_count(const struct histogram *histogram, const struct location_sample *sample, double *weight);

#endif
