#ifndef LIKELY_FIT_ONLINE_ONLINE_SCORES_H
#define LIKELY_FIT_ONLINE_ONLINE_SCORES_H

#include <stddef.h>

/* What online_diagonal.h does to the numbers that a feature has for each of n scores, all at once. Arrays do not
 * overlap. */

/* q = square (first + later sqrt(known)), known = curvature / square + earlier mean_curvature. */
struct online_stiffness {
    double square, first, later, earlier;
};

/* theta: what a penalty of the curvature `pull` leaves of it, q / (q + pull). */
void online_scores_shrink(size_t n, const struct online_stiffness *stiffness, const double *curvature,
                          const double *mean_curvature, double pull, double *theta);

/* Scales theta and average; moves average so that what it differs from theta is `kept` of what it was; adds theta x
 * and average x to their scores. */
void online_scores_enter(size_t n, double scale, double kept, double x, double *theta, double *average, double *score,
                         double *average_score);

/* curvature += of_row x^2; sets leverage to x / q; adds weight x^2 / q to gain. */
void online_scores_gain(size_t n, const struct online_stiffness *stiffness, const double *of_row,
                        const double *mean_curvature, double x, double weight, double *curvature, double *leverage,
                        double *gain);

/* theta -= slope leverage; moves average as above. */
void online_scores_move(size_t n, const double *slope, const double *leverage, double kept, double *theta,
                        double *average);

#endif
