/* The learning of class shares, held against derivatives made of differences. */

#include "fit/online/online_mix.h"
#include "fit/online/online_step.h"
#include "test.h"

#include <math.h>

enum { CLASSES = 3 };

static double loss_at(double share, size_t n, uint32_t label, const double *first, const double *second)
{
    struct online_mix mix = {.share = share};
    double mixed[CLASSES], p[CLASSES];
    online_mix_scores(&mix, n, first, second, 0.5, mixed);
    return online_step_loss(n, n > 1, label, mixed, p);
}

/* The first step against derivatives of the loss that are made of differences. */
static void check_derivatives(void)
{
    const double first[CLASSES] = {1, -2, 0.5}, second[CLASSES] = {0.25, 1, -1}, h = 1e-4, weight = 3;
    for (size_t n = 1; n <= CLASSES; n += CLASSES - 1)
        for (uint32_t label = 0; label < (n == 1 ? 2 : n); label++) {
            struct online_mix mix = online_mix_start();
            double mixed[CLASSES], p[CLASSES];
            online_mix_scores(&mix, n, first, second, 0.5, mixed);
            online_step_loss(n, n > 1, label, mixed, p);
            online_mix_update(&mix, n, n > 1, label, first, second, p, weight, 0);
            double up = loss_at(0.5 + h, n, label, first, second), down = loss_at(0.5 - h, n, label, first, second);
            double slope = weight * (up - down) / (2 * h), middle = loss_at(0.5, n, label, first, second);
            double curvature = weight * (up + down - 2 * middle) / (h * h);
            CHECK(fabs(mix.curvature - curvature) < 1e-5, "%g %g", mix.curvature, curvature);
            CHECK(fabs(0.5 - mix.share - slope / (curvature + 20)) < 1e-7, "%g %g", mix.share, slope);
        }
}

/* The share goes to the learner that is right, wherever it stands, and to what is best of both; it stays where they
 * agree. */
static void check_share(void)
{
    struct online_mix of_first = online_mix_start(), of_second = online_mix_start(), of_both = online_mix_start(),
                      of_same = online_mix_start();
    for (uint32_t i = 0; i < 20000; i++) {
        double right = (i * 37 % 101) / 25. - 2, wrong = (i * 53 % 97) / 24. - 2,
               half[2] = {right + wrong, right - wrong}, mixed, p;
        uint32_t label = (i * 71 % 103 + 0.5) / 103 < 1 / (1 + exp(-right));
        struct online_mix *mixes[] = {&of_first, &of_second, &of_both, &of_same};
        const double *firsts[] = {&right, &wrong, half, &right}, *seconds[] = {&wrong, &right, half + 1, &right};
        for (size_t m = 0; m < 4; m++) {
            online_mix_scores(mixes[m], 1, firsts[m], seconds[m], 0, &mixed);
            online_step_loss(1, false, label, &mixed, &p);
            online_mix_update(mixes[m], 1, false, label, firsts[m], seconds[m], &p, 1, i);
        }
    }
    CHECK(fabs(of_first.share - 1) < 0.05, "%g", of_first.share);
    CHECK(fabs(of_second.share) < 0.05, "%g", of_second.share);
    CHECK(fabs(of_both.share - 0.5) < 0.05, "%g", of_both.share);
    CHECK(of_same.share == 0.5, "%g", of_same.share);
}

int main(void)
{
    check_derivatives();
    check_share();
    return test_report("online_mix");
}
