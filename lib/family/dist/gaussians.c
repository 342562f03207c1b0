/* Kullback-Leibler divergence and entropies of multivariate Gaussians, by the Cholesky factors of their
 * covariances.
 *
 * The divergence is a sum of non-negative terms, so that it is exactly 0 between equal Gaussians and accurate
 * near them: with the factors P = K K', Q = L L' and M = L^-1 K, the trace and the log-determinant combine to
 * the sum over the diagonal of M of m^2 - 1 - log m^2 (excess), plus the squares below it (divergence). One
 * variable is done without factors (divergence_single). n^3 operations, n^2 memory; one thread. */
#include "family/dist/gaussians.h"

#include "base/mem.h"
#include "math/dense.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* r - log(1 + r) >= 0; log_ratio is log(1 + r), needed for r near -1, which has lost its digits. */
static double excess(double r, double log_ratio)
{
    return r - (r > -0.5 ? log1p(r) : log_ratio);
}

/* D of N(0, v) from N(shift, w): exactly 0 between equals, and accurate near them. */
static double divergence_single(double shift, double v, double w)
{
    return 0.5 * (excess((v - w) / w, log(v) - log(w)) + shift / w * shift);
}

/* x := L^-1 x */
static void solve_lower(size_t n, const double *l, double *x)
{
    for (size_t i = 0; i < n; i++)
        x[i] = (x[i] - dense_dot(i, l + i * n, x)) / l[i * n + i];
}

/* D of p from q, whose covariances have the factors K and L. With M = L^-1 K, tr(Q^-1 P) is the sum of the
 * squares of M, and det P / det Q the squared product of its diagonal. All terms are >= 0 and exactly 0 between
 * equals. */
static double divergence(size_t n, const double *shift, const double *k, const double *l)
{
    double *column = mem_alloc(n, sizeof *column), sum = 0;
    for (size_t j = 0; j < n; j++) {
        for (size_t i = 0; i < n; i++)
            column[i] = i < j ? 0 : k[i * n + j];
        solve_lower(n, l, column);
        sum += excess((column[j] - 1) * (column[j] + 1), 2 * log(column[j]));
        sum += dense_dot(n - j - 1, column + j + 1, column + j + 1);
    }
    memcpy(column, shift, n * sizeof *column);
    solve_lower(n, l, column);
    sum += dense_dot(n, column, column);
    free(column);
    return 0.5 * sum;
}

/* The Cholesky factor of a covariance, malloc'ed; NULL if it is not positive definite. */
static double *factor(size_t n, const double *covariance, double *log_det)
{
    double *l = mem_alloc(n * n, sizeof *l), sum = 0;
    memcpy(l, covariance, n * n * sizeof *l);
    if (!dense_cholesky(n, l)) {
        free(l);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        sum += 2 * log(l[i * n + i]);
    *log_det = sum;
    return l;
}

static double entropy_of(size_t n, double log_det)
{
    return 0.5 * (double)n * (special_log_two_pi + 1) + 0.5 * log_det;
}

bool gaussians_entropy(size_t n, const double *covariance, double *entropy)
{
    double log_det, *l = factor(n, covariance, &log_det);
    if (l == NULL)
        return false;
    *entropy = entropy_of(n, log_det);
    free(l);
    return true;
}

bool gaussians_compare(size_t n, const double *const mean[2], const double *const covariance[2],
                       struct gaussians_divergence *result, size_t *singular)
{
    double *l[2] = {NULL, NULL}, *shift = mem_alloc(n, sizeof *shift), log_det[2] = {0};
    for (size_t i = 0; i < n; i++)
        shift[i] = mean[0][i] - mean[1][i];
    for (size_t k = 0; k < 2 && (k == 0 || l[0] != NULL); k++) {
        l[k] = factor(n, covariance[k], &log_det[k]);
        *singular = k;
    }
    bool definite = l[1] != NULL;
    if (definite)
        *result = (struct gaussians_divergence){
            .forward = n == 1 ? divergence_single(shift[0], covariance[0][0], covariance[1][0])
                              : divergence(n, shift, l[0], l[1]),
            .reverse = n == 1 ? divergence_single(shift[0], covariance[1][0], covariance[0][0])
                              : divergence(n, shift, l[1], l[0]),
            .entropy_p = entropy_of(n, log_det[0]),
            .entropy_q = entropy_of(n, log_det[1]),
        };
    free(l[0]);
    free(l[1]);
    free(shift);
    return definite;
}
