#ifndef LIKELY_DATA_DATASET_DATASET_STATE_H
#define LIKELY_DATA_DATASET_DATASET_STATE_H

#include "data/dataset/dataset.h"
#include "data/dataset/levels.h"
#include "data/keys/dict.h"

/* Shared by the files of a dataset. From the bottom up: dataset.c (memory), dataset_classes.c, dataset_levels.c
 * (categories), dataset_probabilities.c; dataset_sparse.c and dataset_dense.c; dataset_load.c. */

/* Numbers the classes in their final order, from the order of the dict to that of order.h, and counts their rows. */
void dataset_number_classes(struct dataset *dataset, const struct dict *labels);

/* Read the table, dense or sparse, to its end into an empty dataset. After an error dataset_free releases it. */
enum status dataset_load_dense(struct dataset *dataset, struct table *table, const struct dataset_options *options,
                               struct err *err);
enum status dataset_load_sparse(struct dataset *dataset, struct table *table, const struct dataset_options *options,
                                struct err *err);

/* The last chunk of sparse rows, which grows. A chunk holds many values, and more when there are many columns: a sum
 * over a chunk costs time in proportion to the columns. Zero-initialise. */
struct dataset_sparse {
    size_t chunk_capacity, start_capacity, label_capacity;
    size_t values; /* in the chunk so far; the next row begins here */
};

/* Counts the values of dense rows that are not 0. Adds dense rows as sparse rows; the caller then writes their labels
 * to the end of the labels of the chunk. */
size_t dataset_sparse_count(size_t rows, size_t d, const double *x, size_t ld);
struct dataset_chunk *dataset_sparse_add(struct dataset_sparse *sparse, struct dataset *dataset, size_t rows,
                                         const double *x, size_t ld);

/* Whether `count` more numbers stay within the memory limit, given the bytes in memory so far; and room for them in the
 * temporary file. */
bool dataset_fits(const struct dataset *dataset, const struct dataset_options *options, size_t bytes, size_t count);
enum status dataset_spool(struct dataset *dataset, const struct dataset_options *options, size_t count, double **room,
                          struct err *err);

/* Targets that are class probabilities, in n number slots from `slot` on.
 * check: a row without missing values. Errors: a probability outside [0, 1]; a sum that differs from 1.
 * set: divides the probabilities of each row of a chunk by their sum; `first` is the first one.
 * name: the classes have the names of the columns. */
enum status dataset_probabilities_check(const struct block *block, size_t row, size_t slot, size_t n, struct err *err);
void dataset_probabilities_set(const struct dataset *dataset, struct dataset_chunk *chunk, double *first);
void dataset_probabilities_name(struct dataset *dataset);

/* Targets that are numbers of successes among the trials in the weight's slot.
 * check: a row without missing values. expand: after the last row. */
enum status dataset_trials_check(const struct block *block, size_t row, size_t successes, size_t trials,
                                 struct err *err);
enum status dataset_trials_expand(struct dataset *dataset, const struct dataset_options *options, size_t bytes,
                                  struct err *err);

/* The categories of the rows read so far. */
struct dataset_levels {
    struct levels of;
    uint32_t **chunk; /* per chunk: rows x columns numbers of levels */
    size_t chunks, chunk_capacity;
};

/* The rows of the part become those of the next chunk. */
void dataset_levels_reduce(struct dataset_levels *levels, const struct levels_part *part, size_t rows);
void dataset_levels_free(struct dataset_levels *levels);

/* Gives each level of each category but the first a column in every chunk; bytes: the numbers in memory.
 * Error: a category of one level. */
enum status dataset_levels_expand(const struct dataset_levels *levels, struct dataset *dataset,
                                  const struct dataset_options *options, size_t bytes, struct err *err);

#endif
