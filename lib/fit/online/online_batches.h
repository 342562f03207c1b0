#ifndef LIKELY_FIT_ONLINE_ONLINE_BATCHES_H
#define LIKELY_FIT_ONLINE_ONLINE_BATCHES_H

#include "fit/online/online_learner.h"

/* Rows that wait for a batch: x is rows x (d + 2), values, weight and offset. */
struct online_pending {
    size_t rows, x_capacity, label_capacity;
    double *x;
    uint32_t *label;
};

/* The recursion of online.h fed with single rows. */
struct online_batches {
    size_t d;
    struct online *online;
    struct online_pending pending;
    struct online *ahead; /* what online is once it has learnt from the pending rows; NULL: nobody asked */
};

extern const struct online_learner online_batches_learner;

#endif
