#ifndef LIKELY_FAMILY_LOSS_AVERAGES_H
#define LIKELY_FAMILY_LOSS_AVERAGES_H

#include "family/loss/loss.h"

/* Precision, recall and F-scores of classes, from the numbers of rows that are of a class, predicted to be, or both,
 * and their averages over classes (C. J. van Rijsbergen, Information Retrieval, 2nd edition, 1979, chapter 7). */
struct averages_counts {
    double both, predicted, own; /* sums of weights */
};

/* loss->part of these metrics: the predicted class and the row's own. With one probability, the classes are 1, from the
 * threshold on, and 0. */
void averages_part(const struct loss_batch *batch, double *value, double *reference);

/* both / predicted; both / own; (1 + beta^2) both / (beta^2 own + predicted). NaN where the denominator is 0. */
typedef double averages_score(const struct averages_counts *counts, double beta);
double averages_precision(const struct averages_counts *counts, double beta);
double averages_recall(const struct averages_counts *counts, double beta);
double averages_f(const struct averages_counts *counts, double beta);

/* The score of the positive class of a sample of width 1; else its mean over the classes that some row has or is
 * predicted to have, in which a score without a denominator counts as 0; NaN if there are none. */
double averages_macro(const struct loss_sample *sample, averages_score *score, double beta);

/* The mean over classes, both of a sample of width 1, weighted by the rows of each. */
double averages_weighted(const struct loss_sample *sample, averages_score *score, double beta);

#endif
