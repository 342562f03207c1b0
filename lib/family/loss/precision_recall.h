#ifndef LIKELY_FAMILY_LOSS_PRECISION_RECALL_H
#define LIKELY_FAMILY_LOSS_PRECISION_RECALL_H

#include "family/loss/loss.h"

/* A point of the precision-recall curve: the share of the positive rows whose score is at least the threshold, and the
 * share of positive rows among all such rows. */
struct precision_recall_point {
    double recall, precision; /* 0 to 1 */
    double threshold;
};

/* The points of falling thresholds, from recall 0, with the precision of the first threshold, to recall 1; points
 * between two others of the same recall are left out. The values of the sample are scores, its references 0 or 1; it is
 * sorted. point has room for n + 1. Returns the number of points, 0 if there are no positive rows. */
size_t precision_recall_curve(struct loss_sample *sample, struct precision_recall_point *point);

/* The sum of the steps of recall times the precision at their end, without interpolation (W. Su, Y. Yuan and M. Zhu, A
 * Relationship between the Average Precision and the Area under the ROC Curve, ICTIR 2015, eq. 1). */
double precision_recall_average(const struct precision_recall_point *point, size_t n);

#endif
