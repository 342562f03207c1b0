#ifndef LIKELY_FAMILY_LOSS_CONFUSION_H
#define LIKELY_FAMILY_LOSS_CONFUSION_H

#include "family/loss/loss.h"

struct confusion_cell {
    size_t n;      /* rows */
    double weight; /* sum of their weights */
};

/* Fills the confusion matrix: cell[own * classes + predicted]. The sample is that of loss_f1: its values are the
 * predicted classes, its references the classes of the rows. */
void confusion_count(const struct loss_sample *sample, size_t classes, struct confusion_cell *cell);

#endif
