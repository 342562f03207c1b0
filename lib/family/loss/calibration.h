#ifndef LIKELY_FAMILY_LOSS_CALIBRATION_H
#define LIKELY_FAMILY_LOSS_CALIBRATION_H

#include "family/loss/loss.h"

/* How often events come true that are predicted with a given probability, by bins of equal width: bin k of n
 * holds the probabilities above k / n and up to (k + 1) / n; the first bin also holds 0. */
struct calibration_bin {
    size_t n;          /* rows */
    double weight;     /* sum of their weights */
    double effective;  /* (sum of the weights)^2 / sum of squares: rows that they stand for if they are importances */
    double confidence; /* sum of weight x probability */
    double outcome;    /* sum of the weights of rows whose event came true */
};

/* Fills bin[0..bins). The values of the sample are probabilities, its references 0 or 1. */
void calibration_count(const struct loss_sample *sample, size_t bins, struct calibration_bin *bin);

/* The expected calibration error: sum over bins of |outcome - confidence|, divided by the sum of all weights;
 * NaN without rows. Naeini, Cooper and Hauskrecht, Obtaining Well Calibrated Probabilities Using Bayesian
 * Binning, AAAI (2015). */
double calibration_error(const struct calibration_bin *bin, size_t bins);

#endif
