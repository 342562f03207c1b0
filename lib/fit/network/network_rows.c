/* Rows of a dataset by number: network_rows_find halves the list of chunks, network_rows_read scales the features on
 * the way to the batch, from doubles or, where the dataset keeps them in single precision, from floats. The dataset
 * itself stays as it is, so that training and held-out rows may be of one dataset. */

#include "fit/network/network_rows.h"

#include "base/mem.h"
#include "base/versions.h"

#include <stdlib.h>
#include <string.h>

#if !defined(__clang__)
#pragma GCC optimize("O3")
#endif

void network_rows_init(struct network_rows *rows, const struct dataset *data)
{
    *rows = (struct network_rows){.data = data, .first = mem_zero(data->chunks + 1, sizeof *rows->first)};
    for (size_t c = 0; c < data->chunks; c++)
        rows->first[c + 1] = rows->first[c] + data->chunk[c].rows;
}

void network_rows_free(struct network_rows *rows)
{
    free(rows->first);
    rows->first = NULL;
}

const struct dataset_chunk *network_rows_find(const struct network_rows *rows, size_t *row)
{
    size_t low = 0, high = rows->data->chunks;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        *(rows->first[middle] <= *row ? &low : &high) = middle;
    }
    *row -= rows->first[low];
    return &rows->data->chunk[low];
}

VERSIONS_LOOP void read_single_loop(size_t d, const float *restrict from, const double *restrict center,
                                    const double *restrict scale, double *restrict x)
{
    if (center == NULL)
        for (size_t j = 0; j < d; j++)
            x[j] = (double)from[j];
    else
        for (size_t j = 0; j < d; j++)
            x[j] = ((double)from[j] - center[j]) / scale[j];
}

VERSIONS(static, read_single,
         (size_t d, const float *restrict from, const double *restrict center, const double *restrict scale,
          double *restrict x),
         (d, from, center, scale, x))

VERSIONS_LOOP void read_double_loop(size_t d, const double *restrict from, const double *restrict center,
                                    const double *restrict scale, double *restrict x)
{
    if (center == NULL)
        memcpy(x, from, d * sizeof *x);
    else
        for (size_t j = 0; j < d; j++)
            x[j] = (from[j] - center[j]) / scale[j];
}

VERSIONS(static, read_double,
         (size_t d, const double *restrict from, const double *restrict center, const double *restrict scale,
          double *restrict x),
         (d, from, center, scale, x))

void network_rows_read(const struct network_rows *rows, const struct dataset_chunk *chunk, size_t row, double *x)
{
    size_t d = rows->data->d;
    if (chunk->single != NULL)
        read_single(d, chunk->single + row * d, rows->center, rows->scale, x);
    else
        read_double(d, chunk->x + row * chunk->ld, rows->center, rows->scale, x);
}
