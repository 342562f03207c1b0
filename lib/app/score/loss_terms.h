#ifndef LIKELY_APP_SCORE_LOSS_TERMS_H
#define LIKELY_APP_SCORE_LOSS_TERMS_H

#include "data/table/table.h"
#include "fit/evaluate/evaluator.h"

#include <stdbool.h>
#include <stddef.h>

/* From what is asked for to the losses, and the columns of a table that they are of. */
struct loss_terms_settings {
    const char *target, *predictions, *baseline, *losses, *positive;
    bool confusion, report, logit;
    size_t calibration; /* bins; 0 = not asked for */
    double threshold, temperature;
};

/* Zero-initialise. */
struct loss_terms {
    struct evaluator_term *terms; /* n, then as many of the baseline if there is one */
    char **names;                 /* n: as they were given */
    size_t n;
    size_t *targets, n_targets; /* the columns of the target */
};

/* What the text says; the columns are still missing. */
enum status loss_terms_parse(struct loss_terms *terms, const struct loss_terms_settings *settings, struct err *err);

/* The columns, which are found by name where none are given. */
enum status loss_terms_choose(struct loss_terms *terms, const struct loss_terms_settings *settings, struct table *table,
                              struct err *err);
void loss_terms_release(struct loss_terms *terms);

#endif
