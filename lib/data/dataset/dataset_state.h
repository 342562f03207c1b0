#ifndef LIKELY_DATA_DATASET_DATASET_STATE_H
#define LIKELY_DATA_DATASET_DATASET_STATE_H

#include "data/dataset/dataset.h"
#include "data/dataset/levels.h"
#include "data/keys/dict.h"

/* What dataset.c, dataset_dense.c (rows of columns), dataset_levels.c (their categories), dataset_shares.c,
 * dataset_classes.c and dataset_sparse.c share. */

/* Gives the classes, numbered in the chunks as in the dict, their final numbers, and counts them. */
void dataset_number_classes(struct dataset *dataset, const struct dict *labels);

/* Read the table, which is sparse or not, to its end into an empty dataset; whatever they return,
 * dataset_free releases it. */
enum status dataset_load_dense(struct dataset *dataset, struct table *table, const struct dataset_options *options,
                               struct err *err);
enum status dataset_load_sparse(struct dataset *dataset, struct table *table, const struct dataset_options *options,
                                struct err *err);

/* The last chunk of sparse rows, which grows: chunks hold many values, and more where there are many columns,
 * since sums over a chunk cost as much as there are columns. Zero-initialise. */
struct dataset_sparse {
    size_t chunk_capacity, start_capacity, label_capacity;
    size_t values; /* in the chunk so far: the next row's begin there */
};

/* The values of dense rows that are not 0; and the rows, added to the chunk but for their labels, which the
 * caller writes to the end of the chunk's. */
size_t dataset_sparse_count(size_t rows, size_t d, const double *x, size_t ld);
struct dataset_chunk *dataset_sparse_add(struct dataset_sparse *sparse, struct dataset *dataset, size_t rows,
                                         const double *x, size_t ld);

/* Whether so many numbers more stay within the memory limit, given the bytes in memory so far; and room for
 * them in the spool. */
bool dataset_fits(const struct dataset *dataset, const struct dataset_options *options, size_t bytes, size_t count);
enum status dataset_spool(struct dataset *dataset, const struct dataset_options *options, size_t count, double **room,
                          struct err *err);

/* For rows whose targets are shares of classes, in n number slots from this one on: the row of a block, which
 * lacks nothing, is checked; the shares of a chunk, of which the first is pointed to, are made to sum to 1
 * exactly; classes are called as the columns. Errors: a share that is not between 0 and 1; a sum that is not
 * 1. */
enum status dataset_check_shares(const struct block *block, size_t row, size_t slot, size_t n, struct err *err);
void dataset_set_shares(const struct dataset *dataset, struct dataset_chunk *chunk, double *share);
void dataset_name_shares(struct dataset *dataset);

/* The categories of the rows that were read. */
struct dataset_levels {
    struct levels of;
    uint32_t **chunk; /* per chunk: rows x columns numbers of levels */
    size_t chunks, chunk_capacity;
};

/* The part's rows are those of the next chunk. */
void dataset_levels_reduce(struct dataset_levels *levels, const struct levels_part *part, size_t rows);
void dataset_levels_free(struct dataset_levels *levels);

/* Gives each level but the first of each category its column in every chunk. bytes: of numbers in memory.
 * Error: a category of one level. */
enum status dataset_levels_expand(const struct dataset_levels *levels, struct dataset *dataset,
                                  const struct dataset_options *options, size_t bytes, struct err *err);

#endif
