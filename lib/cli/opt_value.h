#ifndef LIKELY_CLI_OPT_VALUE_H
#define LIKELY_CLI_OPT_VALUE_H

#include "cli/opt.h"

/* Sets the field of an option's row from the text of its value; NULL for flags. Errors are STATUS_USAGE. */
enum status opt_value_set(const struct opt *opt, const char *text, void *settings, struct err *err);

#endif
