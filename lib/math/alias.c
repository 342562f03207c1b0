/* Finds aliased columns from a triangular factor R.
 *
 *  1. A number that was read differs from what was written by up to half an eps of its size. A column x_j that is
 *     exactly a combination sum b_k x_k of those before, as written, therefore leaves a residual of up to about
 *     eps (|x_j| + sum |b_k| |x_k|), the norms being those of the columns as read: a shift of the columns makes the
 *     numbers smaller but not their errors. Rounding in the factorisation has the same form (N. Higham, Accuracy and
 *     Stability of Numerical Algorithms, 2nd ed., 2002, theorems 19.4 and 20.3), with norms of the shifted columns.
 *  2. The residual of x_j is R_jj, and column j of the inverse of R is (-b, 1) / R_jj. The column is aliased if
 *     c eps sum_k |inverse_kj| |x_k| is 1 or more (alias_rounding), so the test costs nothing beyond the inverse, which
 *     standard errors need anyway.
 *  3. alias_drop judges columns from the first on, leaves out aliased ones, and factors what is left. No rank exceeds
 *     the number of rows.
 *
 * Memory: the inverse, and the columns of R while it is factored anew. Time: n^3 for each column that is left out. One
 * thread. */

#include "math/alias.h"

#include "base/mem.h"
#include "math/dense.h"
#include "math/tsqr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double alias_rounding(size_t n, double sum)
{
    /* Residuals of exact combinations stay below an eighth of this part of the sizes (tests/unit/alias.c). */
    return 4 * 2.220446049250313e-16 * sqrt((double)n) * sum;
}

double *alias_refactor(const double *r, size_t order, const size_t *columns, size_t n)
{
    double *result = mem_zero(n * n, sizeof *result), *a = mem_alloc(order * n, sizeof *a);
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < order; i++)
            a[j * order + i] = r[i * order + columns[j]];
    tsqr_fold(n, result, order, a, order);
    free(a);
    return result;
}

/* Fills row j of the transposed inverse; the rows before stand. */
static void invert_column(const struct alias *a, size_t ld, size_t j)
{
    double *row = a->inverse + j * ld;
    row[j] = 1 / a->r[j * a->n + j];
    for (size_t i = j; i-- > 0;) {
        const double *upper = a->r + i * a->n;
        row[i] = -dense_dot(j - i, upper + i + 1, row + i + 1) / upper[i];
    }
}

static bool is_aliased(const struct alias *a, size_t ld, const double *size, size_t j)
{
    double sum = 0;
    if (a->r[j * a->n + j] == 0)
        return true;
    invert_column(a, ld, j);
    for (size_t k = 0; k <= j; k++)
        sum += fabs(a->inverse[j * ld + k]) * size[a->columns[k]];
    return !(alias_rounding(a->n, sum) < 1);
}

static void drop(struct alias *a, size_t j)
{
    size_t order = a->n, *rest = mem_alloc(order, sizeof *rest);
    for (size_t k = 0, i = 0; k < order; k++)
        if (k != j)
            rest[i++] = k;
    a->n--;
    a->kept--;
    memmove(a->columns + j, a->columns + j + 1, (a->n - j) * sizeof *a->columns);
    double *r = alias_refactor(a->r, order, rest, a->n);
    free(a->r);
    a->r = r;
    free(rest);
}

void alias_drop(struct alias *a, size_t first, const double *size, size_t most)
{
    size_t ld = a->kept;
    a->inverse = mem_zero(ld * ld, sizeof *a->inverse);
    for (size_t j = 0; j < first; j++)
        invert_column(a, ld, j);
    for (size_t j = first; j < a->kept;) {
        if (j >= most || is_aliased(a, ld, size, j))
            drop(a, j);
        else
            j++;
    }
    for (size_t j = 1; a->kept < ld && j < a->kept; j++)
        memmove(a->inverse + j * a->kept, a->inverse + j * ld, a->kept * sizeof *a->inverse);
}

bool alias_is_exact(const struct alias *a, const double *theta, const double *size, size_t target, double residual)
{
    double sum = size[target];
    for (size_t k = 0; k < a->kept; k++)
        sum += fabs(theta[k]) * size[a->columns[k]];
    return residual <= alias_rounding(a->n, sum);
}
