#ifndef LIKELY_FAMILY_LOSS_SQUARE_H
#define LIKELY_FAMILY_LOSS_SQUARE_H

#include "family/loss/loss.h"

/* (y - m)^2 of a number or a probability m: loss->evaluate of two losses. */
void square_evaluate(const struct loss_batch *batch, double *value, double *gradient, double *curvature);

#endif
