/* Relations of dependent columns, against the combinations that the columns were made of; with and without a column of
 * ones, centre and scale, and constant columns that are not in the factor. */

#include "math/relations.h"
#include "math/tsqr.h"
#include "test.h"

#include <math.h>
#include <string.h>

enum { ROWS = 50, COLUMNS = 4, ORDER = COLUMNS + 1 };

/* x2 = 3 + 2 x0 - x1 and x3 = 7; the factor is that of (x - center) / scale. */
static void fill(double *r, size_t first, const double *center, const double *scale)
{
    static double a[ROWS * ORDER];
    for (size_t i = 0; i < ROWS; i++) {
        double u = (double)(i * 37 % 50), v = (double)(i * i % 23);
        double x[COLUMNS] = {u, v, 3 * (double)first + 2 * u - v, 7};
        a[i] = (double)first;
        for (size_t j = 0; j < COLUMNS; j++)
            a[(1 + j) * ROWS + i] = (x[j] - center[j]) / scale[j];
    }
    memset(r, 0, ORDER * ORDER * sizeof *r);
    tsqr_fold(ORDER, r, ROWS, a, ROWS);
}

static double coefficient_of(const struct relations *relations, size_t relation, size_t column)
{
    double found = 0;
    for (size_t i = 0; i < relations->terms; i++) {
        const double *term = relations->term + 3 * i;
        if (term[0] == (double)relation && term[1] == (double)column)
            found += term[2];
    }
    return found;
}

static void check(const struct relations *relations, size_t relation, const double *expected)
{
    for (size_t j = 0; j < ORDER; j++) {
        double coefficient = coefficient_of(relations, relation, j);
        CHECK(fabs(coefficient - expected[j]) <= 1e-12, "relation %zu, column %zu: %.17g, not %g", relation, j,
              coefficient, expected[j]);
    }
    CHECK(relations->rounding[relation] >= 1e-14 && relations->rounding[relation] < 1e-11, "rounding %g",
          relations->rounding[relation]);
}

static void test_intercept(void)
{
    const bool aliased[COLUMNS] = {false, false, true, true};
    const double center[COLUMNS] = {20, 1e3, -5, 7}, scale[COLUMNS] = {2, 1e-3, 10, 1};
    const size_t columns[COLUMNS] = {1, 2, 3, 0};
    const double combination[ORDER] = {3, 2, -1, 0, 0}, constant[ORDER] = {7, 0, 0, 0, 0};
    double r[ORDER * ORDER];
    fill(r, 1, center, scale);
    struct relations relations = {0};
    for (size_t way = 0; way < 2; way++) {
        struct relations_matrix matrix = {COLUMNS, aliased, center, scale, ORDER, r, 1, way == 0 ? NULL : columns};
        relations_find(&relations, &matrix);
        CHECK(relations.n == 2);
        check(&relations, 0, combination);
        check(&relations, 1, constant);
    }
    relations_free(&relations);
}

static void test_no_intercept(void)
{
    const bool aliased[COLUMNS] = {false, false, true, false};
    const double center[COLUMNS] = {0, 0, 0, 0}, scale[COLUMNS] = {1, 1, 1, 1};
    const double combination[ORDER] = {0, 2, -1, 0, 0};
    double r[ORDER * ORDER];
    fill(r, 0, center, scale);
    struct relations_matrix matrix = {COLUMNS, aliased, center, NULL, ORDER, r, 0, NULL};
    struct relations relations = {0};
    relations_find(&relations, &matrix);
    CHECK(relations.n == 1);
    check(&relations, 0, combination);
    relations_free(&relations);
}

static void test_none(void)
{
    const bool aliased[COLUMNS] = {false};
    struct relations_matrix matrix = {.d = COLUMNS, .aliased = aliased};
    struct relations relations = {0};
    relations_find(&relations, &matrix);
    CHECK(relations.n == 0 && relations.terms == 0);
}

int main(void)
{
    test_intercept();
    test_no_intercept();
    test_none();
    return test_report("relations");
}
