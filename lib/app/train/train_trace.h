#ifndef LIKELY_APP_TRAIN_TRAIN_TRACE_H
#define LIKELY_APP_TRAIN_TRAIN_TRACE_H

#include "cli/out.h"
#include "optim/optim.h"

#include <time.h>

/* Checks --trace and --output (NULL: standard output). Error: both go to the same place. */
enum status train_trace_check(const char *trace, const char *output, struct err *err);

/* The trace of an optimiser: a row per iteration with iteration, objective, gradient_norm, decrement,
 * seconds. Zero-initialise. */
struct train_trace {
    struct out *out; /* NULL: no trace is written, only progress is shown */
    struct timespec start;
};

/* Starts the clock, and opens the file unless path is NULL. */
enum status train_trace_open(struct train_trace *trace, const char *path, struct err *err);

/* As optim_options have it; context: the trace. */
void train_trace_add(void *context, const struct optim_progress *progress);
enum status train_trace_close(struct train_trace *trace, struct err *err);

#endif
