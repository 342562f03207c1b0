#ifndef LIKELY_FIT_ONLINE_ONLINE_MIX_H
#define LIKELY_FIT_ONLINE_ONLINE_MIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Two learners of the same linear model, mixed to one that is linear again: the scores are share times the first's
 * and 1 - share times the second's (stacking; Wolpert, Neural Networks 5, 1992). The share is learnt from the scores
 * that both give each row before they have learnt from it, by a recursion of damped Newton steps, curvature =
 * curvature faded + h,   share -= g / (curvature + damping), g and h being the derivatives of the row's loss by the
 * share. It forgets, since learners know more with every row: a row counts as the third power of the weight of all
 * rows up to it. */
struct online_mix {
    double share, curvature;
};

struct online_mix online_mix_start(void); /* halves */

/* mixed: n. first and second: n, as in online_step.h, without the offset. */
void online_mix_scores(const struct online_mix *mix, size_t n, const double *first, const double *second, double offset,
                       double *mixed);

/* Learns from a row of that weight, before which rows had the weight `before`. p: n, the probabilities by mixed
 * scores. */
void online_mix_update(struct online_mix *mix, size_t n, bool several, uint32_t label, const double *first,
                       const double *second, const double *p, double weight, double before);

#endif
