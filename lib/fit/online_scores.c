#include "fit/online_scores.h"

#include "base/versions.h"

#include <math.h>

#if !defined(__clang__)
#pragma GCC optimize("O3")
#endif

static inline __attribute__((always_inline)) double stiffness_of(const struct online_stiffness *s, double share, double curvature,
                                                                 double doubt)
{
    double root = sqrt(curvature * share + s->earlier * doubt);
    return s->square * (s->first + s->later * (root * sqrt(root)));
}

VERSIONS void online_scores_shrink(size_t n, const struct online_stiffness *stiffness, const double *restrict curvature,
                                   const double *restrict doubt, double pull, double *restrict theta)
{
    const struct online_stiffness s = *stiffness;
    double share = 1 / s.square;
    for (size_t k = 0; k < n; k++) {
        double q = stiffness_of(&s, share, curvature[k], doubt[k]);
        theta[k] *= q / (q + pull);
    }
}

VERSIONS void online_scores_enter(size_t n, const struct online_stiffness *stiffness, const double *restrict curvature,
                                  const double *restrict doubt, double scale, double x, double weight, double *restrict theta,
                                  double *restrict lever, double *restrict score, double *restrict reach)
{
    const struct online_stiffness s = *stiffness;
    double share = 1 / s.square, weighted = weight * x;
    for (size_t k = 0; k < n; k++) {
        theta[k] *= scale;
        lever[k] = x / stiffness_of(&s, share, curvature[k], doubt[k]);
        score[k] += theta[k] * x;
        reach[k] += weighted * lever[k];
    }
}

VERSIONS void online_scores_move(size_t n, const double *restrict slope, const double *restrict lever, const double *restrict of_row,
                                 double square, double *restrict theta, double *restrict curvature)
{
    for (size_t k = 0; k < n; k++) {
        theta[k] -= slope[k] * lever[k];
        curvature[k] += of_row[k] * square;
    }
}
