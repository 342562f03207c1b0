#ifndef LIKELY_APP_SCORE_LOSS_COLUMNS_H
#define LIKELY_APP_SCORE_LOSS_COLUMNS_H

#include "app/score/loss_terms.h"

#include <stdbool.h>

/* The columns of a table that losses are of. */
struct loss_columns {
    const struct loss_terms_settings *settings;
    struct table *table;
    struct loss_terms *result;
};

/* Finds the columns of every term, and those of the baseline if there is one; the columns of the target are found
 * already. */
enum status loss_columns_choose(struct loss_columns *w, struct err *err);

/* Whether one probability decides between two classes at a threshold; then predictions may also be labels, which are
 * equal to the target's or not. */
bool loss_columns_has_threshold(const struct loss *loss);

#endif
