#ifndef LIKELY_FAMILY_LOSS_ROC_H
#define LIKELY_FAMILY_LOSS_ROC_H

#include "family/loss/loss.h"

/* A point of the receiver operating characteristic: the shares of the negative and of the positive rows whose
 * score is at least the threshold. */
struct roc_point {
    double false_positive, true_positive; /* rates, 0 to 1 */
    double threshold;
};

/* The corners of the curve from (0, 0), threshold inf, to (1, 1); points on the straight line between their
 * neighbours are left out. The values of the sample are scores, its references 0 or 1; it is sorted. point has
 * room for n + 1. Returns the number of points, 0 if there are no positive or no negative rows. Fawcett, An
 * Introduction to ROC Analysis, Pattern Recognition Letters 27 (2006), algorithm 1. */
size_t roc_curve(struct loss_sample *sample, struct roc_point *point);

/* The area under a curve, by trapezoids: equal scores count half. */
double roc_area(const struct roc_point *point, size_t n);

#endif
