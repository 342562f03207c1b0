#ifndef LIKELY_FIT_ONLINE_ONLINE_SCORES_H
#define LIKELY_FIT_ONLINE_ONLINE_SCORES_H

#include <stddef.h>

/* What online_diagonal.h does to the numbers that a feature has for each of n scores, all at once. Arrays do not
 * overlap. */

/* q = square (first + later sqrt(known)), known = curvature / square + earlier doubt. */
struct online_stiffness {
    double square, first, later, earlier;
};

/* theta: what a penalty of the curvature `pull` leaves of it, q / (q + pull). */
void online_scores_shrink(size_t n, const struct online_stiffness *stiffness, const double *curvature,
                          const double *doubt, double pull, double *theta);

/* Scales theta and average; moves average so that what it differs from theta is `kept` of what it was; adds theta x and
 * average x to their scores. */
void online_scores_enter(size_t n, double scale, double kept, double x, double *theta, double *average, double *score,
                         double *average_score);

/* curvature += of_row x^2; sets lever to x / q; adds weight x^2 / q to reach. */
void online_scores_reach(size_t n, const struct online_stiffness *stiffness, const double *of_row, const double *doubt,
                         double x, double weight, double *curvature, double *lever, double *reach);

/* theta -= slope lever; moves average as above. */
void online_scores_move(size_t n, const double *slope, const double *lever, double kept, double *theta,
                        double *average);

#endif
