#include "math/dense.h"

#include "base/mem.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>

/* LAPACK sees a row-major lower triangle as a column-major upper one: "U" throughout. */
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info);
void dpotrs_(const char *uplo, const int *n, const int *nrhs, const double *a, const int *lda, double *b, const int *ldb, int *info);
void dpotri_(const char *uplo, const int *n, double *a, const int *lda, int *info);
void dgetrf_(const int *rows, const int *columns, double *a, const int *lda, int *pivots, int *info);
void dgetri_(const int *n, double *a, const int *lda, const int *pivots, double *work, const int *size, int *info);

double dense_dot(size_t n, const double *a, const double *b)
{
    return cblas_ddot((int)n, a, 1, b, 1);
}

double dense_norm_max(size_t n, const double *a)
{
    double norm = 0;
    for (size_t i = 0; i < n; i++)
        if (!(fabs(a[i]) <= norm))
            norm = fabs(a[i]);
    return norm;
}

void dense_add(size_t n, double factor, const double *a, double *b)
{
    cblas_daxpy((int)n, factor, a, 1, b, 1);
}

void dense_mirror(size_t n, double *h)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            h[j * n + i] = h[i * n + j];
}

bool dense_cholesky(size_t n, double *a)
{
    int info, order = (int)n;
    for (size_t i = 0; i < n; i++)
        if (!(a[i * n + i] > 0 && isfinite(a[i * n + i])))
            return false;
    dpotrf_("U", &order, a, &order, &info);
    return info == 0;
}

void dense_cholesky_solve(size_t n, const double *l, double *b)
{
    int info, order = (int)n, one = 1;
    dpotrs_("U", &order, &one, l, &order, b, &order, &info);
}

void dense_cholesky_inverse(size_t n, double *l)
{
    int info, order = (int)n;
    dpotri_("U", &order, l, &order, &info);
    dense_mirror(n, l);
}

/* The transpose that LAPACK sees has the transpose of the inverse. */
bool dense_inverse(size_t n, double *a)
{
    int info, order = (int)n;
    int *pivots = mem_alloc(n, sizeof *pivots);
    double *work = mem_alloc(n, sizeof *work);
    dgetrf_(&order, &order, a, &order, pivots, &info);
    if (info == 0)
        dgetri_(&order, a, &order, pivots, work, &order, &info);
    free(pivots);
    free(work);
    return info == 0;
}
