/* Sets of numbers: which are members and how many lie below, held against a count one by one. */

#include "base/rank.h"
#include "test.h"

int main(void)
{
    static const size_t limits[] = {1, 63, 64, 65, 127, 128, 1000};
    for (size_t l = 0; l < sizeof limits / sizeof *limits; l++) {
        for (size_t step = 1; step <= 130; step = step * 2 + 1) {
            struct rank rank;
            size_t members = 0;
            rank_new(&rank, limits[l]);
            for (size_t i = 0; i < limits[l]; i += step)
                rank_add(&rank, i);
            size_t n = rank_finish(&rank);
            for (size_t i = 0; i < limits[l]; i++) {
                CHECK(rank_of(&rank, i) == members, "%zu of step %zu: %u", i, step, rank_of(&rank, i));
                CHECK(rank_has(&rank, i) == (i % step == 0), "%zu of step %zu", i, step);
                members += i % step == 0;
            }
            CHECK(n == members && !rank_has(&rank, limits[l]) && !rank_has(&rank, limits[l] + 64), "limit %zu",
                  limits[l]);
            rank_free(&rank);
        }
    }
    return test_report("rank");
}
