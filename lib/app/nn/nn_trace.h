#ifndef LIKELY_APP_NN_NN_TRACE_H
#define LIKELY_APP_NN_NN_TRACE_H

#include "cli/out.h"

#include <stddef.h>

/* The course of training: a row per epoch with epoch, loss, accuracy, valid_loss, valid_accuracy, rate, seconds. */
enum { NN_TRACE_COLUMNS = 7 };
extern const char *const nn_trace_names[NN_TRACE_COLUMNS];

/* Zero-initialise. */
struct nn_trace {
    double *values; /* rows x NN_TRACE_COLUMNS */
    size_t rows, capacity;
    double seconds; /* of the last row; at the start those of the run that is resumed */
};

void nn_trace_add(struct nn_trace *trace, const double *row);
void nn_trace_write_row(struct out *out, const double *row);

#endif
