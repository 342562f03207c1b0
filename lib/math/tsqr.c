/* QR of a tall matrix that arrives in blocks of rows, keeping only the n x n triangle R (TSQR; references in
 * tsqr.h).
 *
 * 1. tsqr_fold takes a block of rows, stored by columns, in tiles of 24 KB that stay in the first-level cache.
 * 2. For each column j, eliminate_column computes the Householder reflection of R[j][j] and the tile's column
 *    (reflect), which makes that column 0, and applies it to the columns right of it.
 * 3. tsqr_merge folds one triangle into another in the same way; column j of it has only j + 1 entries.
 *
 * Norms of entries beyond 1e140 or below 1e-140 are scaled, so that nothing overflows or underflows. Sums run in
 * lanes and are combined in one order: the same bits for every instruction set. For the same bits with any
 * number of threads, callers fold blocks of a fixed size and merge the triangles in a fixed order. No memory is
 * allocated. */
#include "math/tsqr.h"

#include <math.h>
#include <string.h>

#define LEVELS_OF "math/tsqr_level.h"
#include "base/levels.h"

void tsqr_fold(size_t n, double *r, size_t rows, double *a, size_t ld)
{
    /* Some rows at a time, which stay in the first-level cache from one column to the next. */
    enum { CACHE = 24 * 1024 / sizeof(double), LEAST_ROWS = 16 };
    size_t tile = CACHE / n > LEAST_ROWS ? CACHE / n : LEAST_ROWS;
    for (size_t first = 0; first < rows; first += tile) {
        size_t count = rows - first < tile ? rows - first : tile;
        for (size_t j = 0; j < n; j++)
            LEVELS_CHOOSE(eliminate_column)(n, r, j, a + first, ld, count);
    }
}

void tsqr_merge(size_t n, double *r, double *other)
{
    /* Stored by columns: the j-th has j + 1 entries. */
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            other[j * n + i] = other[i * n + j];
            other[i * n + j] = 0;
        }
    }
    for (size_t j = 0; j < n; j++)
        LEVELS_CHOOSE(eliminate_column)(n, r, j, other, n, j + 1);
}

void tsqr_solve(size_t n, const double *r, size_t ld, const double *b, size_t b_step, double *x)
{
    for (size_t i = n; i-- > 0;) {
        double sum = b[i * b_step];
        for (size_t k = i + 1; k < n; k++)
            sum -= r[i * ld + k] * x[k];
        x[i] = sum / r[i * ld + i];
    }
}

void tsqr_inverse(size_t n, const double *r, size_t ld, double *inverse)
{
    memset(inverse, 0, n * n * sizeof *inverse);
    for (size_t j = 0; j < n; j++) {
        inverse[j * n + j] = 1 / r[j * ld + j];
        for (size_t i = j; i-- > 0;) {
            double sum = 0;
            for (size_t k = i + 1; k <= j; k++)
                sum += r[i * ld + k] * inverse[k * n + j];
            inverse[i * n + j] = -sum / r[i * ld + i];
        }
    }
}
