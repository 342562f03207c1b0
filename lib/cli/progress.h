#ifndef LIKELY_CLI_PROGRESS_H
#define LIKELY_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One line about how far the work is, rewritten in place on standard error: only where that is a terminal, only after
 * half a second, and never in colour. The process has one terminal and so one such line. All are called by one thread
 * at a time. */

/* At the start of the command; the line begins with its name. */
void progress_begin(const char *name, bool quiet);

/* Bytes read of a total, 0 = unknown. context is not looked at: this is a struct table_options' progress. */
void progress_bytes(void *context, uint64_t consumed, uint64_t total);

void progress_iteration(size_t iteration, double objective);

/* Takes the line away, if there is one: before anything else is written to a terminal, and at the end. */
void progress_erase(void);

#endif
