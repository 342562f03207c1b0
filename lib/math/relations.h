#ifndef LIKELY_MATH_RELATIONS_H
#define LIKELY_MATH_RELATIONS_H

#include <stdbool.h>
#include <stddef.h>

/* Linear relations that hold in every row of a matrix: each dependent column is a constant plus a combination of
 * columns that are not dependent. A linear fit determines the prediction of a row if and only if the row satisfies all
 * of them, so that it lies in the row space of the matrix. Zero-initialise. */
struct relations {
    size_t n;         /* one for each dependent column, in their order */
    double *rounding; /* n: a row satisfies relation i if |x_i - sum| <= rounding[i] (|x_i| + sum of |summands|) */
    size_t terms;
    double *term; /* terms x 3: relation, column (0: the constant, 1 + j: column j), coefficient */
};
void relations_free(struct relations *relations);

/* A matrix by its triangular factor. */
struct relations_matrix {
    size_t d;             /* columns */
    const bool *aliased;  /* d: the dependent ones */
    const double *center; /* d: the factor is that of 1, then of (x - center) / scale */
    const double *scale;  /* d; NULL: all 1 */
    size_t order;         /* of the factor */
    const double *r;      /* order x order, row-major, upper triangle */
    size_t first;         /* 0: the matrix has no column of ones, else 1 */
    const size_t *column; /* d: column j of the factor is that of x_j, 0: x_j is not in the factor, since it is always
                             center_j; NULL: j + 1 */
};

/* Finds the relations of a matrix whose other columns are independent. More than RELATIONS_TERMS_MAX terms are not
 * stored: the result has n = 0 then. */
enum { RELATIONS_TERMS_MAX = 1 << 20 };
void relations_find(struct relations *relations, const struct relations_matrix *matrix);

#endif
