/* The step of each row of the diagonal learner, held against a minimum found by brute force. */

#include "fit/online/online_diagonal.h"
#include "test.h"

#include <math.h>
#include <string.h>

/* The step of each row against what defines it: the minimum of a sum that is looked for here by brute force. */
static void check_step(void)
{
    struct online_prior prior = {0};
    struct online_diagonal *o = online_diagonal_new(false, false, 2, &prior);
    double x = 3, found[2], best[2] = {0}, q = (0.2 + sqrt(0.5)) / 2;
    uint32_t index = 70;
    struct online_row row = {.n = 1, .index = &index, .x = &x, .weight = 2, .label = 1};
    CHECK(fabs(online_diagonal_update(o, &row) - 2 * log(2)) < 1e-15);
    online_diagonal_coefficients(o, 1, &index, found);
    /* q / pace of the intercept, 9 times as much of the feature: the step goes along (1, 3 / 9) */
    for (size_t i = 0; i < 2; i++) {
        double pace = i == 0 ? 0.25 : 1, least = (double)INFINITY;
        for (double t = 0; t < 2; t += 1e-5) {
            double value = q / pace * t * t + 2 * log1p(exp(-2 * t));
            best[i] = value < least ? t : best[i];
            least = value < least ? value : least;
        }
    }
    double mean = (best[0] + best[1]) / 2;
    CHECK(fabs(found[0] - mean) < 2e-5, "%g %g", found[0], mean);
    CHECK(fabs(found[1] - mean / 3) < 2e-5, "%g %g", found[1], mean / 3);
    online_diagonal_free(o);
}

/* An offset counts as part of the score: where it says the label already, there is little to learn. */
static void check_offset(void)
{
    struct online_prior prior = {0};
    double x = 1, with[2], without[2];
    uint32_t index = 0;
    struct online_diagonal *beside = online_diagonal_new(false, false, 2, &prior),
                           *alone = online_diagonal_new(false, false, 2, &prior);
    struct online_row row = {.n = 1, .index = &index, .x = &x, .weight = 1, .label = 1};
    online_diagonal_update(alone, &row);
    row.offset = 5;
    CHECK(fabs(online_diagonal_update(beside, &row) - log1p(exp(-5))) < 1e-15);
    online_diagonal_coefficients(beside, 1, &index, with);
    online_diagonal_coefficients(alone, 1, &index, without);
    CHECK(with[1] > 0 && with[1] < without[1] / 10, "%g %g", with[1], without[1]);
    online_diagonal_free(beside);
    online_diagonal_free(alone);
}

/* Many features by indexes that are far apart: all are found again. */
static void check_indexes(void)
{
    enum { MANY = 5000 };
    static uint32_t index[MANY];
    static double found[1 + MANY];
    struct online_prior prior = {0};
    struct online_diagonal *o = online_diagonal_new(false, false, 2, &prior);
    double x = 1;
    for (uint32_t i = 0; i < 2 * MANY; i++) {
        uint32_t at = (i * 7919 % MANY) * 200003;
        online_diagonal_update(o, &(struct online_row){.n = 1, .index = &at, .x = &x, .weight = 1, .label = at % 2});
    }
    CHECK(online_diagonal_count(o) == MANY, "%zu", online_diagonal_count(o));
    online_diagonal_indexes(o, index);
    online_diagonal_coefficients(o, MANY, index, found);
    for (uint32_t i = 0; i < MANY; i++) {
        CHECK(index[i] == i * 200003);
        CHECK(index[i] % 2 == 1 ? found[1 + i] > 0 : found[1 + i] < 0);
    }
    CHECK(online_diagonal_is_constant(o, 1) && !online_diagonal_is_constant(o, 0));
    online_diagonal_free(o);
}

/* A penalty pulls at a feature as if it had been seen with 0 all the time. */
static void check_penalty(void)
{
    struct online_prior prior = {.l2 = 0.5};
    struct online_diagonal *o = online_diagonal_new(false, false, 2, &prior);
    double x = 1, before[2], after[2];
    uint32_t index = 4, other = 5;
    online_diagonal_update(o, &(struct online_row){.n = 1, .index = &index, .x = &x, .weight = 1, .label = 1});
    online_diagonal_coefficients(o, 1, &index, before);
    for (int i = 0; i < 1000; i++)
        online_diagonal_update(o, &(struct online_row){.n = 1, .index = &other, .x = &x, .weight = 1, .label = 1});
    online_diagonal_coefficients(o, 1, &index, after);
    CHECK(before[1] > 0.1 && after[1] > 0 && after[1] < before[1] / 100, "%g %g", before[1], after[1]);
    online_diagonal_free(o);
}

/* Columns far from 0 are as good as columns near it. */
static void check_center(void)
{
    struct online_prior prior = {0};
    double found[2][2];
    uint32_t index = 0;
    for (size_t far = 0; far < 2; far++) {
        struct online_diagonal *o = online_diagonal_new(true, false, 2, &prior);
        for (uint32_t i = 0; i < 2000; i++) {
            double x = (double)(i * 37 % 101) / 64 + (far ? 4096 : 0);
            online_diagonal_update(
                o, &(struct online_row){.n = 1, .x = &x, .weight = 1, .label = (i * 37 % 101 + i * 11 % 60) > 80});
        }
        online_diagonal_coefficients(o, 1, &index, found[far]);
        online_diagonal_free(o);
    }
    CHECK(found[0][1] > 1 && fabs(found[1][1] - found[0][1]) < 1e-6, "%g %g", found[0][1], found[1][1]);
    CHECK(fabs(found[1][0] + 4096 * found[1][1] - found[0][0]) < 1e-5);
}

/* Classes that come as they may, the features so far having no room for them, are learnt as if there had been. */
static void check_classes(void)
{
    enum { CLASSES = 7, FEATURES = 50 };
    struct online_prior prior = {.l2 = 1e-3};
    static double found[2][CLASSES * (1 + FEATURES)];
    uint32_t index[FEATURES];
    double x[3] = {1, -2, 0.5}, loss[2] = {0, 0};
    for (uint32_t i = 0; i < FEATURES; i++)
        index[i] = i;
    for (size_t grows = 0; grows < 2; grows++) {
        struct online_diagonal *o = online_diagonal_new(false, true, grows ? 0 : CLASSES, &prior);
        for (uint32_t i = 0; i < 3000; i++) {
            uint32_t at[] = {i * 7 % 16, 16 + i * 11 % 17, 33 + i * 5 % 17},
                     label = (at[0] * at[1] + i % 2) % CLASSES % (1 + i / 50);
            while (online_diagonal_scores(o) <= label)
                CHECK(online_diagonal_add_class(o));
            double of_row = online_diagonal_update(o, &(struct online_row){3, at, x, 1, 0, label});
            CHECK(i > 0 || of_row == 0, "%g", of_row);
            loss[grows] += of_row;
        }
        CHECK(online_diagonal_scores(o) == CLASSES);
        online_diagonal_coefficients(o, FEATURES, index, found[grows]);
        online_diagonal_free(o);
    }
    CHECK(loss[0] == loss[1] && loss[0] > 100 && loss[0] < 6000, "%g %g", loss[0], loss[1]);
    CHECK(memcmp(found[0], found[1], sizeof found[0]) == 0);
    for (size_t j = 0; j <= FEATURES; j++) {
        double sum = 0;
        for (size_t k = 0; k < CLASSES; k++)
            sum += found[0][k * (1 + FEATURES) + j];
        CHECK(fabs(sum) < 1e-13, "%g", sum);
    }
}

/* Numbers that were kept make a learner like the one they are of, and such as none can have are seen. */
static void check_state(void)
{
    enum { FEATURES = 3, ROWS = ONLINE_DIAGONAL_MOMENTS + 5 };
    struct online_prior prior = {.l2 = 0.01};
    uint32_t index[FEATURES] = {3, 70, 71};
    double x[FEATURES] = {1, 3, -1}, numbers[ROWS * (1 + FEATURES)] = {0}, again[ROWS * (1 + FEATURES)] = {0};
    struct online_diagonal *o = online_diagonal_new(false, false, 2, &prior),
                           *second = online_diagonal_new(false, false, 2, &prior);
    for (uint32_t i = 0; i < 100; i++)
        online_diagonal_update(o, &(struct online_row){1 + i % FEATURES, index, x, 2, 0, i * 7 % 11 > 4});
    CHECK(online_diagonal_rows(1) == ROWS);
    online_diagonal_save(o, FEATURES, index, numbers);
    struct online_diagonal_state state = {.n = FEATURES, .index = index, .numbers = numbers};
    online_diagonal_totals(o, &state);
    CHECK(state.weight == 200 && online_diagonal_is_sound(&state, 1));
    online_diagonal_restore(second, &state);
    online_diagonal_save(second, FEATURES, index, again);
    CHECK(memcmp(numbers, again, sizeof numbers) == 0);
    struct online_row row = {FEATURES, index, x, 1, 0, 1};
    CHECK(online_diagonal_update(o, &row) == online_diagonal_update(second, &row));
    for (size_t i = 0; i < ROWS;
         i++) { /* weight, sum, square, mean, seen, begun, coefficients and averages, curvature */
        double kept = numbers[i * (1 + FEATURES) + 1];
        numbers[i * (1 + FEATURES) + 1] = -1;
        CHECK(online_diagonal_is_sound(&state, 1) == (i == 1 || i == 3 || (i >= 5 && i < 10)), "%zu", i);
        numbers[i * (1 + FEATURES) + 1] = kept;
    }
    online_diagonal_free(o);
    online_diagonal_free(second);
}

/* Coefficients to begin at stay where rows bear them out, and where their features do not occur; those that many rows
 * stand for give way less. A feature must have been seen a few times before its coefficient moves. */
static void check_start(void)
{
    struct online_prior prior = {0};
    const uint32_t index[2] = {2, 9}, other = 5;
    const double given[3] = {0.25, 1, -2}, x = 1, tiny = 1e-6;
    double found[3], moved[2];
    for (size_t i = 0; i < 2; i++) {
        struct online_diagonal *o = online_diagonal_new(false, false, 2, &prior);
        online_diagonal_start(o, 2, index, given, i == 0 ? 100 : 10000);
        CHECK(online_diagonal_count(o) == 2 && !online_diagonal_is_constant(o, 9));
        online_diagonal_coefficients(o, 2, index, found);
        CHECK(memcmp(found, given, sizeof given) == 0);
        online_diagonal_update(o, &(struct online_row){1, index, &tiny, 1, 0, 0});
        online_diagonal_coefficients(o, 2, index, found);
        CHECK(found[1] == given[1] && found[0] < given[0] && found[0] > 0, "%g %g", found[0], found[1]);
        for (size_t row = 0; row < 50; row++)
            online_diagonal_update(o, &(struct online_row){1, row % 2 == 0 ? index : &other, &x, 1, 0, 0});
        online_diagonal_coefficients(o, 2, index, found);
        CHECK(found[2] == given[2] && found[1] < given[1]);
        moved[i] = given[1] - found[1];
        online_diagonal_free(o);
    }
    CHECK(moved[1] < moved[0] / 5, "%g %g", moved[0], moved[1]);
}

int main(void)
{
    check_step();
    check_offset();
    check_indexes();
    check_penalty();
    check_center();
    check_classes();
    check_state();
    check_start();
    return test_report("online_diagonal");
}
