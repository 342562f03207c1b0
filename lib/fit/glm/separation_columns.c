/* Names the columns of a separation: those that separate classes by themselves or, if there are none, those that have
 * a weight in the direction.
 *
 *  1. separation_columns_alone finds the range of each column in each class (ranges_find), as many columns per pass
 *     over the rows as memory allows; a column separates alone if one class lies above or below all others
 *     (separates_alone).
 *  2. separation_columns_of takes the columns whose entries differ between classes by more than `negligible` of the
 *     largest.
 *
 * Memory: at most 128 MB of ranges. One thread. */

#include "fit/glm/separation_columns.h"

#include "base/mem.h"
#include "fit/glm/glm_sums.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double negligible = 1e-4; /* of the largest entry of a direction */

/* The ranges of some of the columns in the rows of each class. */
struct separation_ranges {
    size_t first, n;         /* columns */
    double *least, *largest; /* classes x n */
    double *count;           /* classes x n: stored values, and … */
    double *rows;            /* classes: the number of rows */
};

static void range_add(const struct separation_ranges *ranges, size_t at, double x)
{
    ranges->least[at] = fmin(ranges->least[at], x);
    ranges->largest[at] = fmax(ranges->largest[at], x);
    ranges->count[at]++;
}

static void add_row(const struct separation_ranges *ranges, const struct dataset_chunk *chunk, size_t row, size_t class)
{
    size_t begin = class * ranges->n;
    ranges->rows[class]++;
    if (chunk->start == NULL) {
        for (size_t j = 0; j < ranges->n; j++)
            range_add(ranges, begin + j, chunk->x[row * chunk->ld + ranges->first + j]);
        return;
    }
    for (size_t i = chunk->start[row]; i < chunk->start[row + 1]; i++)
        if (chunk->index[i] >= ranges->first && chunk->index[i] - ranges->first < ranges->n)
            range_add(ranges, begin + chunk->index[i] - ranges->first, chunk->x[i]);
}

/* Of columns `first` and the n - 1 behind it. */
static void ranges_find(const struct glm *glm, struct separation_ranges *ranges)
{
    size_t k = glm->data->classes;
    for (size_t i = 0; i < k * ranges->n; i++) {
        ranges->least[i] = (double)INFINITY;
        ranges->largest[i] = -(double)INFINITY;
        ranges->count[i] = 0;
    }
    memset(ranges->rows, 0, k * sizeof *ranges->rows);
    for (size_t i = 0; i < glm->data->chunks; i++) {
        const struct dataset_chunk *chunk = &glm->data->chunk[i];
        for (size_t r = 0; r < chunk->rows; r++)
            for (size_t c = 0; c < k; c++)
                if (glm_weight(chunk, r) > 0 && dataset_probability(chunk, r, c) > 0)
                    add_row(ranges, chunk, r, c);
    }
    for (size_t i = 0; i < k * ranges->n; i++)
        if (ranges->count[i] < ranges->rows[i / ranges->n])
            range_add(ranges, i, 0);
}

/* Whether the values of one class lie on one side of those of all others, touching at most. */
static bool separates_alone(const struct separation_ranges *ranges, size_t classes, size_t at)
{
    for (size_t c = 0; c < classes; c++) {
        bool above = true, below = true;
        for (size_t other = 0; other < classes; other++) {
            size_t own = c * ranges->n + at, its = other * ranges->n + at;
            above = above && (other == c || ranges->least[own] >= ranges->largest[its]);
            below = below && (other == c || ranges->largest[own] <= ranges->least[its]);
        }
        if (above || below)
            return true;
    }
    return false;
}

void separation_columns_alone(const struct glm *glm, struct separation *s)
{
    enum { NUMBERS = 1 << 24 };
    if (s->column != NULL)
        return;
    s->column = mem_alloc(glm->d, sizeof *s->column);
    size_t k = glm->data->classes, most = NUMBERS / (3 * k) + 1, n = glm->d < most ? glm->d : most;
    double *memory = mem_alloc(k, (3 * n + 1) * sizeof *memory);
    struct separation_ranges ranges = {0, n, memory, memory + k * n, memory + 2 * k * n, memory + 3 * k * n};
    for (; ranges.first < glm->d; ranges.first += n) {
        ranges.n = glm->d - ranges.first < n ? glm->d - ranges.first : n;
        ranges_find(glm, &ranges);
        for (size_t j = 0; j < ranges.n; j++)
            if (!glm->aliased[ranges.first + j] && separates_alone(&ranges, k, j))
                s->column[s->n++] = ranges.first + j;
    }
    s->alone = s->n > 0;
    free(memory);
}

/* Largest difference between classes of a column's entries in the direction. */
static double weight_of(const struct glm *glm, const double *direction, size_t column)
{
    double least = (double)INFINITY, largest = -least;
    for (size_t b = 0; b < glm->blocks; b++) {
        least = fmin(least, direction[b * glm->width + 1 + column]);
        largest = fmax(largest, direction[b * glm->width + 1 + column]);
    }
    if (glm->blocks < glm->scores || glm->scores == 1) {
        least = fmin(least, 0);
        largest = fmax(largest, 0);
    }
    return glm->aliased[column] ? 0 : largest - least;
}

void separation_columns_of(const struct glm *glm, const double *direction, struct separation *s)
{
    double largest = 0;
    separation_columns_alone(glm, s);
    for (size_t j = 0; j < glm->d; j++)
        largest = fmax(largest, weight_of(glm, direction, j));
    for (size_t j = 0; j < glm->d && !s->alone; j++)
        if (weight_of(glm, direction, j) > negligible * largest)
            s->column[s->n++] = j;
}
