#include "fit/network_rows.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

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

void network_rows_read(const struct network_rows *rows, const struct dataset_chunk *chunk, size_t row, double *x)
{
    size_t d = rows->data->d;
    const double *from = chunk->x + row * chunk->ld;
    if (rows->center == NULL)
        memcpy(x, from, d * sizeof *x);
    for (size_t j = 0; rows->center != NULL && j < d; j++)
        x[j] = (from[j] - rows->center[j]) / rows->scale[j];
}
