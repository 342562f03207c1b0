#ifndef LIKELY_APP_TRAIN_TRAIN_NOTICE_H
#define LIKELY_APP_TRAIN_TRAIN_NOTICE_H

#include "cli/command.h"
#include "optim/optim.h"
#include "text/buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* Gives a notice of the number of omitted rows, if any. */
void train_notice_skipped(const struct invocation *run, size_t skipped, size_t kept);
void train_notice_skipped_targets(const struct invocation *run, size_t skipped, size_t kept, size_t targets);

/* Gives a notice if n classes are numbers of a continuous variable: more than CLASSES_FEW numbers, some of which are
 * not whole or which differ in most rows. `instead`: what is made for numbers. */
void train_notice_numbers(const struct invocation *run, const char *target, size_t n, char *const *labels, size_t rows,
                          const char *instead);

/* Gives a notice of the aliased ones of n columns: one by one if they are few. */
void train_notice_aliased(const struct invocation *run, size_t n, char *const *features, const bool *aliased);

/* Notices that coefficients leave no degrees of freedom. weight: the sum of the weights. */
void train_notice_freedom(const struct invocation *run, size_t coefficients, double weight);

/* "0.00012 standard errors from the optimum", which the decrement bounds. */
void train_notice_add_distance(const struct optim *solver, double decrement, struct buffer *text);

#endif
