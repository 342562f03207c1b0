#include "family/gaussians.h"

#include "base/mem.h"
#include "math/dense.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double log_two_pi = 1.83787706640934548356;

/* Sum of log of the squared diagonal of a Cholesky factor. */
static double log_det(size_t n, const double *l)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += 2 * log(l[i * n + i]);
    return sum;
}

/* For one variable the divergence is summed so that it is exactly 0 between equals and keeps its digits near them. */
static double divergence_single(double shift, double v, double w)
{
    double r = (v - w) / w;
    return 0.5 * (r - log1p(r) + shift / w * shift);
}

/* D of the Gaussian with covariance P from that whose covariance has the factor L and the log determinant log_det_q. */
static double divergence(size_t n, const double *shift, const double *p, double log_det_p, const double *l, double log_det_q)
{
    double *column = mem_alloc(n, sizeof *column), trace = 0;
    for (size_t j = 0; j < n; j++) {
        for (size_t i = 0; i < n; i++)
            column[i] = p[i * n + j];
        dense_cholesky_solve(n, l, column);
        trace += column[j] - 1;
    }
    memcpy(column, shift, n * sizeof *column);
    dense_cholesky_solve(n, l, column);
    double distance = dense_dot(n, shift, column);
    free(column);
    return 0.5 * (trace + (log_det_q - log_det_p) + distance);
}

bool gaussians_compare(size_t n, const double *const mean[2], const double *const covariance[2],
                       struct gaussians_divergence *result, size_t *singular)
{
    double *l[2] = {NULL, NULL}, *shift = mem_alloc(n, sizeof *shift), log_dets[2] = {0};
    bool definite = true;
    for (size_t i = 0; i < n; i++)
        shift[i] = mean[0][i] - mean[1][i];
    for (size_t k = 0; k < 2 && definite; k++) {
        l[k] = mem_alloc(n * n, sizeof **l);
        memcpy(l[k], covariance[k], n * n * sizeof **l);
        definite = dense_cholesky(n, l[k]);
        *singular = k;
        log_dets[k] = definite ? log_det(n, l[k]) : NAN;
    }
    if (definite) {
        double constant = 0.5 * (double)n * (log_two_pi + 1);
        *result = (struct gaussians_divergence){
            .forward = n == 1 ? divergence_single(shift[0], covariance[0][0], covariance[1][0])
                              : divergence(n, shift, covariance[0], log_dets[0], l[1], log_dets[1]),
            .reverse = n == 1 ? divergence_single(shift[0], covariance[1][0], covariance[0][0])
                              : divergence(n, shift, covariance[1], log_dets[1], l[0], log_dets[0]),
            .entropy_p = constant + 0.5 * log_dets[0],
            .entropy_q = constant + 0.5 * log_dets[1],
        };
    }
    free(l[0]);
    free(l[1]);
    free(shift);
    return definite;
}
