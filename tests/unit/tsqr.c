/* Triangular factors in one pass, held against exact arithmetic (tsqr.csv); the same for any cut of the rows. */

#include "math/tsqr.h"

#include "test.h"

#include <math.h>
#include <string.h>

enum { COLUMNS = 6, ROWS = 1000 };

static double entry(size_t i, size_t j)
{
    return ((double)((37 * i + 101 * j + 13 * i * j) % 97) - 48) / 8;
}

/* Column-major rows [first, first + rows), leading dimension rows. */
static void fill(double *a, size_t columns, size_t first, size_t rows, double scale)
{
    for (size_t j = 0; j < columns; j++)
        for (size_t i = 0; i < rows; i++)
            a[j * rows + i] = scale * entry(first + i, j);
}

/* The factor of the first `rows` rows, in folds of `step` rows. */
static void factor(double *r, size_t columns, size_t rows, size_t step, double scale)
{
    static double a[ROWS * COLUMNS];
    memset(r, 0, columns * columns * sizeof *r);
    for (size_t first = 0; first < rows; first += step) {
        size_t count = rows - first < step ? rows - first : step;
        fill(a, columns, first, count, scale);
        tsqr_fold(columns, r, count, a, count);
    }
}

/* An entry, its row's sign being free. */
static double positive(const double *r, size_t columns, size_t i, size_t j)
{
    return r[i * columns + i] < 0 ? -r[i * columns + j] : r[i * columns + j];
}

static void check_close(const double *a, const double *b, size_t columns, double scale, const char *what)
{
    for (size_t i = 0; i < columns; i++)
        for (size_t j = i; j < columns; j++)
            CHECK(fabs(positive(a, columns, i, j) / scale - positive(b, columns, i, j)) <= 1e-12,
                  "%s: R[%zu][%zu] = %.17g, not %.17g", what, i, j, positive(a, columns, i, j) / scale,
                  positive(b, columns, i, j));
}

/* References of tests/ref/tsqr.py. */
static void check_references(void)
{
    FILE *file = fopen("tests/ref/tsqr.csv", "r");
    CHECK(file != NULL);
    char line[200];
    size_t rows, columns, i, j, found = 0;
    double expected, r[COLUMNS * COLUMNS];
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "%zu,%zu,%zu,%zu,%lf", &rows, &columns, &i, &j, &expected) != 5)
            continue;
        found++;
        factor(r, columns, rows, rows, 1);
        double value = positive(r, columns, i, j);
        CHECK(fabs(value - expected) <= 4e-15 * sqrt((double)rows) * 48, "%zu x %zu: R[%zu][%zu] = %.17g, not %.17g",
              rows, columns, i, j, value, expected);
    }
    CHECK(found == 37, "%zu references", found);
    if (file != NULL)
        fclose(file);
}

static void check_pieces(void)
{
    double whole[COLUMNS * COLUMNS], r[COLUMNS * COLUMNS], other[COLUMNS * COLUMNS];
    factor(whole, COLUMNS, ROWS, ROWS, 1);
    for (size_t step = 1; step < ROWS; step = 3 * step + 1) {
        factor(r, COLUMNS, ROWS, step, 1);
        check_close(r, whole, COLUMNS, 1, "in folds");
    }
    /* The factors of rows 0..399 and of the others. */
    factor(r, COLUMNS, 400, 400, 1);
    static double a[ROWS * COLUMNS];
    memset(other, 0, sizeof other);
    fill(a, COLUMNS, 400, 600, 1);
    tsqr_fold(COLUMNS, other, 600, a, 600);
    tsqr_merge(COLUMNS, r, other);
    check_close(r, whole, COLUMNS, 1, "merged");
    for (size_t i = 0; i < COLUMNS; i++)
        for (size_t j = 0; j < i; j++)
            CHECK(r[i * COLUMNS + j] == 0);
}

static void check_sizes(void)
{
    double whole[COLUMNS * COLUMNS], r[COLUMNS * COLUMNS];
    factor(whole, COLUMNS, ROWS, 100, 1);
    static const double scales[] = {1e-300, 1e-160, 1e-8, 1e8, 1e160, 1e300};
    for (size_t s = 0; s < sizeof scales / sizeof scales[0]; s++) {
        factor(r, COLUMNS, ROWS, 100, scales[s]);
        check_close(r, whole, COLUMNS, scales[s], "scaled");
    }
}

static void check_nothing(void)
{
    double r[4] = {0}, none[1] = {0}, zeros[6] = {0}, zero_factor[4] = {0};
    tsqr_fold(2, r, 0, none, 1);
    CHECK(r[0] == 0 && r[1] == 0 && r[3] == 0);
    tsqr_fold(2, r, 3, zeros, 3);
    CHECK(r[0] == 0 && r[1] == 0 && r[3] == 0);
    double a[] = {3, 4, 1, 1}; /* columns (3, 4) and (1, 1) */
    tsqr_fold(2, r, 2, a, 2);
    CHECK(fabs(fabs(r[0]) - 5) < 1e-15 && fabs(fabs(r[1]) - 1.4) < 1e-15 && fabs(fabs(r[3]) - 0.2) < 1e-15);
    double before[4];
    memcpy(before, r, sizeof r);
    tsqr_merge(2, r, zero_factor);
    CHECK(memcmp(before, r, sizeof r) == 0);
}

static void check_triangles(void)
{
    double r[COLUMNS * COLUMNS], inverse[25], x[5], b[5];
    factor(r, COLUMNS, ROWS, ROWS, 1);
    for (size_t i = 0; i < 5; i++) {
        b[i] = 0;
        for (size_t j = i; j < 5; j++)
            b[i] += r[i * COLUMNS + j] * (double)(j + 1);
    }
    tsqr_solve(5, r, COLUMNS, b, 1, x);
    for (size_t i = 0; i < 5; i++)
        CHECK(fabs(x[i] - (double)(i + 1)) < 1e-13, "x[%zu] = %.17g", i, x[i]);
    tsqr_inverse(5, r, COLUMNS, inverse);
    for (size_t i = 0; i < 5; i++) {
        for (size_t j = 0; j < 5; j++) {
            double sum = 0;
            for (size_t k = i; k < 5; k++)
                sum += r[i * COLUMNS + k] * inverse[k * 5 + j];
            CHECK(fabs(sum - (i == j)) < 1e-14, "R inverse(R) has %.17g in [%zu][%zu]", sum, i, j);
        }
    }
}

enum { WIDE = 150, WIDE_ROWS = 700 };

static double wide_entry(size_t i, size_t j)
{
    return (double)((i * i * 31 + j * j * 17 + i * j * 7 + i + 3 * j) % 101) / 50 - 1 + (i == 4 * j);
}

/* The factor of rows [first, end), in folds of `step` rows. */
static void factor_wide(double *r, size_t first, size_t end, size_t step, double scale)
{
    static double a[WIDE * WIDE_ROWS];
    memset(r, 0, WIDE * WIDE * sizeof *r);
    for (; first < end; first += step) {
        size_t rows = end - first < step ? end - first : step;
        for (size_t j = 0; j < WIDE; j++)
            for (size_t i = 0; i < rows; i++)
                a[j * rows + i] = j == 70 ? 0 : scale * wide_entry(first + i, j);
        tsqr_fold(WIDE, r, rows, a, rows);
    }
}

static void check_wide_close(const double *r, const double *wanted, double scale, const char *what)
{
    double worst = 0;
    for (size_t i = 0; i < WIDE; i++)
        for (size_t j = i; j < WIDE; j++) {
            double d = fabs(positive(r, WIDE, i, j) / scale - positive(wanted, WIDE, i, j));
            worst = d > worst || isnan(d) ? d : worst;
        }
    CHECK(worst < 1e-11, "%s: differs by %g", what, worst);
}

/* Reflections in panels give the factor of reflections one by one; a column of zeros changes nothing. */
static void check_wide(void)
{
    static double one_by_one[WIDE * WIDE], r[WIDE * WIDE], half[WIDE * WIDE];
    factor_wide(one_by_one, 0, WIDE_ROWS, 50, 1);
    factor_wide(r, 0, WIDE_ROWS, WIDE_ROWS, 1);
    check_wide_close(r, one_by_one, 1, "panels");
    for (size_t i = 0; i <= 70; i++)
        CHECK(r[i * WIDE + 70] == 0, "row %zu of the column of zeros: %g", i, r[i * WIDE + 70]);
    factor_wide(r, 0, 300, 300, 1);
    factor_wide(half, 300, WIDE_ROWS, 400, 1);
    tsqr_merge(WIDE, r, half);
    check_wide_close(r, one_by_one, 1, "merged");
    static const double scales[] = {1e-300, 1e-160, 1e160, 1e300};
    for (size_t s = 0; s < sizeof scales / sizeof scales[0]; s++) {
        factor_wide(r, 0, WIDE_ROWS, WIDE_ROWS, scales[s]);
        check_wide_close(r, one_by_one, scales[s], "scaled");
    }
}

int main(void)
{
    check_wide();
    check_references();
    check_pieces();
    check_sizes();
    check_nothing();
    check_triangles();
    return test_report("tsqr");
}
