/* The elimination of a column by a Householder reflection, for one level (base/levels.h); included by tsqr.c. */

#include "math/lanes_level.h"

/* The dot product, summed in lanes so that additions overlap; they are combined in a fixed order. */
LEVEL_INLINE double LEVEL(dot)(size_t n, const double *a, const double *b)
{
    struct LEVEL(lanes) s = {0}, t = {0};
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        LEVEL(add_product)(&s, a + i, b + i);
        LEVEL(add_product)(&t, a + i + 8, b + i + 8);
    }
    double rest = 0;
    for (; i < n; i++)
        rest += a[i] * b[i];
    for (int k = 0; k < LEVEL(PARTS); k++)
        s.part[k] += t.part[k];
    return LEVEL(sum)(&s) + rest;
}

LEVEL_INLINE void LEVEL(subtract)(size_t n, double factor, const double *v, double *a)
{
    size_t i = 0;
    for (; i + LEVEL(WIDTH) <= n; i += LEVEL(WIDTH))
        *(LEVEL(vec) *)(a + i) -= factor * *(const LEVEL(vec) *)(v + i);
    for (; i < n; i++)
        a[i] -= factor * v[i];
}

/* Computes the reflection I - tau (1, v)(1, v)', v = tail / (head - beta), which takes (head, tail) to (beta,
 * 0); v replaces tail, beta replaces *head. Returns tau, 0 if the tail is 0 already. */
LEVEL_INLINE double LEVEL(reflect)(double *head, size_t n, double *tail)
{
    double greatest = 0;
    for (size_t i = 0; i < n; i++)
        greatest = fabs(tail[i]) > greatest ? fabs(tail[i]) : greatest;
    if (greatest == 0)
        return 0;
    double norm;
    if (greatest > 1e-140 && greatest < 1e140) {
        norm = hypot(*head, sqrt(LEVEL(dot)(n, tail, tail)));
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

/* Eliminates column j of the matrix [R; a], of whose rows in a the first `reach` may be non-zero, and applies the
 * reflection to the columns up to `end`. Rows of R other than j are not touched. Returns tau; the tail of the
 * reflection is left in column j of a. */
LEVEL_TARGET static double LEVEL(eliminate_column)(size_t n, double *r, size_t j, size_t end, double *a, size_t ld,
                                                   size_t reach)
{
    double *v = a + j * ld;
    double tau = LEVEL(reflect)(&r[j * n + j], reach, v);
    for (size_t k = j + 1; tau != 0 && k < end; k++) {
        double w = tau * (r[j * n + k] + LEVEL(dot)(reach, v, a + k * ld));
        r[j * n + k] -= w;
        LEVEL(subtract)(reach, w, v, a + k * ld);
    }
    return tau;
}
