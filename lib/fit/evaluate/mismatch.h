#ifndef LIKELY_FIT_EVALUATE_MISMATCH_H
#define LIKELY_FIT_EVALUATE_MISMATCH_H

#include "base/slice.h"
#include "data/keys/dict.h"

#include <stdbool.h>

/* Whether targets and predicted labels are spelt differently throughout. Zero-initialise. */
struct mismatch {
    bool is_over;                  /* a row has the same label twice, or there are too many labels */
    struct dict *targets, *labels; /* distinct labels so far; NULL: none */
};

void mismatch_add(struct mismatch *mismatch, struct slice target, struct slice label);
void mismatch_release(struct mismatch *mismatch);

/* Whether no target equals any of the predicted labels. Sets the most similar pair, which lives as long as the
 * mismatch: equal but for case, blanks and punctuation, else with few edits, else the first of each. */
bool mismatch_find(const struct mismatch *mismatch, struct slice *target, struct slice *label);

#endif
