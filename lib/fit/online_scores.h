#ifndef LIKELY_FIT_ONLINE_SCORES_H
#define LIKELY_FIT_ONLINE_SCORES_H

#include <stddef.h>

/* What online_diagonal.h does to the numbers that a feature has for each of n scores, all at once. Arrays do not overlap. */

/* q = square (first + later known^(3/4)), known = curvature / square + earlier doubt. */
struct online_stiffness {
    double square, first, later, earlier;
};

/* theta: what a penalty of the curvature `pull` leaves of it, q / (q + pull). */
void online_scores_shrink(size_t n, const struct online_stiffness *stiffness, const double *curvature, const double *doubt, double pull,
                          double *theta);

/* Scales theta; sets lever to x / q; adds theta x to score, and weight x^2 / q to reach. */
void online_scores_enter(size_t n, const struct online_stiffness *stiffness, const double *curvature, const double *doubt, double scale,
                         double x, double weight, double *theta, double *lever, double *score, double *reach);

/* theta -= slope lever; curvature += of_row square. */
void online_scores_move(size_t n, const double *slope, const double *lever, const double *of_row, double square, double *theta,
                        double *curvature);

#endif
