#ifndef LIKELY_DATA_DATASET_STATE_H
#define LIKELY_DATA_DATASET_STATE_H

#include "data/dataset.h"
#include "data/dict.h"

/* What dataset.c (dense rows) and dataset_sparse.c share. */

/* Gives the classes, numbered in the chunks as in the dict, their final numbers, and counts them. */
void dataset_number_classes(struct dataset *dataset, const struct dict *labels);

enum status dataset_load_sparse(struct dataset *dataset, struct table *table, const struct dataset_options *options,
                                struct err *err);

#endif
