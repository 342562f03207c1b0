/* Which columns are combinations of columns before: least squares, regressions over stored rows, logistic and softmax
 * regression against elimination in fractions (tests/ref/rank.csv), on tables of decimals that follow from a seed. */

#include "math/alias.h"

#include "fit/glm/glm.h"
#include "fit/linear/leastsq.h"
#include "fit/linear/regress.h"
#include "scratch.h"
#include "test.h"

#include <stdint.h>
#include <string.h>

enum { ROWS = 40, COLUMNS = 8, LD = COLUMNS + 1 };

struct decimals {
    size_t n, d, plain[COLUMNS], n_plain;
    int64_t mantissa[COLUMNS][ROWS];
    unsigned decimals[COLUMNS];
};

static const double powers[] = {1, 10, 100, 1000, 10000};

/* splitmix64 */
static int64_t draw(uint64_t *state, uint64_t bound)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return (int64_t)(((z ^ (z >> 31)) >> 11) % bound);
}

static void fill_plain(struct decimals *t, uint64_t *r, size_t j)
{
    static const int64_t offsets[] = {0, 0, 1000, 1000000, 1700000000}, spreads[] = {3, 10, 1000, 1000000};
    unsigned e = t->decimals[j] = (unsigned)draw(r, 5);
    int64_t offset = offsets[draw(r, 5)], spread = spreads[draw(r, 4)], shift = draw(r, 2) ? spread / 2 : 0;
    for (size_t i = 0; i < t->n; i++)
        t->mantissa[j][i] = offset * (int64_t)powers[e] + draw(r, (uint64_t)spread + 1) - shift;
}

static void fill_combination(struct decimals *t, uint64_t *r, size_t j)
{
    size_t parts = (size_t)(1 + draw(r, 3)), column[3];
    int64_t factor[3], constant;
    for (size_t p = 0; p < parts; p++) {
        column[p] = t->plain[draw(r, t->n_plain)];
        factor[p] = draw(r, 7) - 3;
    }
    constant = draw(r, 11) - 5;
    t->decimals[j] = 0;
    for (size_t p = 0; p < parts; p++)
        if (t->decimals[column[p]] > t->decimals[j])
            t->decimals[j] = t->decimals[column[p]];
    for (size_t i = 0; i < t->n; i++) {
        int64_t sum = constant * (int64_t)powers[t->decimals[j]];
        for (size_t p = 0; p < parts; p++)
            sum += factor[p] * t->mantissa[column[p]][i] * (int64_t)powers[t->decimals[j] - t->decimals[column[p]]];
        t->mantissa[j][i] = sum;
    }
}

static void fill(struct decimals *t, uint64_t seed)
{
    uint64_t r = seed;
    t->d = (size_t)(2 + draw(&r, 6));
    t->n = t->d + 3 + (size_t)draw(&r, 25);
    t->n_plain = 0;
    for (size_t j = 0; j < t->d; j++) {
        int64_t kind = draw(&r, 8);
        if (t->n_plain == 0)
            kind %= 4;
        if (kind < 3)
            fill_plain(t, &r, j);
        else if (kind >= 4 && kind < 6)
            fill_combination(t, &r, j);
        size_t from = kind >= 6 ? t->plain[draw(&r, t->n_plain)] : 0;
        if (kind == 3 || kind >= 6)
            t->decimals[j] = kind == 3 ? 0 : t->decimals[from];
        for (size_t i = 0; i < t->n && (kind == 3 || kind >= 6); i++) {
            int64_t m = t->mantissa[from][i];
            t->mantissa[j][i] = kind == 3   ? draw(&r, 2)
                                : kind == 6 ? (int64_t)powers[t->decimals[j]] - m
                                            : m + draw(&r, 3) - 1;
        }
        if (kind < 4)
            t->plain[t->n_plain++] = j;
    }
}

/* The quotient of two whole numbers that are exact is the double nearest to the decimal. */
static double value(const struct decimals *t, size_t i, size_t j)
{
    return (double)t->mantissa[j][i] / powers[t->decimals[j]];
}

static void check(const char *trainer, uint64_t seed, size_t d, const bool *aliased, const char *wanted)
{
    char found[COLUMNS + 1] = "";
    for (size_t j = 0; j < d; j++)
        found[j] = aliased[j] ? '1' : '0';
    CHECK(strcmp(found, wanted) == 0, "%s, seed %llu: %s, not %s", trainer, (unsigned long long)seed, found, wanted);
}

/* ---- the trainers ---- */

static void check_leastsq(const struct decimals *t, uint64_t seed, const char *wanted)
{
    const char *path = scratch_path("table.csv");
    FILE *file = fopen(path, "w");
    for (size_t j = 0; j < t->d; j++)
        fprintf(file, "c%zu,", j);
    fprintf(file, "y\n");
    for (size_t i = 0; i < t->n; i++) {
        for (size_t j = 0; j < t->d; j++)
            fprintf(file, "%.17g,", value(t, i, j));
        fprintf(file, "%zu\n", i * i % 7);
    }
    fclose(file);
    struct table *table = NULL;
    struct leastsq *fit = NULL;
    struct err err = {0};
    struct table_options how = {.paths = &path, .n_paths = 1};
    size_t features[COLUMNS] = {0, 1, 2, 3, 4, 5, 6, 7}, target = t->d;
    struct leastsq_options o = {.roles = {.features = features, .n_features = t->d, .targets = &target, .n_targets = 1},
                                .threads = 1};
    CHECK(table_open(&table, &how, &err) == STATUS_OK && leastsq_fit(&fit, table, &o, &err) == STATUS_OK, "%s",
          err.reason);
    table_close(table);
    if (fit != NULL)
        check("leastsq", seed, t->d, fit->aliased, wanted);
    leastsq_free(fit);
}

struct rows {
    struct dataset data;
    struct dataset_chunk chunk;
    double x[ROWS * LD];
    uint32_t label[ROWS];
    uint64_t counts[3];
};

static void fill_rows(struct rows *rows, const struct decimals *t, size_t classes)
{
    static char *labels[] = {"a", "b", "c"};
    memset(rows, 0, sizeof *rows);
    for (size_t i = 0; i < t->n; i++) {
        for (size_t j = 0; j < t->d; j++)
            rows->x[i * LD + j] = value(t, i, j);
        rows->x[i * LD + COLUMNS] = (double)(i * i % 7);
        rows->label[i] = (uint32_t)(classes > 0 ? i % classes : 0);
        rows->counts[rows->label[i]]++;
    }
    rows->chunk = (struct dataset_chunk){.rows = t->n, .x = rows->x, .ld = LD, .target = rows->x + COLUMNS};
    if (classes > 0)
        rows->chunk.label = rows->label;
    rows->data = (struct dataset){.n = t->n,
                                  .d = t->d,
                                  .chunks = 1,
                                  .chunk = &rows->chunk,
                                  .target = "y",
                                  .classes = classes,
                                  .labels = labels,
                                  .counts = rows->counts,
                                  .weight_sum = (double)t->n,
                                  .cases = (double)t->n,
                                  .counted = (double)t->n};
}

static void check_regress(const struct decimals *t, uint64_t seed, const char *wanted)
{
    static struct rows rows;
    struct regress *r = NULL;
    struct err err = {0};
    fill_rows(&rows, t, 0);
    CHECK(regress_new_in_place(&r, &rows.data, false, 1, &err) == STATUS_OK, "%s", err.reason);
    if (r != NULL)
        check("regress", seed, t->d, r->aliased, wanted);
    regress_free(r);
}

static void check_glm(const struct decimals *t, uint64_t seed, const char *wanted, size_t classes)
{
    static struct rows rows;
    struct glm *glm = NULL;
    struct err err = {0};
    struct glm_options o = {.loss = classes > 2 ? loss_find("ce-logits") : loss_find("log"),
                            .reference = classes > 2 ? 0 : GLM_SYMMETRIC,
                            .threads = 1};
    fill_rows(&rows, t, classes);
    CHECK(glm_new_in_place(&glm, &rows.data, &o, &err) == STATUS_OK, "%s", err.reason);
    if (glm != NULL)
        check(classes > 2 ? "softmax" : "logistic", seed, t->d, glm->aliased, wanted);
    glm_free(glm);
}

int main(void)
{
    static struct decimals t;
    char line[100], wanted[COLUMNS + 1];
    unsigned long long seed;
    FILE *file = fopen("tests/ref/rank.csv", "r");
    scratch_begin();
    CHECK(file != NULL);
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "%llu,%8[01]", &seed, wanted) != 2)
            continue;
        fill(&t, seed);
        check_leastsq(&t, seed, wanted);
        check_regress(&t, seed, wanted);
        check_glm(&t, seed, wanted, 2);
        check_glm(&t, seed, wanted, 3);
    }
    CHECK(test_passed > 8000 || test_failed > 0, "tests/ref/rank.csv has too few tables");
    if (file != NULL)
        fclose(file);
    scratch_end();
    return test_report("alias");
}
