#ifndef LIKELY_FIT_ONLINE_ONLINE_DIAGONAL_LEARNER_H
#define LIKELY_FIT_ONLINE_ONLINE_DIAGONAL_LEARNER_H

#include "fit/online/online_learner.h"

/* online_diagonal.h as a learner; its state is a struct online_diagonal. */
extern const struct online_learner online_diagonal_learner;

#endif
