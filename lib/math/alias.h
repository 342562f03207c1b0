#ifndef LIKELY_MATH_ALIAS_H
#define LIKELY_MATH_ALIAS_H

#include <stdbool.h>
#include <stddef.h>

/* Which columns of a matrix are linear combinations of columns before them, up to the rounding of their numbers: the
 * one rule of all trainers (alias.c). */
struct alias {
    size_t n;        /* columns of r: those that are judged, then others, such as targets */
    size_t kept;     /* in: the columns that are judged; out: those of them that stay */
    size_t *columns; /* n: a name for each column; out: the names of those that stay, then of the others */
    double *r;       /* n x n, row-major: the triangular factor; replaced by that of the columns that stay */
    double *inverse; /* out, kept x kept, row-major, lower triangle: the transposed inverse of the leading triangle */
};

/* Judges the columns from `first` on; those before stay. size: by name, the norm of the column as it was read; 0 for a
 * column that is exact. most: the rows, which no rank exceeds. The caller frees r and inverse. */
void alias_drop(struct alias *a, size_t first, const double *size, size_t most);

/* The rounding of a column of n in parts of its residual: sum is that of |b_k| |x_k| over the residual. The column is
 * aliased if it is 1 or more. */
double alias_rounding(size_t n, double sum);

/* Whether what the columns leave of a target is no more than rounding: theta (kept) fits it, and `residual` is the norm
 * of its residuals. */
bool alias_is_exact(const struct alias *a, const double *theta, const double *size, size_t target, double residual);

/* The triangular factor (n x n) of chosen columns of the order x order factor r: columns[0..n). The caller frees it. */
double *alias_refactor(const double *r, size_t order, const size_t *columns, size_t n);

#endif
