/* Curves of true against false positives: their area is the chance that a positive has the greater score. */
#include "test.h"

#include "base/rng.h"
#include "family/loss/roc.h"

#include <math.h>

enum { MOST = 120 };

static double chance(const struct loss_sample *sample)
{
    double won = 0, pairs = 0;
    for (size_t i = 0; i < sample->n; i++)
        for (size_t j = 0; j < sample->n; j++) {
            const struct loss_point *a = &sample->point[i], *b = &sample->point[j];
            if (a->reference == 0 || b->reference != 0)
                continue;
            won += a->weight * b->weight * (a->value > b->value ? 1 : a->value == b->value ? 0.5 : 0);
            pairs += a->weight * b->weight;
        }
    return won / pairs;
}

static void check_random(struct rng *rng)
{
    struct loss_point row[MOST];
    struct roc_point point[MOST + 1];
    struct loss_sample sample = {.point = row, .n = 2 + rng_below(rng, MOST - 2)};
    for (size_t i = 0; i < sample.n; i++)
        row[i] = (struct loss_point){(double)rng_below(rng, 30), i < 2 ? (double)i : (double)rng_below(rng, 2),
                                     1 + (double)rng_below(rng, 3)};
    size_t n = roc_curve(&sample, point);
    CHECK(n >= 2 && n <= sample.n + 1);
    CHECK(point[0].false_positive == 0 && point[0].true_positive == 0 && isinf(point[0].threshold));
    CHECK(point[n - 1].false_positive == 1 && point[n - 1].true_positive == 1);
    CHECK(fabs(roc_area(point, n) - chance(&sample)) < 1e-14, "%.17g, not %.17g", roc_area(point, n), chance(&sample));
    for (size_t i = 1; i < n; i++) {
        double positive = 0, all_positive = 0, other = 0, all_other = 0;
        for (size_t r = 0; r < sample.n; r++) {
            double w = row[r].weight, counts = row[r].value >= point[i].threshold;
            *(row[r].reference != 0 ? &all_positive : &all_other) += w;
            *(row[r].reference != 0 ? &positive : &other) += w * counts;
        }
        CHECK(point[i].true_positive == positive / all_positive && point[i].false_positive == other / all_other);
        CHECK(point[i].threshold < point[i - 1].threshold);
    }
}

static void test_corners(void)
{
    struct loss_point row[] = {{1, 0, 1}, {2, 0, 1}, {3, 1, 1}, {4, 1, 1}};
    struct roc_point point[5];
    CHECK(roc_curve(&(struct loss_sample){.point = row, .n = 4}, point) == 3, "up, then to the right");
    CHECK(point[1].true_positive == 1 && point[1].false_positive == 0 && point[1].threshold == 3);
    row[2].reference = row[3].reference = 1; /* they are sorted by now */
    CHECK(roc_curve(&(struct loss_sample){.point = row, .n = 4}, point) == 0, "no negatives");
    CHECK(roc_curve(&(struct loss_sample){.point = row, .n = 0}, point) == 0, "nothing");
}

int main(void)
{
    struct rng rng = rng_seed(11);
    for (size_t i = 0; i < 300; i++)
        check_random(&rng);
    test_corners();
    return test_report("roc");
}
