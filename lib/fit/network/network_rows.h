#ifndef LIKELY_FIT_NETWORK_NETWORK_ROWS_H
#define LIKELY_FIT_NETWORK_NETWORK_ROWS_H

#include "data/dataset/dataset.h"

#include <stddef.h>

/* Rows of a dataset by number, on the scale on which a network sees them. */
struct network_rows {
    const struct dataset *data;
    size_t *first;                /* chunks + 1: the number of a chunk's first row */
    const double *center, *scale; /* per feature; NULL: as they are */
};

/* Fills rows; released by network_rows_free. */
void network_rows_init(struct network_rows *rows, const struct dataset *data);
void network_rows_free(struct network_rows *rows);

/* The chunk of a row, whose number becomes that in the chunk. */
const struct dataset_chunk *network_rows_find(const struct network_rows *rows, size_t *row);

/* The features of a row: (x - center) / scale. x: d numbers. */
void network_rows_read(const struct network_rows *rows, const struct dataset_chunk *chunk, size_t row, double *x);

#endif
