#ifndef LIKELY_APP_SCORE_PREDICT_EVENTS_H
#define LIKELY_APP_SCORE_PREDICT_EVENTS_H

#include "base/err.h"
#include "cli/command.h"

/* Rows whose predictions are empty or not what the model says, counted by cause, with the place of the first. */
enum predict_event { PREDICT_MISSING, PREDICT_UNSEEN, PREDICT_UNKNOWN, PREDICT_INESTIMABLE, PREDICT_EVENTS };

struct predict_events {
    struct {
        size_t rows;
        size_t row;       /* the first, from 0 */
        struct err first; /* its file and line, unless the rows are sparse, and a reason */
    } of[PREDICT_EVENTS];
};

/* Counts a row of a block. True for the first one, whose place and reason the caller fills in. */
bool predict_events_add(struct predict_events *events, enum predict_event event, size_t row);

/* Adds the events of a block whose first row and line have these numbers, from 0; and clears them. */
void predict_events_merge(struct predict_events *events, struct predict_events *block, size_t row, size_t line);

/* "FILE:LINE" or "row N" */
const char *predict_events_place(const struct predict_events *events, enum predict_event event, char out[ERR_ECHO]);

#endif
