#ifndef LIKELY_CLI_LOSS_OPTION_H
#define LIKELY_CLI_LOSS_OPTION_H

#include "base/err.h"
#include "base/slice.h"
#include "family/loss/loss.h"

#include <stdbool.h>

/* The value of an option --loss: NAME or NAME:PARAMETER. */
struct loss_option {
    const struct loss *loss;
    double parameter; /* the loss's fallback unless given */
    bool is_given;    /* the parameter */
};

/* Reads a name or an alias, and the parameter, which must lie in its range. Errors are STATUS_USAGE. */
enum status loss_option_parse(struct loss_option *option, struct slice text, struct err *err);

#endif
