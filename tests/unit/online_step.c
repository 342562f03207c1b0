/* The step along a row, held against the function that it minimises. */

#include "fit/online/online_step.h"
#include "base/rng.h"
#include "test.h"

#include <math.h>

enum { MOST = 5 };

/* What the step minimises. */
static double objective(size_t n, bool several, uint32_t label, const double *score, const double *gain,
                        const double *s)
{
    double p[MOST], value = online_step_loss(n, several, label, s, p);
    for (size_t k = 0; k < n; k++)
        value += (s[k] - score[k]) * (s[k] - score[k]) / (2 * gain[k]);
    return value;
}

/* A step stands where its slopes say, and nowhere near it is less. */
static void check_step(size_t n, bool several, uint32_t label, const double *score, const double *gain)
{
    double slope[MOST], work[4 * MOST], s[MOST], p[MOST], sum = 0;
    online_step(n, several, label, score, gain, slope, work);
    for (size_t k = 0; k < n; k++) {
        s[k] = score[k] - gain[k] * slope[k];
        sum += slope[k];
    }
    online_step_loss(n, several, label, s, p);
    for (size_t k = 0; k < n; k++)
        CHECK(fabs(p[k] - (several ? label == k : label) - slope[k]) < 1e-9, "%g %g %g", score[0], gain[0], slope[k]);
    CHECK(!several || fabs(sum) < 1e-14, "%g", sum);
    double least = objective(n, several, label, score, gain, s);
    for (size_t k = 0; k < n; k++) {
        double there = s[k];
        for (int side = -1; side <= 1; side += 2) {
            s[k] = there + side * 1e-2 * (1 + fabs(there));
            CHECK(objective(n, several, label, score, gain, s) >= least);
        }
        s[k] = there;
    }
}

static void check_steps(void)
{
    static const double far[] = {0, 1, -3, 40, -700}, reaches[] = {1e-6, 0.3, 1, 50, 1e6};
    for (size_t i = 0; i < 5; i++) {
        for (size_t j = 0; j < 5; j++) {
            double score[MOST], gain[MOST];
            for (size_t k = 0; k < MOST; k++) {
                score[k] = far[i] * ((double)k - 1.5);
                gain[k] = reaches[(j + k * (j > 2)) % 5];
            }
            for (uint32_t label = 0; label < 2; label++)
                check_step(1, false, label, &far[i], &reaches[j]);
            for (uint32_t label = 0; label < MOST; label++)
                check_step(MOST, true, label, score, gain);
        }
    }
}

/* Wherever the scores are and however far the step reaches, it ends where its slopes say: relative to the terms of the
 * condition (s - score) / gain + slope = 0. */
static void check_ends(void)
{
    struct rng rng = rng_seed(7);
    for (int i = 0; i < 20000; i++) {
        double score[MOST], gain[MOST], slope[MOST], work[4 * MOST], s[MOST], p[MOST];
        size_t n = 1 + rng_below(&rng, MOST);
        bool several = n > 1;
        uint32_t label = (uint32_t)rng_below(&rng, several ? n : 2);
        double size = pow(10, 6 * rng_uniform(&rng) - 2), reach = 24 * rng_uniform(&rng) - 12;
        for (size_t k = 0; k < n; k++) {
            score[k] = size * (2 * rng_uniform(&rng) - 1);
            gain[k] = pow(10, reach + 2 * rng_uniform(&rng));
        }
        online_step(n, several, label, score, gain, slope, work);
        for (size_t k = 0; k < n; k++)
            s[k] = score[k] - gain[k] * slope[k];
        double *end = work;
        online_step_loss(n, several, label, end, p);
        for (size_t k = 0; k < n; k++)
            CHECK(fabs(end[k] - s[k]) <= 1e-6 * (1 + fabs(end[k])) + 4e-15 * gain[k],
                  "%d: score %g, gain %g: %g, not %g", i, score[k], gain[k], s[k], end[k]);
    }
}

/* One score is the second of two of which the first stays 0. */
static void check_two(void)
{
    double score[2] = {0, 0.7}, gain[2] = {1e-13, 2}, one[1], two[2], work[8], p[2], q[1];
    for (uint32_t label = 0; label < 2; label++) {
        online_step(1, false, label, &score[1], &gain[1], one, work);
        online_step(2, true, label, score, gain, two, work);
        CHECK(fabs(one[0] - two[1]) < 1e-12, "%g %g", one[0], two[1]);
        double loss = online_step_loss(1, false, label, &score[1], q);
        CHECK(fabs(loss - online_step_loss(2, true, label, score, p)) < 1e-15 && fabs(p[1] - q[0]) < 1e-15);
    }
}

/* Losses are right in both tails. */
static void check_losses(void)
{
    double score[] = {50, 0, -800}, p[3];
    CHECK(fabs(online_step_loss(1, false, 1, score, p) / exp(-50) - 1) < 1e-14);
    CHECK(online_step_loss(1, false, 0, score, p) == 50);
    CHECK(fabs(online_step_loss(3, true, 0, score, p) / exp(-50) - 1) < 1e-14);
    CHECK(online_step_loss(3, true, 2, score, p) == 850);
    CHECK(p[0] == 1 && p[2] == 0);
}

int main(void)
{
    check_steps();
    check_ends();
    check_two();
    check_losses();
    return test_report("online_step");
}
