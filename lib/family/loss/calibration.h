#ifndef LIKELY_FAMILY_LOSS_CALIBRATION_H
#define LIKELY_FAMILY_LOSS_CALIBRATION_H

#include "family/loss/loss.h"

/* How often what is predicted with a probability comes true, by bins of equal width: bin k of n holds the
 * probabilities above k / n up to (k + 1) / n; the first one 0 too. */
struct calibration_bin {
    size_t n;          /* rows */
    double weight;     /* sum of their weights, */
    double confidence; /* of weight x probability, */
    double outcome;    /* and of the weights of those that came true */
};

/* The sample's values are probabilities, its references 0 or 1. */
void calibration_count(const struct loss_sample *sample, size_t bins, struct calibration_bin *bin);

/* The expected calibration error: sum over bins of |outcome - confidence| / weight of all. Naeini, Cooper and
 * Hauskrecht, Obtaining Well Calibrated Probabilities Using Bayesian Binning, AAAI (2015). NaN without rows. */
double calibration_error(const struct calibration_bin *bin, size_t bins);

#endif
