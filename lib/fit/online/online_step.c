/* The loss of one row of scores, and the implicit step; the definitions are in online_step.h.
 *
 *  1. online_step_loss: softmax or sigmoid with the greatest score subtracted, exact in both tails.
 *  2. online_step: Newton's method from the scores before. The Hessian is a diagonal less p p', inverted by the
 *     formula of Sherman and Morrison in O(n) (find_move); a step is halved while the sum is not lower.
 *
 * It converges to rounding: the last step is about the root of it. Memory: 4 n numbers of the caller. */

#include "fit/online/online_step.h"

#include <math.h>

enum { STEPS = 100, HALVINGS = 40 };
/* A Newton step of this size, relative to the scores, is the last: the error left is about its square. */
static const double last_move = 1e-7;

/* The place of the label's score; n: the class whose score is always 0. */
static size_t place_of(size_t n, bool several, uint32_t label)
{
    return several ? label : label == 1 ? 0 : n;
}

double online_step_loss(size_t n, bool several, uint32_t label, const double *score, double *p)
{
    size_t top = n, hit = place_of(n, several, label);
    double greatest = several ? -(double)INFINITY : 0;
    for (size_t k = 0; k < n; k++) {
        top = score[k] > greatest ? k : top;
        greatest = score[k] > greatest ? score[k] : greatest;
    }
    double rest =
        several || top == n ? 0 : exp(-greatest); /* sum of the other classes' exponentials, the greatest being 1 */
    for (size_t k = 0; k < n; k++) {
        p[k] = exp(score[k] - greatest);
        rest += k == top ? 0 : p[k];
    }
    for (size_t k = 0; k < n; k++)
        p[k] /= 1 + rest;
    return greatest - (hit < n ? score[hit] : 0) + log1p(rest);
}

static double value_at(size_t n, bool several, uint32_t label, const double *score, const double *gain, const double *s,
                       double *p)
{
    double value = online_step_loss(n, several, label, s, p);
    for (size_t k = 0; k < n; k++)
        value += (s[k] - score[k]) * (s[k] - score[k]) / (2 * gain[k]);
    return value;
}

/* move: the Newton step at s, to be subtracted, by the inverse of the diagonal 1 / gain + p less p p' (J. Sherman and
 * W. Morrison, Ann. Math. Stat. 21 (1950), 124). Returns its greatest entry relative to the scores. */
static double find_move(size_t n, bool several, size_t hit, const double *score, const double *gain, const double *s,
                        const double *p, double *move)
{
    double left = several ? 0 : 1 - p[0], along = 0, greatest = 0; /* left: 1 - p' diagonal^-1 p */
    for (size_t k = 0; k < n; k++) {
        double gradient = s[k] - score[k] + gain[k] * (p[k] - (k == hit));
        move[k] = gradient / (1 + gain[k] * p[k]);
        along += p[k] * move[k];
        left += p[k] / (1 + gain[k] * p[k]);
    }
    for (size_t k = 0; k < n; k++) {
        move[k] += gain[k] * p[k] / (1 + gain[k] * p[k]) * along / left;
        greatest = fmax(greatest, fabs(move[k]) / (1 + fabs(s[k])));
    }
    return greatest;
}

void online_step(size_t n, bool several, uint32_t label, const double *score, const double *gain, double *slope,
                 double *work)
{
    double *s = work, *next = work + n, *p = work + 2 * n, *move = work + 3 * n;
    size_t hit = place_of(n, several, label);
    for (size_t k = 0; k < n; k++)
        s[k] = score[k];
    double value = value_at(n, several, label, score, gain, s, p), moved = (double)INFINITY;
    for (size_t step = 0; step < STEPS && moved > last_move; step++) {
        moved = find_move(n, several, hit, score, gain, s, p, move);
        double share = 1, lowered = value;
        for (size_t i = 0; i < HALVINGS; i++, share /= 2) {
            for (size_t k = 0; k < n; k++)
                next[k] = s[k] - share * move[k];
            lowered = value_at(n, several, label, score, gain, next, p);
            if (lowered <= value || moved <= last_move)
                break;
        }
        value = lowered;
        for (size_t k = 0; k < n; k++)
            s[k] = next[k];
    }
    for (size_t k = 0; k < n; k++)
        slope[k] = p[k] - (k == hit);
}
