#ifndef LIKELY_APP_TRAIN_TRAIN_NOTICE_H
#define LIKELY_APP_TRAIN_TRAIN_NOTICE_H

#include "cli/command.h"

#include <stdbool.h>
#include <stddef.h>

/* The number of rows left out, if any. */
void train_notice_skipped(const struct invocation *run, size_t skipped, size_t kept);

/* Which of n columns cannot be told from others: one by one if they are few. */
void train_notice_aliased(const struct invocation *run, size_t n, char *const *features, const bool *aliased);

#endif
