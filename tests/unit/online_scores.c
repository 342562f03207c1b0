/* Scores of several rows at once, held against the formula row by row. */

#include "fit/online/online_scores.h"
#include "test.h"

#include <math.h>

enum { MOST = 19 };

static double stiffness_of(const struct online_stiffness *s, double curvature, double mean_curvature)
{
    return s->square * (s->first + s->later * sqrt(curvature / s->square + s->earlier * mean_curvature));
}

/* Each number against the formula, however many go at once. */
static void check_scores(size_t n)
{
    const struct online_stiffness s = {.square = 3, .first = 2, .later = 2.5, .earlier = 7};
    double curvature[MOST] = {0}, mean_curvature[MOST] = {0}, theta[MOST], average[MOST], leverage[MOST], score[MOST],
           other[MOST], slope[MOST], x = -1.5;
    for (size_t k = 0; k < n; k++) {
        curvature[k] = (double)(k * k);
        mean_curvature[k] = 0.01 * (double)k;
        theta[k] = 1 + (double)k;
        average[k] = 3 - (double)k;
        score[k] = other[k] = slope[k] = (double)k / 4;
    }
    online_scores_shrink(n, &s, curvature, mean_curvature, 5, theta);
    for (size_t k = 0; k < n; k++) {
        double q = stiffness_of(&s, curvature[k], mean_curvature[k]), wanted = (1 + (double)k) * q / (q + 5);
        CHECK(fabs(theta[k] / wanted - 1) < 1e-14, "%zu %g %g", k, theta[k], wanted);
        theta[k] = 1 + (double)k;
    }
    online_scores_enter(n, 0.5, 0.75, x, theta, average, score, other);
    for (size_t k = 0; k < n; k++) {
        double half = (1 + (double)k) / 2, mean = half / 4 + (3 - (double)k) / 2 * 3 / 4;
        CHECK(theta[k] == half && fabs(average[k] - mean) < 1e-14, "%g %g", average[k], mean);
        CHECK(fabs(score[k] - (slope[k] + half * x)) < 1e-14 && fabs(other[k] - (slope[k] + mean * x)) < 1e-14);
        score[k] = slope[k];
    }
    online_scores_gain(n, &s, mean_curvature, mean_curvature, x, 2, curvature, leverage, score);
    for (size_t k = 0; k < n; k++) {
        double known = (double)(k * k) + mean_curvature[k] * x * x, q = stiffness_of(&s, known, mean_curvature[k]);
        CHECK(fabs(curvature[k] - known) < 1e-13 && fabs(leverage[k] * q / x - 1) < 1e-14);
        CHECK(fabs(score[k] - (slope[k] + 2 * x * x / q)) < 1e-14);
        other[k] = average[k];
    }
    online_scores_move(n, slope, leverage, 0.75, theta, average);
    for (size_t k = 0; k < n; k++) {
        double moved = (1 + (double)k) / 2 - slope[k] * leverage[k];
        CHECK(fabs(theta[k] - moved) < 1e-14 && fabs(average[k] - (moved / 4 + other[k] * 3 / 4)) < 1e-14);
    }
}

int main(void)
{
    for (size_t n = 1; n <= MOST; n++)
        check_scores(n);
    return test_report("online_scores");
}
