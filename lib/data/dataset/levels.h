#ifndef LIKELY_DATA_DATASET_LEVELS_H
#define LIKELY_DATA_DATASET_LEVELS_H

#include "data/keys/dict.h"
#include "data/table/table.h"

/* A column of categories. Each level but the first, the reference, is a feature COLUMN=LEVEL: 1 in its rows, else 0. */
struct category {
    char *name;
    size_t levels;
    char **level; /* in the order of order_of */
};
void category_release(struct category *category);

/* The categories of the rows read so far. */
struct levels {
    size_t columns;     /* categories: the first text slots of blocks */
    char **names;       /* columns */
    struct dict **dict; /* columns: the levels so far */
};

/* The categories of the current block of a thread. */
struct levels_part {
    size_t columns;
    struct dict **dict;
    uint32_t *level; /* rows x columns: numbers in these dicts */
    size_t level_capacity;
};

/* column: which columns of the table they are. */
void levels_init(struct levels *levels, const struct table *table, size_t columns, const size_t *column);
void levels_free(struct levels *levels);

void levels_start(const struct levels *levels, struct levels_part *part, size_t rows);
/* The row of the block, in which no category is missing, becomes row `to` of the part. */
void levels_add(const struct levels *levels, struct levels_part *part, const struct block *block, size_t row,
                size_t to);
void levels_release(struct levels_part *part);

/* Adds the levels of a category in the part; returns their new numbers, by the number in the part. The caller frees
 * them. */
uint32_t *levels_merge(struct levels *levels, const struct levels_part *part, size_t column);

/* Names a category whose levels are all known; order: as of order_of. Error: it has one level. */
enum status levels_name(const struct levels *levels, size_t column, struct category *category, uint32_t *order,
                        struct err *err);

#endif
