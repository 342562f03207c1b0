#ifndef LIKELY_APP_ESTIMATE_BAYES_RULE_H
#define LIKELY_APP_ESTIMATE_BAYES_RULE_H

#include "cli/command.h"

#include <stdbool.h>

struct bayes_rule_settings {
    const char *prior, *likelihood;
    bool flat, normalize, log;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

/* What posterior does, from reading its operands to writing its result. */
enum status bayes_rule_run(const struct bayes_rule_settings *settings, const struct invocation *run, struct err *err);

#endif
