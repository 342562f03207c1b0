/* QR of a tall matrix that arrives in blocks of rows, keeping only the n x n triangle R (TSQR; references in
 * tsqr.h).
 *
 * 1. tsqr_fold takes a block of rows, stored by columns, in tiles of 24 KB that stay in the first-level cache
 *    (fold_narrow), or, if there are many columns, of 512 rows (eliminate_panels).
 * 2. For each column j, eliminate_column computes the Householder reflection of R[j][j] and the tile's column
 *    (reflect), which makes that column 0, and applies it to the columns right of it.
 * 3. Of many columns, make_panel eliminates PANEL and joins their reflections to one, I - V T V' (R. Schreiber and C.
 *    Van Loan, A Storage-Efficient WY Representation for Products of Householder Transformations, SIAM J. Sci. Stat.
 *    Comput. 10 (1989), 53), which apply_panel applies to the other columns as products of matrices.
 * 4. tsqr_merge folds one triangle into another in the same way; column j of it has only j + 1 entries.
 *
 * Norms of entries beyond 1e140 or below 1e-140 are scaled, so that nothing overflows or underflows. Sums run in
 * lanes and are combined in one order: the same bits for every instruction set. For the same bits with any
 * number of threads, callers fold blocks of a fixed size and merge the triangles in a fixed order. Memory: 2 PANEL
 * numbers per column of a wide matrix. */
#include "math/tsqr.h"

#include "base/mem.h"
#include "math/dense.h"
#include "math/product.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define LEVELS_OF "math/tsqr_level.h"
#include "base/levels.h"

/* Rows of a narrow matrix, some at a time, which stay in the first-level cache from one column to the next. */
static void fold_narrow(size_t n, double *r, size_t rows, double *a, size_t ld)
{
    enum { CACHE = 24 * 1024 / sizeof(double), LEAST_ROWS = 16 };
    size_t tile = CACHE / n > LEAST_ROWS ? CACHE / n : LEAST_ROWS;
    for (size_t first = 0; first < rows; first += tile) {
        size_t count = rows - first < tile ? rows - first : tile;
        for (size_t j = 0; j < n; j++)
            LEVELS_CHOOSE(eliminate_column)(n, r, j, n, a + first, ld, count);
    }
}

enum { PANEL = 32 };

/* A panel of reflections I - V T V', V: the heads, one row of R each, above `rows` rows of tails in columns of a. */
struct tsqr_panel {
    size_t first, columns; /* of the matrix */
    size_t rows, ld;
    double *v;               /* the tails */
    double t[PANEL * PANEL]; /* row-major, PANEL apart */
};

/* Eliminates the columns of a panel, one by one, and joins their reflections: T[i][j] = -tau[j] sum over k of T[i][k]
 * v[k]'v[j]. The heads are orthogonal. */
static void make_panel(struct tsqr_panel *p, size_t n, double *r, double *a)
{
    memset(p->t, 0, sizeof p->t);
    for (size_t j = 0; j < p->columns; j++) {
        double product[PANEL];
        double tau = LEVELS_CHOOSE(eliminate_column)(n, r, p->first + j, p->first + p->columns, a, p->ld, p->rows);
        for (size_t k = 0; k < j; k++)
            product[k] = dense_dot(p->rows, p->v + k * p->ld, p->v + j * p->ld);
        p->t[j * PANEL + j] = tau;
        for (size_t i = 0; i < j; i++) {
            double sum = 0;
            for (size_t k = i; k < j; k++)
                sum += p->t[i * PANEL + k] * product[k];
            p->t[i * PANEL + j] = -tau * sum;
        }
    }
}

/* Applies the transposed reflections to m columns behind the panel: W = (R' + A'V) T, R' -= W, A' -= W V', with the
 * panel's rows of R in r and the columns in a. Room: 2 m PANEL numbers. */
static void apply_panel(const struct tsqr_panel *p, size_t n, size_t m, double *r, double *a, double *room)
{
    size_t k = p->columns;
    double *sum = room, *w = room + m * k;
    for (size_t j = 0; j < m; j++)
        for (size_t i = 0; i < k; i++)
            sum[j * k + i] = r[i * n + j];
    struct product inner = {.rows = m,
                            .columns = k,
                            .n = p->rows,
                            .a_row = p->ld,
                            .a_column = 1,
                            .b_row = 1,
                            .b_column = p->ld,
                            .c_row = k};
    product_double(&inner, a, p->v, sum);
    struct product join = {
        .rows = m, .columns = k, .n = k, .a_row = k, .a_column = 1, .b_row = PANEL, .b_column = 1, .c_row = k};
    memset(w, 0, m * k * sizeof *w);
    product_double(&join, sum, p->t, w);
    for (size_t j = 0; j < m; j++) {
        for (size_t i = 0; i < k; i++) {
            r[i * n + j] -= w[j * k + i];
            w[j * k + i] = -w[j * k + i];
        }
    }
    struct product outer = {.rows = m,
                            .columns = p->rows,
                            .n = k,
                            .a_row = k,
                            .a_column = 1,
                            .b_row = p->ld,
                            .b_column = 1,
                            .c_row = p->ld};
    product_double(&outer, w, p->v, a);
}

/* A wide matrix: reflections of PANEL columns at a time are applied to the others as matrix products. Column j of a
 * triangle has j + 1 entries. */
static void eliminate_panels(size_t n, double *r, size_t rows, bool is_triangle, double *a, size_t ld)
{
    double *room = mem_alloc(n, 2 * PANEL * sizeof *room);
    struct tsqr_panel p = {.rows = rows, .ld = ld};
    for (; p.first < n; p.first += PANEL) {
        size_t end = n - p.first < PANEL ? n : p.first + PANEL;
        p.columns = end - p.first;
        p.rows = is_triangle ? end : rows;
        p.v = a + p.first * ld;
        make_panel(&p, n, r, a);
        if (end < n)
            apply_panel(&p, n, n - end, r + p.first * n + end, a + end * ld, room);
    }
    free(room);
}

enum { WIDE = 96, MANY_ROWS = 16 };

void tsqr_fold(size_t n, double *r, size_t rows, double *a, size_t ld)
{
    enum { TILE = 512 };
    if (n < WIDE || rows < MANY_ROWS)
        fold_narrow(n, r, rows, a, ld);
    else
        for (size_t first = 0; first < rows; first += TILE)
            eliminate_panels(n, r, rows - first < TILE ? rows - first : TILE, false, a + first, ld);
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
    if (n >= WIDE)
        eliminate_panels(n, r, n, true, other, n);
    for (size_t j = 0; n < WIDE && j < n; j++)
        LEVELS_CHOOSE(eliminate_column)(n, r, j, n, other, n, j + 1);
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
