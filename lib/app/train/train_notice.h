#ifndef LIKELY_APP_TRAIN_TRAIN_NOTICE_H
#define LIKELY_APP_TRAIN_TRAIN_NOTICE_H

#include "cli/command.h"

#include <stdbool.h>
#include <stddef.h>

/* Gives a notice of the number of omitted rows, if any. */
void train_notice_skipped(const struct invocation *run, size_t skipped, size_t kept);

/* Gives a notice of the aliased ones of n columns: one by one if they are few. */
void train_notice_aliased(const struct invocation *run, size_t n, char *const *features, const bool *aliased);

#endif
