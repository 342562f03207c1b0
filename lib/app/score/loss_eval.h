#ifndef LIKELY_APP_SCORE_LOSS_EVAL_H
#define LIKELY_APP_SCORE_LOSS_EVAL_H

#include "app/score/loss_terms.h"
#include "cli/command.h"
#include "cli/unit.h"

#include <stdbool.h>

struct loss_eval_settings {
    struct loss_terms_settings terms;
    const char *group, *weights, *aweights;
    int missing;
    bool per_row, gradient;
    struct unit_settings unit;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

/* The choices of --loss: every registered loss. */
const struct opt_choice *loss_eval_losses(void);

/* What loss-eval does, from reading its operands to writing its result. */
enum status loss_eval_run(const struct loss_eval_settings *settings, const struct invocation *run, struct err *err);

#endif
