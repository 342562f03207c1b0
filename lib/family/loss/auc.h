#ifndef LIKELY_FAMILY_LOSS_AUC_H
#define LIKELY_FAMILY_LOSS_AUC_H

#include "family/loss/loss.h"

/* Areas under ROC curves. */

/* The area of n points, which are reordered: the probability that a point with a reference other than 0 has a greater
 * value than one of reference 0; equal values count half. *se: standard error (DeLong et al. 1988). NaN unless there
 * are both. */
double auc_area(struct loss_point *point, size_t n, double *se);

/* loss->part of areas of several classes, which are wide: the prediction of each class, and the row's own. */
void auc_part(const struct loss_batch *batch, double *value, double *reference);

/* The mean over classes of the area of each against all others, weighted by its rows or not (T. Fawcett, An
 * Introduction to ROC Analysis, Pattern Recognition Letters 27 (2006), 861-874, sec. 9). NaN if a class has no row, or
 * all rows. That of a single prediction is auc_area. *se: its standard error by the influence of each row, of two
 * classes DeLong's; NaN if a class has a single row. */
double auc_rest(const struct loss_sample *sample, bool weighted, double *se);

/* The mean over pairs of classes of the areas of one against the other, by the prediction of either, among the rows of
 * both (D. J. Hand and R. J. Till, A Simple Generalisation of the Area Under the ROC Curve for Multiple Class
 * Classification Problems, Machine Learning 45 (2001), eq. 7), weighted by the rows of the pair or not. */
double auc_pairs(const struct loss_sample *sample, bool weighted, double *se);

#endif
