#ifndef LIKELY_APP_TRAIN_TRAIN_FIELDS_H
#define LIKELY_APP_TRAIN_TRAIN_FIELDS_H

#include "app/train/train_columns.h"
#include "math/relations.h"
#include "model/model.h"

#include <stdbool.h>
#include <stddef.h>

/* The number of rows that a model is of: with frequencies as weights their sum. */
double train_fields_cases(const struct train_columns *columns, size_t rows, double weight_sum);

/* Writes the numbers of rows and of skipped rows, the sum of the weights and, if there are weights, their meaning. */
void train_fields_write_rows(struct model *model, const struct train_columns *columns, double cases, size_t skipped,
                             double weight_sum);

/* Writes the names of the features that are aliased, and their relations to others. */
void train_fields_write_aliased(struct model *model, size_t n, char *const *features, const bool *aliased,
                                const struct relations *relations);

#endif
