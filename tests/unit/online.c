/* The recursion of learning in one pass, held against NumPy on the same formulas (online.csv). */

#include "fit/online/online.h"
#include "test.h"

#include <math.h>
#include <string.h>

/* The recursion against plain NumPy on the same formulas: tests/ref/online.py, which states the made table. */

enum { ROWS = 640, BATCH = 64, LD = 3, NUMBERS = 9 };

static double x[ROWS * LD];
static uint32_t label[ROWS];

static void make_table(bool several)
{
    for (size_t i = 0; i < ROWS; i++) {
        double *row = x + i * LD;
        row[0] = (double)(37 * i % 101) / 50 - 1;
        row[1] = (double)(59 * i % 97) - 48;
        row[2] = 1 + (double)(i % 3); /* its weight */
        label[i] = (double)(i * (i + 3) % 7) < 3 + row[0] ? 0 : 1 + (several ? (uint32_t)(i % 2) : 0);
    }
}

/* Learns from the first rows of the table; scale: of the second column. */
static double learn(double *coefficients, size_t rows, bool several, const struct online_prior *prior, double scale)
{
    struct online *online = online_new(2, several, prior);
    double loss = 0;
    make_table(several);
    for (size_t i = 0; i < ROWS; i++)
        x[i * LD + 1] *= scale;
    for (size_t k = 0; k < 3 && several; k++)
        CHECK(online_add_class(online));
    for (size_t first = 0; first < rows; first += BATCH) {
        CHECK(online_batch(online) == BATCH, "%zu", online_batch(online));
        loss += online_update(
            online,
            &(struct online_rows){
                .rows = BATCH, .ld = LD, .x = x + first * LD, .weight = x + first * LD + 2, .label = label + first});
    }
    CHECK(online_scores(online) == (several ? 3 : 1));
    online_coefficients(online, coefficients);
    online_free(online);
    return loss;
}

static void check_references(void)
{
    FILE *file = fopen("tests/ref/online.csv", "r");
    char line[1024];
    size_t cases = 0, number, rows;
    int several, standardize;
    CHECK(file != NULL);
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        struct online_prior prior = {0};
        double wanted[NUMBERS], loss, found[NUMBERS] = {0};
        if (line[0] == '#')
            continue;
        int n = sscanf(line, "%zu,%zu,%d,%lf,%lf,%d,%lf,%lf,%lf,%lf,%lf,%lf,%lf,%lf,%lf,%lf", &number, &rows, &several,
                       &prior.l2, &prior.prior_sd, &standardize, &loss, wanted, wanted + 1, wanted + 2, wanted + 3,
                       wanted + 4, wanted + 5, wanted + 6, wanted + 7, wanted + 8);
        CHECK(n == 16, "%d fields", n);
        prior.standardize = standardize != 0;
        double reached = learn(found, rows, several != 0, &prior, 1);
        CHECK(fabs(reached - loss) <= 1e-11 * loss, "case %zu: loss %.17g, not %.17g", number, reached, loss);
        for (size_t i = 0; i < (several ? 9 : 3); i++)
            CHECK(fabs(found[i] - wanted[i]) <= 1e-10 * (fabs(wanted[i]) + 1e-3),
                  "case %zu: coefficient %zu is %.17g, not %.17g", number, i, found[i], wanted[i]);
        cases++;
    }
    CHECK(cases == 7, "%zu cases", cases);
    if (file != NULL)
        fclose(file);
}

/* The scale of a column is nothing to the recursion. */
static void check_scale(void)
{
    static const double scales[] = {1e-100, 1e-8, 1e8, 1e100};
    struct online_prior prior = {0};
    double plain[NUMBERS], scaled[NUMBERS];
    learn(plain, ROWS, false, &prior, 1);
    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        learn(scaled, ROWS, false, &prior, scales[i]);
        CHECK(fabs(scaled[1] - plain[1]) <= 1e-9 && fabs(scaled[2] * scales[i] - plain[2]) <= 1e-9, "scale %g: %g, %g",
              scales[i], scaled[1], scaled[2] * scales[i]);
    }
}

/* A column that never changes has the coefficient 0; too many columns or classes are refused. */
static void check_limits(void)
{
    struct online_prior prior = {0};
    struct online *online = online_new(2, false, &prior);
    double coefficients[3];
    make_table(false);
    for (size_t i = 0; i < ROWS; i++)
        x[i * LD + 1] = 0.1;
    online_update(online, &(struct online_rows){.rows = BATCH, .ld = LD, .x = x, .label = label});
    online_coefficients(online, coefficients);
    CHECK(online_is_constant(online, 1) && !online_is_constant(online, 0) && coefficients[2] == 0);
    online_free(online);
    CHECK(online_new(500, false, &prior) == NULL);
    online = online_new(399, true, &prior);
    CHECK(online != NULL && online_add_class(online) && !online_add_class(online));
    online_free(online);
    online_free(NULL);
}

static void update(struct online *online, size_t first)
{
    online_update(online, &(struct online_rows){.rows = BATCH,
                                                .ld = LD,
                                                .x = x + first * LD,
                                                .weight = x + first * LD + 2,
                                                .offset = online_scores(online) == 1 ? x + first * LD : NULL,
                                                .label = label + first});
}

/* Half of the rows, and the others in another object that has the state of the first. */
static void check_restore(bool several)
{
    struct online_prior prior = {.l2 = 0.01};
    struct online *whole = online_new(2, several, &prior), *first = online_new(2, several, &prior),
                  *second = online_new(2, several, &prior);
    double wanted[NUMBERS] = {0}, found[NUMBERS] = {0};
    make_table(several);
    for (size_t k = 0; k < 3 && several; k++)
        CHECK(online_add_class(whole) && online_add_class(first) && online_add_class(second));
    for (size_t i = 0; i < ROWS; i += BATCH)
        update(whole, i);
    for (size_t i = 0; i < ROWS / 2; i += BATCH)
        update(first, i);
    struct online_state state = online_save(first);
    CHECK(state.rows == ROWS / 2 && state.earlier == 0);
    online_restore(second, &state);
    struct online *copy = online_copy(first);
    for (size_t i = ROWS / 2; i < ROWS; i += BATCH) {
        update(second, i);
        update(copy, i);
    }
    online_coefficients(whole, wanted);
    online_coefficients(copy, found);
    CHECK(memcmp(found, wanted, sizeof found) == 0 && online_save(first).rows == ROWS / 2);
    online_free(copy);
    online_coefficients(second, found);
    for (size_t i = 0; i < NUMBERS; i++)
        CHECK(found[i] == wanted[i], "coefficient %zu: %.17g, not %.17g", i, found[i], wanted[i]);
    online_free(whole);
    online_free(first);
    online_free(second);
}

/* A start of great weight is hardly moved by other rows; one of weight 0 is only where the first step begins. */
static void check_start(bool several)
{
    struct online_prior prior = {.l2 = 0.01};
    double start[NUMBERS] = {0.5, -0.25, 1, 0.25, 0.5, -0.5, -0.75, -0.25, -0.5}, found[NUMBERS] = {0};
    for (int heavy = 0; heavy < 2; heavy++) {
        struct online *online = online_new(2, several, &prior);
        make_table(several);
        for (size_t k = 0; k < 3 && several; k++)
            CHECK(online_add_class(online));
        online_start(online, start, heavy ? 1e9 : 0);
        update(online, 0);
        CHECK(online_save(online).earlier == (heavy ? 1e9 : 0));
        online_coefficients(online, found);
        double distance = 0;
        for (size_t i = 0; i < (several ? 9 : 3); i++)
            distance = fmax(distance, fabs(found[i] - start[i]));
        CHECK(heavy ? distance < 1e-4 : distance > 1e-2, "heavy %d, several %d: %g away", heavy, several, distance);
        online_free(online);
    }
}

int main(void)
{
    check_restore(false);
    check_restore(true);
    check_start(false);
    check_start(true);
    check_references();
    check_scale();
    check_limits();
    return test_report("online");
}
