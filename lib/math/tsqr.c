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

#include "base/versions.h"

#include <math.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

typedef double lanes __attribute__((vector_size(64)));
enum { LANES = 8 };

/* The dot product, summed in lanes so that additions overlap; they are combined in a fixed order. */
INLINE double dot(size_t n, const double *a, const double *b)
{
    lanes s = {0}, t = {0}, x, y;
    size_t i = 0;
    for (; i + 2 * LANES <= n; i += 2 * LANES) {
        memcpy(&x, a + i, sizeof x);
        memcpy(&y, b + i, sizeof y);
        s += x * y;
        memcpy(&x, a + i + LANES, sizeof x);
        memcpy(&y, b + i + LANES, sizeof y);
        t += x * y;
    }
    double rest = 0;
    for (; i < n; i++)
        rest += a[i] * b[i];
    s += t;
    return (((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]))) + rest;
}

INLINE void subtract(size_t n, double factor, const double *v, double *a)
{
    lanes x, y;
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        memcpy(&x, v + i, sizeof x);
        memcpy(&y, a + i, sizeof y);
        y -= factor * x;
        memcpy(a + i, &y, sizeof y);
    }
    for (; i < n; i++)
        a[i] -= factor * v[i];
}

/* Computes the reflection I - tau (1, v)(1, v)', v = tail / (head - beta), which takes (head, tail) to (beta,
 * 0); v replaces tail, beta replaces *head. Returns tau, 0 if the tail is 0 already. */
INLINE double reflect(double *head, size_t n, double *tail)
{
    double greatest = 0;
    for (size_t i = 0; i < n; i++)
        greatest = fabs(tail[i]) > greatest ? fabs(tail[i]) : greatest;
    if (greatest == 0)
        return 0;
    double norm;
    if (greatest > 1e-140 && greatest < 1e140) {
        norm = hypot(*head, sqrt(dot(n, tail, tail)));
    } else {
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += (tail[i] / greatest) * (tail[i] / greatest);
        norm = hypot(*head, greatest * sqrt(sum));
    }
    double beta = *head > 0 ? -norm : norm;
    double pivot = *head - beta, tau = -pivot / beta;
    for (size_t i = 0; i < n; i++)
        tail[i] /= pivot;
    *head = beta;
    return tau;
}

/* Eliminates column j of the matrix [R; a], of whose rows in a the first `reach` may be non-zero. Rows of R
 * other than j are not touched. */
VERSIONS static void eliminate_column(size_t n, double *r, size_t j, double *a, size_t ld, size_t reach)
{
    double *v = a + j * ld;
    double tau = reflect(&r[j * n + j], reach, v);
    for (size_t k = j + 1; tau != 0 && k < n; k++) {
        double w = tau * (r[j * n + k] + dot(reach, v, a + k * ld));
        r[j * n + k] -= w;
        subtract(reach, w, v, a + k * ld);
    }
}

void tsqr_fold(size_t n, double *r, size_t rows, double *a, size_t ld)
{
    /* Some rows at a time, which stay in the first-level cache from one column to the next. */
    enum { CACHE = 24 * 1024 / sizeof(double), LEAST_ROWS = 16 };
    size_t tile = CACHE / n > LEAST_ROWS ? CACHE / n : LEAST_ROWS;
    for (size_t first = 0; first < rows; first += tile) {
        size_t count = rows - first < tile ? rows - first : tile;
        for (size_t j = 0; j < n; j++)
            eliminate_column(n, r, j, a + first, ld, count);
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
        eliminate_column(n, r, j, other, n, j + 1);
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
