#ifndef LIKELY_APP_SCORE_LOSS_ROWS_H
#define LIKELY_APP_SCORE_LOSS_ROWS_H

#include "cli/sink.h"
#include "cli/unit.h"
#include "fit/evaluate/evaluator.h"

/* Found on the way; mismatch is malloc'ed. */
struct loss_rows_found {
    size_t skipped;    /* rows without losses */
    char *mismatch[2]; /* the most similar target and label, if none are equal; else NULL */
};

/* Writes each row of the table, opened by column, unchanged and behind it its losses as columns loss_NAME, names being
 * those of the terms, or loss_NAME_UNIT of losses that are in nats; of no term may the parameter be estimated. With
 * options->gradient dloss_COLUMN, or dloss_COLUMN_UNIT, follows for each prediction of the first term. Rows that lack a
 * value get empty cells where they may be skipped. Takes constant memory. Errors as of
 * evaluator_map, and a new column's name that is there already. */
enum status loss_rows_write(struct table *table, const struct evaluator_options *options, char *const *names,
                            const struct unit *unit, size_t digits, struct sink *sink, struct loss_rows_found *found,
                            struct err *err);

#endif
