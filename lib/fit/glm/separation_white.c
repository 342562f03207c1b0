/* Uncorrelated columns for the search of a direction of separation.
 *
 *  1. copy_rows copies the chunks with all that their rows hold; gather takes the columns out side by side.
 *  2. orthogonalise subtracts means and, twice, the projections on earlier columns (modified Gram-Schmidt with
 *     reorthogonalisation; N. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 19.8), and
 *     divides by the sd. What an earlier column leaves of a nearly collinear one has lost digits, but no more than the
 *     column itself has; a column of which rounding is left becomes 0.
 *  3. separation_white_back solves with the triangular factor.
 *
 * Memory: twice the rows, and d^2 numbers. One thread. */

#include "fit/glm/separation_white.h"

#include "base/mem.h"
#include "fit/glm/glm_sums.h"
#include "math/dense.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double rounding = 1e-13; /* of a column of sd 1 */

static double *moved(const double *field, const struct dataset_chunk *from, double *x)
{
    return field != NULL ? x + (field - from->x) : NULL;
}

static void copy_rows(struct separation_white *white, const struct dataset *data)
{
    size_t numbers = 0;
    for (size_t c = 0; c < data->chunks; c++)
        numbers += data->chunk[c].rows * data->chunk[c].ld;
    white->rows = mem_alloc(numbers, sizeof *white->rows);
    white->data = *data;
    white->data.chunk = mem_alloc(data->chunks, sizeof *white->data.chunk);
    double *x = white->rows;
    for (size_t c = 0; c < data->chunks; c++) {
        const struct dataset_chunk *from = &data->chunk[c];
        struct dataset_chunk *to = &white->data.chunk[c];
        *to = *from;
        memcpy(x, from->x, from->rows * from->ld * sizeof *x);
        to->x = x;
        to->weight = moved(from->weight, from, x);
        to->offset = moved(from->offset, from, x);
        to->probability = moved(from->probability, from, x);
        to->target = moved(from->target, from, x);
        x += from->rows * from->ld;
    }
}

/* columns: d x n. */
static void gather(const struct dataset *data, double *columns)
{
    for (size_t c = 0, row = 0; c < data->chunks; c++)
        for (size_t r = 0; r < data->chunk[c].rows; r++, row++)
            for (size_t j = 0; j < data->d; j++)
                columns[j * data->n + row] = data->chunk[c].x[r * data->chunk[c].ld + j];
}

static void scatter(struct dataset *data, const double *columns)
{
    for (size_t c = 0, row = 0; c < data->chunks; c++)
        for (size_t r = 0; r < data->chunk[c].rows; r++, row++)
            for (size_t j = 0; j < data->d; j++)
                data->chunk[c].x[r * data->chunk[c].ld + j] = columns[j * data->n + row];
}

static double subtract_mean(size_t n, double *column)
{
    double mean = 0;
    for (size_t r = 0; r < n; r++)
        mean += column[r] / (double)n;
    for (size_t r = 0; r < n; r++)
        column[r] -= mean;
    return mean;
}

static void orthogonalise(struct separation_white *white, double *columns)
{
    size_t d = white->data.d, n = white->data.n;
    for (size_t j = 0; j < d; j++) {
        double *column = columns + j * n, size = sqrt(dense_dot(n, column, column));
        for (int pass = 0; pass < 2; pass++) {
            white->mean[j] += subtract_mean(n, column);
            for (size_t i = 0; i < j; i++) {
                double part = dense_dot(n, columns + i * n, column) / (double)n;
                dense_add(n, -part, columns + i * n, column);
                white->triangle[i * d + j] += part;
            }
        }
        double left = sqrt(dense_dot(n, column, column));
        white->triangle[j * d + j] = left > rounding * size ? left / sqrt((double)n) : 0;
        dense_scale(n, left > rounding * size ? sqrt((double)n) / left : 0, column, column);
    }
}

bool separation_white_new(struct separation_white *white, const struct glm *glm)
{
    enum { NUMBERS = 1 << 24 };
    size_t d = glm->d;
    *white = (struct separation_white){.glm = *glm};
    if (glm->data->sparse || glm->data->n > NUMBERS / (d + 1))
        return false;
    white->mean = mem_zero(d, sizeof *white->mean);
    white->triangle = mem_zero(d, d * sizeof *white->triangle);
    copy_rows(white, glm->data);
    double *columns = mem_alloc(glm->data->n, d * sizeof *columns);
    gather(&white->data, columns);
    orthogonalise(white, columns);
    scatter(&white->data, columns);
    free(columns);
    white->glm.data = &white->data;
    white->glm.has_sums = false;
    white->glm.irls_weights = NULL;
    return true;
}

void separation_white_free(struct separation_white *white)
{
    free(white->rows);
    free(white->data.chunk);
    free(white->mean);
    free(white->triangle);
}

void separation_white_back(const struct separation_white *white, double *direction)
{
    size_t d = white->data.d, width = d + 1;
    for (size_t b = 0; b < white->glm.blocks; b++) {
        double *t = direction + b * width;
        for (size_t j = d; j-- > 0;) {
            double pivot = white->triangle[j * d + j];
            t[1 + j] = pivot > 0 ? t[1 + j] / pivot : 0;
            for (size_t i = 0; i < j; i++)
                t[1 + i] -= t[1 + j] * white->triangle[i * d + j];
            t[0] -= t[1 + j] * white->mean[j];
        }
    }
}
