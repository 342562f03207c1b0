/* Bins and how many values fall into each. */
#include "test.h"

#include "base/rng.h"
#include "family/loss/histogram.h"

#include <math.h>

enum { MOST = 500 };

static void check_every_value_is_in_its_bin(struct rng *rng)
{
    struct location_value value[MOST];
    struct location_sample sample = {.value = value, .n = 1 + rng_below(rng, MOST)};
    double weight[40], scale = exp(20 * rng_uniform(rng) - 10), total = 0, counted = 0;
    for (size_t i = 0; i < sample.n; i++)
        value[i] = (struct location_value){scale * floor(100 * rng_uniform(rng)), 1 + (double)rng_below(rng, 3)};
    location_sort(&sample);
    struct histogram h = histogram_between(value[0].x, value[sample.n - 1].x, 1 + rng_below(rng, 40), 1);
    histogram_count(&h, &sample, weight);
    for (size_t i = 0; i < sample.n; i++)
        total += value[i].weight;
    for (size_t k = 0; k < h.bins; k++) {
        double here = 0;
        for (size_t i = 0; i < sample.n; i++)
            if (value[i].x >= histogram_edge(&h, k) && (value[i].x < histogram_edge(&h, k + 1) || k + 1 == h.bins))
                here += value[i].weight;
        CHECK(weight[k] == here, "bin %zu of %zu: %g, not %g", k, h.bins, weight[k], here);
        counted += weight[k];
    }
    CHECK(counted == total, "%g of %g", counted, total);
}

static void test_widths(void)
{
    struct location_value equal[] = {{3, 1}, {3, 1}},
                          most_equal[] = {{0, 1}, {3, 1}, {3, 1}, {3, 1}, {3, 1}, {3, 1}, {3, 1}, {7, 1}};
    CHECK(isnan(histogram_width(&(struct location_sample){.n = 0})));
    CHECK(isnan(histogram_width(&(struct location_sample){.value = equal, .n = 2})));
    CHECK(histogram_width(&(struct location_sample){.value = most_equal, .n = 8}) == 7.0 / 4,
          "the range / (1 + log2 8)");
}

static void test_limits(void)
{
    struct histogram h = histogram_between(2, 2, 9, 1);
    CHECK(h.low == 1.5 && h.high == 2.5 && h.bins == 1, "one value");
    CHECK(histogram_between(0, 10, 0, 3).bins == 4, "no wider than 3");
    CHECK(histogram_between(0, 1, 0, 1e-9).bins == 1000, "not too many");
    h = histogram_between(0.1, 0.7, 3, 1);
    CHECK(histogram_edge(&h, 0) == 0.1 && histogram_edge(&h, 3) == 0.7, "the ends are exact");
}

int main(void)
{
    struct rng rng = rng_seed(7);
    for (size_t i = 0; i < 200; i++)
        check_every_value_is_in_its_bin(&rng);
    test_widths();
    test_limits();
    return test_report("histogram");
}
