#ifndef LIKELY_APP_SCORE_SCORE_ROWS_H
#define LIKELY_APP_SCORE_SCORE_ROWS_H

#include "cli/out.h"
#include "cli/unit.h"
#include "data/table/table.h"

/* Compares the targets of each row of a table, opened by column, with the softmax of its scores, and writes a row of
 * result for each as it is read. Errors: not as many columns of targets as of scores; targets that are no probabilities
 * or do not sum to 1; scores of which none is finite. */
enum status score_rows_write(struct table *table, const char *targets, const char *logits, const struct unit *unit,
                             const struct output_settings *output, size_t threads, struct err *err);

#endif
