/* Aliased columns of a glm, by the rule that all trainers share (math/alias.h).
 *
 *  1. The Gram matrix, which costs a small part of a Newton step, is factored by Cholesky (is_doubtful). It has half of
 *     the digits: it tells columns that are clearly independent, not combinations from columns that are close to one.
 *  2. Only where a column is in doubt, fold_rows makes the triangular factor of [1, columns] from the rows by QR, and
 *     alias_drop decides.
 *
 * Memory: 2 (1 + d)^2 numbers and a chunk of rows in the second case. One thread. */

#include "fit/glm/glm_alias.h"

#include "base/mem.h"
#include "fit/glm/glm_sums.h"
#include "math/alias.h"
#include "math/dense.h"
#include "math/tsqr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A pivot below the first part of its column, or an estimate of the rounding above the second part of its bound, is for
 * QR to judge. The Cholesky factor is right to about 1e-16 / pivot^2. */
static const double small_pivot = 1e-6, large_rounding = 1e-2;

/* The norm of each column as it was read, in units of its scale. */
static double *column_sizes(const struct glm *glm)
{
    double *size = mem_alloc(glm->d, sizeof *size), root = sqrt(glm->data->weight_sum);
    for (size_t j = 0; j < glm->d; j++)
        size[j] = root * hypot(glm->center[j] / glm->scale[j], 1);
    return size;
}

/* gram becomes L of its Cholesky factorisation, where columns that are aliased already have rows of 0. Row j of the
 * inverse of L tells how the rounding of the columns before adds up in column j. */
static bool is_doubtful(const struct glm *glm, double *gram, const double *size)
{
    size_t d = glm->d;
    double *inverse = mem_zero(d * d, sizeof *inverse);
    bool doubtful = false;
    for (size_t i = 0; i < d && !doubtful; i++) {
        double *row = gram + i * d, *inverse_row = inverse + i * d, whole = row[i], sum = 0;
        if (glm->aliased[i])
            continue;
        for (size_t j = 0; j < i; j++)
            row[j] = glm->aliased[j] ? 0 : (row[j] - dense_dot(j, row, gram + j * d)) / gram[j * d + j];
        double left = whole - dense_dot(i, row, row);
        doubtful = !(left > small_pivot * small_pivot * whole);
        row[i] = sqrt(fmax(left, 0));
        for (size_t j = 0; j < i && !doubtful; j++)
            dense_add(j + 1, -row[j] / row[i], inverse + j * d, inverse_row);
        inverse_row[i] = 1 / row[i];
        for (size_t j = 0; j <= i; j++)
            sum += fabs(inverse_row[j]) * size[j];
        doubtful = doubtful || alias_rounding(1 + d, sum) > large_rounding;
    }
    free(inverse);
    return doubtful;
}

/* r: the factor of the weighted rows' columns. Returns the rows of weight above 0. */
static size_t fold_rows(const struct glm *glm, const size_t *columns, size_t n, double *r)
{
    size_t count = 0;
    for (size_t c = 0; c < glm->data->chunks; c++) {
        const struct dataset_chunk *chunk = &glm->data->chunk[c];
        double *a = mem_alloc(chunk->rows * n, sizeof *a);
        for (size_t row = 0; row < chunk->rows; row++) {
            double weight = glm_weight(chunk, row), root = sqrt(weight);
            count += weight > 0;
            a[row] = root;
            for (size_t k = 1; k < n; k++)
                a[k * chunk->rows + row] = root * chunk->x[row * chunk->ld + columns[k]];
        }
        tsqr_fold(n, r, chunk->rows, a, chunk->rows);
        free(a);
    }
    return count;
}

static void judge(struct glm *glm, const double *size)
{
    size_t n = 1, *columns = mem_zero(1 + glm->d, sizeof *columns);
    for (size_t j = 0; j < glm->d; j++)
        if (!glm->aliased[j])
            columns[n++] = j;
    struct alias a = {.n = n, .kept = n, .columns = columns, .r = mem_zero(n * n, sizeof(double))};
    double *sizes = mem_zero(1 + glm->d, sizeof *sizes);
    size_t rows = fold_rows(glm, columns, n, a.r);
    memcpy(sizes + 1, size, glm->d * sizeof *size);
    for (size_t k = 1; k < n; k++)
        columns[k]++;
    alias_drop(&a, 1, sizes, rows);
    memset(glm->aliased, true, glm->d * sizeof *glm->aliased);
    for (size_t k = 1; k < a.kept; k++)
        glm->aliased[columns[k] - 1] = false;
    free(a.r);
    free(a.inverse);
    free(columns);
    free(sizes);
}

void glm_alias_find(struct glm *glm, double *gram)
{
    double *size = column_sizes(glm);
    if (is_doubtful(glm, gram, size))
        judge(glm, size);
    free(size);
}
