#ifndef LIKELY_DATA_DATASET_STATE_H
#define LIKELY_DATA_DATASET_STATE_H

#include "data/dataset.h"
#include "data/dict.h"

/* What dataset.c (dense rows), dataset_levels.c (their categories) and dataset_sparse.c share. */

/* Gives the classes, numbered in the chunks as in the dict, their final numbers, and counts them. */
void dataset_number_classes(struct dataset *dataset, const struct dict *labels);

enum status dataset_load_sparse(struct dataset *dataset, struct table *table, const struct dataset_options *options,
                                struct err *err);

/* Whether so many numbers more stay within the memory limit, given the bytes in memory so far; and room for them in the spool. */
bool dataset_fits(const struct dataset *dataset, const struct dataset_options *options, size_t bytes, size_t count);
enum status dataset_spool(struct dataset *dataset, const struct dataset_options *options, size_t count, double **room,
                          struct err *err);

/* The categories of rows while these are being read: their levels are known only at the end. */
struct dataset_levels {
    size_t columns;       /* categories */
    size_t *slots;        /* columns: of texts in blocks */
    char **names;         /* columns */
    struct dict **levels; /* columns */
    uint32_t **chunk;     /* per chunk: rows x columns numbers of levels */
    size_t chunks, chunk_capacity;
};
/* What a thread knows of the categories of its current block. */
struct dataset_levels_part {
    size_t columns;
    struct dict **levels;
    uint32_t *level; /* rows x columns */
    size_t level_capacity;
};

/* Asks the table for the columns. */
void dataset_levels_want(struct dataset_levels *levels, struct table *table, size_t columns, const size_t *column);
void dataset_levels_free(struct dataset_levels *levels);

void dataset_levels_start(const struct dataset_levels *levels, struct dataset_levels_part *part, size_t rows);
/* The block's row becomes the part's row `to`. */
void dataset_levels_add(const struct dataset_levels *levels, struct dataset_levels_part *part, const struct block *block, size_t row,
                        size_t to);
/* The part's rows are those of the next chunk. */
void dataset_levels_reduce(struct dataset_levels *levels, const struct dataset_levels_part *part, size_t rows);
void dataset_levels_release(struct dataset_levels_part *part);

/* Gives each level but the first of each category its column in every chunk. bytes: of numbers in memory. Error: a category of one
 * level. */
enum status dataset_levels_expand(const struct dataset_levels *levels, struct dataset *dataset,
                                  const struct dataset_options *options, size_t bytes, struct err *err);

#endif
