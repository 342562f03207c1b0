/* Means, variances and cross sums, held against exact arithmetic (moments.csv) to 2 ulp, for every level of the
 * processor. */

#include "base/cpu.h"
#include "math/moments.h"

#include "test.h"

#include <stdint.h>
#include <string.h>

enum { ROWS = 500, COLUMNS = 5, WEIGHT = 4 };
static const char *const names[COLUMNS] = {"billion", "million", "scales", "tenths", "weight"};
static double columns[COLUMNS][ROWS];

static uint64_t random_state = 88172645463325252U;

static uint64_t random_bits(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    return random_state ^= random_state << 17;
}

static bool near(double actual, double expected)
{
    double ulp = nextafter(fabs(expected), INFINITY) - fabs(expected);
    return fabs(actual - expected) <= 2 * ulp;
}

static bool same_bits(struct dd a, struct dd b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static bool same_moments(const struct moments *a, const struct moments *b)
{
    return a->n == b->n && a->exponent == b->exponent && same_bits(a->weight, b->weight) &&
           same_bits(a->mean, b->mean) && same_bits(a->m2, b->m2) && same_bits(a->squares, b->squares);
}

/* Moments and a cross sum of two columns. */
struct pair {
    struct moments x, y;
    struct dd cross;
};

static struct pair pair_of(const double *x, const double *y, const double *w, size_t n)
{
    struct pair p = {moments_of(x, w, n), moments_of(y, w, n), {0, 0}};
    if (n > 0)
        p.cross = moments_cross(x, y, w, n, &p.x, &p.y);
    return p;
}

static struct pair pair_merge(struct pair a, struct pair b)
{
    struct dd cross = moments_merge_cross(a.cross, &a.x, &a.y, b.cross, &b.x, &b.y);
    return (struct pair){moments_merge(a.x, b.x), moments_merge(a.y, b.y), cross};
}

/* What rows at random, cut at random into sets, give when the sets are merged. */
static struct pair sharded(const double *x, const double *y, const double *w)
{
    static double sx[ROWS], sy[ROWS], sw[ROWS];
    size_t order[ROWS];
    for (size_t i = 0; i < ROWS; i++)
        order[i] = i;
    for (size_t i = ROWS - 1; i > 0; i--) {
        size_t k = random_bits() % (i + 1), kept = order[i];
        order[i] = order[k];
        order[k] = kept;
    }
    for (size_t i = 0; i < ROWS; i++) {
        sx[i] = x[order[i]];
        sy[i] = y[order[i]];
        sw[i] = w != NULL ? w[order[i]] : 1;
    }
    struct pair all = {0};
    for (size_t from = 0; from < ROWS;) {
        size_t n = 1 + random_bits() % 97;
        n = n > ROWS - from ? ROWS - from : n;
        all = pair_merge(all, pair_of(sx + from, sy + from, w != NULL ? sw + from : NULL, n));
        from += n;
    }
    return all;
}

static void check_pair(const char *what, const struct pair *p, double mean, double covariance)
{
    double value = dd_divide(p->cross, p->x.weight).high;
    CHECK(near(moments_mean(&p->x), mean), "%s: mean %.17g, not %.17g", what, moments_mean(&p->x), mean);
    CHECK(near(value, covariance), "%s: covariance %.17g, not %.17g", what, value, covariance);
}

static void check_variance(const char *what, const struct moments *m, double variance, double sample)
{
    CHECK(near(moments_variance(m), variance), "%s: variance %.17g, not %.17g", what, moments_variance(m), variance);
    CHECK(near(moments_sample_variance(m), sample), "%s: sample variance %.17g, not %.17g", what,
          moments_sample_variance(m), sample);
}

static size_t column_of(const char *name)
{
    size_t c = 0;
    while (c < COLUMNS && strcmp(names[c], name) != 0)
        c++;
    return c;
}

/* tests/ref/moments.csv, by exact rational arithmetic. */
static void check_references(void)
{
    FILE *file = fopen("tests/ref/moments.csv", "r");
    CHECK(file != NULL);
    char line[300], kind[20], x[20], y[20];
    double mean, covariance, sample;
    size_t found = 0;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "%19[a-z],%19[a-z],%19[a-z],%*d,%lf,%lf,%lf", kind, x, y, &mean, &covariance, &sample) != 6)
            continue;
        size_t cx = column_of(x), cy = column_of(y);
        if (cx == COLUMNS || cy == COLUMNS)
            continue;
        found++;
        const double *w = strcmp(kind, "weighted") == 0 ? columns[WEIGHT] : NULL;
        for (enum cpu_level level = CPU_PORTABLE; level <= cpu_widest(); level++) {
            cpu_use(level);
            struct pair whole = pair_of(columns[cx], columns[cy], w, ROWS);
            check_pair(line, &whole, mean, covariance);
            for (int i = 0; i < 20; i++) {
                struct pair p = sharded(columns[cx], columns[cy], w);
                check_pair(line, &p, mean, covariance);
                if (cx == cy)
                    check_variance(line, &p.x, covariance, sample);
            }
        }
    }
    CHECK(found == 25, "%zu references", found);
    if (file != NULL)
        fclose(file);
}

static bool read_columns(void)
{
    FILE *file = fopen("tests/ref/moments-rows.csv", "r");
    char line[300];
    if (file == NULL || fgets(line, sizeof line, file) == NULL)
        return false;
    size_t r = 0;
    while (r < ROWS && fgets(line, sizeof line, file) != NULL) {
        char *p = line;
        for (size_t c = 0; c < COLUMNS; c++)
            columns[c][r] = strtod(p + (c > 0), &p);
        r++;
    }
    fclose(file);
    return r == ROWS;
}

/* The same bits from every instruction set, for every length, so also in the rest that fills no register. */
static void check_variants(void)
{
    for (size_t n = 0; n <= 70; n++) {
        cpu_use(CPU_PORTABLE);
        struct pair wanted = pair_of(columns[0], columns[2], NULL, n);
        for (enum cpu_level level = CPU_AVX2; level <= cpu_widest(); level++) {
            cpu_use(level);
            struct pair got = pair_of(columns[0], columns[2], NULL, n);
            CHECK(same_moments(&wanted.x, &got.x) && same_moments(&wanted.y, &got.y) &&
                      same_bits(wanted.cross, got.cross),
                  "%s differs for n = %zu", cpu_name(level), n);
        }
    }
}

static void check_constant(void)
{
    static double x[1000];
    for (int i = 0; i < 1000; i++) {
        uint64_t bits = random_bits();
        double value = (double)(bits >> 11) * 0x1p-53 * (bits & 1 ? 1e9 : 1e-9);
        size_t n = 1 + random_bits() % 1000;
        for (size_t k = 0; k < n; k++)
            x[k] = value;
        struct moments m = moments_merge(moments_of(x, NULL, n), moments_of(x, NULL, 1 + n / 3));
        CHECK(moments_mean(&m) == value && moments_variance(&m) == 0, "%zu times %.17g: mean %.17g, variance %g", n,
              value, moments_mean(&m), moments_variance(&m));
        m = moments_of(x, columns[WEIGHT], n < ROWS ? n : ROWS);
        CHECK(m.weight.high == 0 || (moments_mean(&m) == value && moments_variance(&m) == 0),
              "weighted %.17g: variance %g", value, moments_variance(&m));
    }
}

/* Moments and cross sum of importances of two sets, weighted by 2^exponent[0] and 2^exponent[1], in effective rows. */
static struct pair effective_pair(const int *exponent)
{
    double w[2][ROWS / 2];
    struct pair set[2];
    for (size_t k = 0; k < 2; k++) {
        const double *x = columns[0] + k * (ROWS / 2), *y = columns[2] + k * (ROWS / 2);
        for (size_t i = 0; i < ROWS / 2; i++)
            w[k][i] = ldexp((double)(i % 7), exponent[k]);
        set[k].x = moments_of_importances(x, w[k], ROWS / 2);
        set[k].y = moments_of_importances(y, w[k], ROWS / 2);
        set[k].cross = moments_cross(x, y, w[k], ROWS / 2, &set[k].x, &set[k].y);
    }
    struct pair all = pair_merge(set[0], set[1]);
    struct dd factor = moments_effective_factor(&all.x);
    all.cross = dd_multiply(all.cross, factor);
    all.x = moments_scale(all.x, factor);
    all.y = moments_scale(all.y, factor);
    return all;
}

static void check_importances(void)
{
    for (int apart = 0; apart <= 60; apart += 20) {
        struct pair wanted = effective_pair((int[]){0, -apart});
        CHECK(wanted.x.weight.high > ROWS / 4.0 && wanted.x.weight.high < ROWS);
        for (int exponent = -1000; exponent <= 1000; exponent += 50) {
            struct pair got = effective_pair((int[]){exponent, exponent - apart});
            CHECK(same_moments(&wanted.x, &got.x) && same_moments(&wanted.y, &got.y) &&
                      same_bits(wanted.cross, got.cross),
                  "weights times 2^%d, set apart by 2^%d", exponent, apart);
        }
    }
    struct pair first = effective_pair((int[]){1000, -1000}), vanished = effective_pair((int[]){0, -1060});
    CHECK(first.x.mean.high == vanished.x.mean.high && first.x.weight.high == vanished.x.weight.high);
    double subnormal[] = {5e-324, 5e-324, 1e-323}, x[] = {1, 2, 4};
    struct moments m = moments_of_importances(x, subnormal, 3);
    CHECK(moments_total(&m) == 2e-323 && moments_mean(&m) == 2.75);
    m = moments_scale(m, moments_effective_factor(&m));
    CHECK(near(m.weight.high, 8.0 / 3) && m.exponent == 0, "%.17g", m.weight.high);
}

static void check_edges(void)
{
    struct moments none = moments_of(NULL, NULL, 0), one = moments_of((double[]){42}, NULL, 1);
    CHECK(none.n == 0 && isnan(moments_mean(&none)) && isnan(moments_variance(&none)));
    CHECK(moments_mean(&one) == 42 && moments_variance(&one) == 0 && isnan(moments_sample_variance(&one)));
    struct moments same = moments_merge(none, one);
    CHECK(same_moments(&same, &one));
    same = moments_merge(one, none);
    CHECK(same_moments(&same, &one));
    double zero = 0, x = 7;
    struct moments weightless = moments_of(&x, &zero, 1);
    CHECK(weightless.n == 1 && isnan(moments_mean(&weightless)));
    same = moments_merge(one, weightless);
    CHECK(same.n == 2 && moments_mean(&same) == 42);
    struct moments huge = moments_of((double[]){1e300, -1e300}, NULL, 2);
    CHECK(moments_mean(&huge) == 0 && moments_variance(&huge) == INFINITY);
    struct moments greatest = moments_of((double[]){1.7e308, 1.7e308}, NULL, 2);
    CHECK(moments_mean(&greatest) == 1.7e308 && moments_variance(&greatest) == 0);
    struct moments tiny = moments_of((double[]){5e-324, 15e-324}, NULL, 2);
    CHECK(moments_mean(&tiny) == 1e-323 && moments_variance(&tiny) == 0);
}

int main(void)
{
    CHECK(read_columns());
    check_references();
    check_variants();
    check_constant();
    check_importances();
    check_edges();
    return test_report("moments");
}
