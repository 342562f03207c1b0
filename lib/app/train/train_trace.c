/* Traces of optimisers: a row per iteration with the objective, the norm of the gradient, the Newton decrement and the
 * seconds since the start. Progress is shown with or without a trace. */
#include "app/train/train_trace.h"

#include "cli/progress.h"
#include "cli/usage.h"

#include <string.h>

enum status train_trace_check(const char *trace, const char *output, struct err *err)
{
    if (trace != NULL && output != NULL && strcmp(trace, output) == 0)
        return usage_conflict(err, "--trace", "--output of the same file");
    if (trace != NULL && output == NULL && strcmp(trace, "-") == 0)
        return usage_requires(err, "--trace -", "--output, as the model is written to standard output by default");
    return STATUS_OK;
}

enum status train_trace_open(struct train_trace *trace, const char *path, struct err *err)
{
    static const char *const names[] = {"iteration", "objective", "gradient_norm", "decrement", "seconds"};
    const struct output_settings output = {.path = path, .to = OUT_CSV};
    if (path != NULL && out_open(&trace->out, &output, 5, names, err) != STATUS_OK)
        return err->status;
    clock_gettime(CLOCK_MONOTONIC, &trace->start);
    return STATUS_OK;
}

void train_trace_add(void *context, const struct optim_progress *progress)
{
    struct train_trace *trace = context;
    progress_iteration(progress->iteration, progress->value);
    if (trace->out == NULL)
        return;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    out_count(trace->out, progress->iteration);
    out_number(trace->out, progress->value);
    out_number(trace->out, progress->gradient_norm);
    out_number(trace->out, progress->decrement);
    out_number(trace->out,
               (double)(now.tv_sec - trace->start.tv_sec) + 1e-9 * (double)(now.tv_nsec - trace->start.tv_nsec));
    out_end_row(trace->out);
}

enum status train_trace_close(struct train_trace *trace, struct err *err)
{
    return trace->out != NULL ? out_close(trace->out, err) : STATUS_OK;
}
