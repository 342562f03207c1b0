/* The trace of training: a row per epoch. --trace writes it as CSV; a checkpoint keeps it in the field
 * checkpoint_trace, so that a resumed training writes the whole trace again. */
#include "app/nn/nn_trace.h"

#include "base/mem.h"

#include <string.h>

const char *const nn_trace_names[NN_TRACE_COLUMNS] = {"epoch",          "loss", "accuracy", "valid_loss",
                                                      "valid_accuracy", "rate", "seconds"};

void nn_trace_add(struct nn_trace *trace, const double *row)
{
    size_t used = trace->rows * NN_TRACE_COLUMNS;
    trace->values = mem_grow(trace->values, &trace->capacity, used + NN_TRACE_COLUMNS, sizeof *trace->values);
    memcpy(trace->values + used, row, NN_TRACE_COLUMNS * sizeof *row);
    trace->seconds = row[NN_TRACE_COLUMNS - 1];
    trace->rows++;
}

void nn_trace_write_row(struct out *out, const double *row)
{
    out_count(out, (size_t)row[0]);
    for (size_t i = 1; i < NN_TRACE_COLUMNS; i++)
        out_number(out, row[i]);
    out_end_row(out);
}
