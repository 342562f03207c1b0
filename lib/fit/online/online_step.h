#ifndef LIKELY_FIT_ONLINE_ONLINE_STEP_H
#define LIKELY_FIT_ONLINE_ONLINE_STEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The losses of one row of scores, and the step that answers one. n scores are those of n classes (`several`), of
 * which p is the softmax, or n = 1 score is the log-odds of class 1 against class 0, whose p is the sigmoid. */

/* Sets p: n. Returns -log of the label's probability (nats). */
double online_step_loss(size_t n, bool several, uint32_t label, const double *score, double *p);

/* The implicit step: s minimises sum of (s[k] - score[k])^2 / (2 gain[k]) + loss(s), gain > 0. slope: n, the
 * derivative of the loss by s there, so that s[k] = score[k] - gain[k] slope[k]. By Newton's method, whose Hessian is
 * a diagonal less p p', with halved steps while the sum is not less than before. work: 4 n numbers of room. */
void online_step(size_t n, bool several, uint32_t label, const double *score, const double *gain, double *slope,
                 double *work);

#endif
