#ifndef LIKELY_CLI_PROGRESS_H
#define LIKELY_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A line of progress, rewritten in place on standard error if that is a terminal, from half a second on, without
 * colour. Functions are called by one thread at a time. */

/* At the start of the command; the line begins with its name. */
void progress_begin(const char *name, bool quiet);

/* Bytes read of a total, 0 = unknown. context is not used; the function fits struct table_options. */
void progress_bytes(void *context, uint64_t consumed, uint64_t total);

void progress_iteration(size_t iteration, double objective);

/* Erases the line, if it is shown: before anything else is written to the terminal, and at the end. */
void progress_erase(void);

#endif
