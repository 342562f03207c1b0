/* The inner loops of online_diagonal.c, over the scores of one feature. They are compiled for each instruction set
 * (base/versions.h) with the same bits: each score is computed alone, without sums across scores. */

#include "fit/online/online_scores.h"

#include "base/versions.h"

#include <math.h>

#if !defined(__clang__)
#pragma GCC optimize("O3")
#endif

static inline __attribute__((always_inline)) double stiffness_of(const struct online_stiffness *s, double share,
                                                                 double curvature, double mean_curvature)
{
    return s->square * (s->first + s->later * sqrt(curvature * share + s->earlier * mean_curvature));
}

VERSIONS_LOOP void online_scores_shrink_loop(size_t n, const struct online_stiffness *stiffness,
                                             const double *restrict curvature, const double *restrict mean_curvature,
                                             double pull, double *restrict theta)
{
    const struct online_stiffness s = *stiffness;
    double share = 1 / s.square;
    for (size_t k = 0; k < n; k++) {
        double q = stiffness_of(&s, share, curvature[k], mean_curvature[k]);
        theta[k] *= q / (q + pull);
    }
}

VERSIONS(, online_scores_shrink,
         (size_t n, const struct online_stiffness *stiffness, const double *restrict curvature,
          const double *restrict mean_curvature, double pull, double *restrict theta),
         (n, stiffness, curvature, mean_curvature, pull, theta))

VERSIONS_LOOP void online_scores_enter_loop(size_t n, double scale, double kept, double x, double *restrict theta,
                                            double *restrict average, double *restrict score,
                                            double *restrict average_score)
{
    for (size_t k = 0; k < n; k++) {
        theta[k] *= scale;
        average[k] = theta[k] + (scale * average[k] - theta[k]) * kept;
        score[k] += theta[k] * x;
        average_score[k] += average[k] * x;
    }
}

VERSIONS(, online_scores_enter,
         (size_t n, double scale, double kept, double x, double *restrict theta, double *restrict average,
          double *restrict score, double *restrict average_score),
         (n, scale, kept, x, theta, average, score, average_score))

VERSIONS_LOOP void online_scores_gain_loop(size_t n, const struct online_stiffness *stiffness,
                                           const double *restrict of_row, const double *restrict mean_curvature,
                                           double x, double weight, double *restrict curvature,
                                           double *restrict leverage, double *restrict gain)
{
    const struct online_stiffness s = *stiffness;
    double share = 1 / s.square, weighted = weight * x, square = x * x;
    for (size_t k = 0; k < n; k++) {
        curvature[k] += of_row[k] * square;
        leverage[k] = x / stiffness_of(&s, share, curvature[k], mean_curvature[k]);
        gain[k] += weighted * leverage[k];
    }
}

VERSIONS(, online_scores_gain,
         (size_t n, const struct online_stiffness *stiffness, const double *restrict of_row,
          const double *restrict mean_curvature, double x, double weight, double *restrict curvature,
          double *restrict leverage, double *restrict gain),
         (n, stiffness, of_row, mean_curvature, x, weight, curvature, leverage, gain))

VERSIONS_LOOP void online_scores_move_loop(size_t n, const double *restrict slope, const double *restrict leverage,
                                           double kept, double *restrict theta, double *restrict average)
{
    for (size_t k = 0; k < n; k++) {
        theta[k] -= slope[k] * leverage[k];
        average[k] = theta[k] + (average[k] - theta[k]) * kept;
    }
}

VERSIONS(, online_scores_move,
         (size_t n, const double *restrict slope, const double *restrict leverage, double kept, double *restrict theta,
          double *restrict average),
         (n, slope, leverage, kept, theta, average))
