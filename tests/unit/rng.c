/* Random words, held against those of the generator's paper; numbers and orders against their moments and
 * frequencies. */

#include "base/rng.h"

#include "test.h"

#include <math.h>

static void the_words_are_those_of_the_paper(void)
{
    struct rng rng = {.state = {1, 2, 3, 4}};
    static const uint64_t word[] = {41943041, 58720359, 3588806011781223, 3591011842654386};
    for (size_t i = 0; i < 4; i++)
        CHECK(rng_next(&rng) == word[i], "word %zu", i);
    struct rng seeded = rng_seed(1234567);
    CHECK(seeded.state[0] == 6457827717110365317u);
    CHECK(seeded.state[1] == 3203168211198807973u);
}

static void uniforms_and_normals_have_their_moments(void)
{
    enum { N = 1000000 };
    struct rng rng = rng_seed(1);
    double u1 = 0, u2 = 0, z1 = 0, z2 = 0, z4 = 0;
    int inside = 1;
    for (int i = 0; i < N; i++) {
        double u = rng_uniform(&rng), z = rng_normal(&rng);
        inside &= u >= 0 && u < 1;
        u1 += u / N;
        u2 += u * u / N;
        z1 += z / N;
        z2 += z * z / N;
        z4 += z * z * z * z / N;
    }
    CHECK(inside);
    CHECK(fabs(u1 - 0.5) < 5 * 0.289e-3, "%g", u1);
    CHECK(fabs(u2 - 1.0 / 3) < 5 * 0.299e-3, "%g", u2);
    CHECK(fabs(z1) < 5e-3, "%g", z1);
    CHECK(fabs(z2 - 1) < 5 * 1.42e-3, "%g", z2);
    CHECK(fabs(z4 - 3) < 5 * 9.8e-3, "%g", z4);
}

static void integers_stay_below_their_bound_and_are_even(void)
{
    struct rng rng = rng_seed(2);
    uint64_t large = (uint64_t)3 << 62; /* keeping every word would favour one remainder of 3 */
    size_t count[7] = {0}, remainders[3] = {0};
    for (int i = 0; i < 700000; i++) {
        uint64_t small = rng_below(&rng, 7), big = rng_below(&rng, large);
        CHECK(small < 7 && big < large);
        count[small % 7]++;
        remainders[big % 3]++;
    }
    for (size_t k = 0; k < 7; k++)
        CHECK(fabs((double)count[k] - 1e5) < 5 * 293, "%zu: %zu", k, count[k]);
    for (size_t k = 0; k < 3; k++)
        CHECK(fabs((double)remainders[k] - 7e5 / 3) < 5 * 395, "%zu: %zu", k, remainders[k]);
    CHECK(rng_below(&rng, 1) == 0);
}

static void every_order_is_equally_likely(void)
{
    struct rng rng = rng_seed(3);
    size_t count[27] = {0};
    for (int i = 0; i < 60000; i++) {
        size_t index[3] = {0, 1, 2};
        rng_shuffle(&rng, index, 3);
        CHECK(index[0] + index[1] + index[2] == 3 && index[0] != index[1] && index[1] != index[2]);
        count[9 * index[0] + 3 * index[1] + index[2]]++;
    }
    size_t orders = 0;
    for (size_t k = 0; k < 27; k++) {
        orders += count[k] > 0;
        CHECK(count[k] == 0 || fabs((double)count[k] - 1e4) < 5 * 92, "%zu: %zu", k, count[k]);
    }
    CHECK(orders == 6, "%zu", orders);
}

int main(void)
{
    the_words_are_those_of_the_paper();
    uniforms_and_normals_have_their_moments();
    integers_stay_below_their_bound_and_are_even();
    every_order_is_equally_likely();
    return test_report("rng");
}
