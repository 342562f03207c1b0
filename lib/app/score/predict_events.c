/* Counts of rows that get no prediction, or not the one that the model alone would give: missing values, unknown
 * categories, rows outside the row space of the training data. Threads count in a state per block, which is merged in
 * the order of the rows, so that the place of the first one is the same for any number of threads. */

#include "app/score/predict_events.h"

#include <stdio.h>

bool predict_events_add(struct predict_events *events, enum predict_event event, size_t row)
{
    if (events->of[event].rows++ > 0)
        return false;
    events->of[event].row = row;
    events->of[event].first = (struct err){0};
    return true;
}

void predict_events_merge(struct predict_events *events, struct predict_events *block, size_t row, size_t line)
{
    for (size_t e = 0; e < PREDICT_EVENTS; e++) {
        if (block->of[e].rows > 0 && events->of[e].rows == 0) {
            events->of[e].row = row + block->of[e].row;
            events->of[e].first = block->of[e].first;
            events->of[e].first.line += line;
        }
        events->of[e].rows += block->of[e].rows;
        block->of[e].rows = 0;
    }
}

const char *predict_events_place(const struct predict_events *events, enum predict_event event, char out[ERR_ECHO])
{
    const struct err *first = &events->of[event].first;
    char echo[ERR_ECHO];
    if (first->file[0] == '\0')
        snprintf(out, ERR_ECHO, "row %zu", events->of[event].row + 1);
    else
        snprintf(out, ERR_ECHO, "%.120s:%zu", err_echo(echo, slice_of(first->file)), first->line);
    return out;
}
