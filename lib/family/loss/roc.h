#ifndef LIKELY_FAMILY_LOSS_ROC_H
#define LIKELY_FAMILY_LOSS_ROC_H

#include "family/loss/loss.h"

/* The receiver operating characteristic: the shares of the positives and of the others that are at least a
 * threshold. */
struct roc_point {
    double false_positive, true_positive; /* rates, 0 to 1 */
    double threshold;
};

/* The sample's values are scores, its references 0 or 1; it is sorted. The curve's corners from (0, 0),
 * threshold inf, to (1, 1): thresholds whose point lies on the straight line between its neighbours are left
 * out. point has room for n + 1. Returns how many there are; 0: there are no positives, or no others.
 * Fawcett, An introduction to ROC analysis, Pattern Recognition Letters 27 (2006), algorithm 1. */
size_t roc_curve(struct loss_sample *sample, struct roc_point *point);

/* The area under a curve, by trapezia: equal scores count half. */
double roc_area(const struct roc_point *point, size_t n);

#endif
