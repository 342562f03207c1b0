#ifndef LIKELY_FIT_GLM_INFERENCE_ROWS_H
#define LIKELY_FIT_GLM_INFERENCE_ROWS_H

#include "fit/glm/glm.h"

#include <stdbool.h>

/* What inference makes from the rows themselves, in one pass each. theta: blocks x width; n = blocks * width. */

/* Whether the pass of inference_rows_factor costs no more than the fits that it is meant for. */
bool inference_rows_is_cheap(const struct glm *glm);

/* r (n x n): the upper triangle R of which R'R is the Hessian of the objective, summed over the rows, by QR. */
void inference_rows_factor(struct glm *glm, const double *theta, double *r);

/* middle (n x n): sum over the rows of q q', q = R^-T u with u the slope of the row's weighted loss; inverse: R^-1. A
 * row of weight w counts as w rows, or as one whose loss is multiplied by w if the weights are importances. */
void inference_rows_middle(struct glm *glm, const double *theta, const double *inverse, bool are_importances,
                           double *middle);

/* Sums over the rows that goodness of fit needs. */
struct inference_fit {
    double pearson;   /* Pearson's chi-squared: w (q - p)^2 / p, summed over the classes, q being the target */
    double saturated; /* the log-likelihood of a model with p = q in each row: 0 where rows have labels */
};
struct inference_fit inference_rows_fit(struct glm *glm, const double *theta);

#endif
