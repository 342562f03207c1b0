/* The lasso, held against soft thresholds of orthogonal columns, and elsewhere against the conditions of
 * optimality. */

#include "fit/linear/lasso.h"

#include "test.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { MOST = 40 };

static double noise(size_t i, size_t j)
{
    uint64_t x = (i + 1) * 0x9e3779b97f4a7c15u + (j + 1) * 0xbf58476d1ce4e5b9u;
    x ^= x >> 31;
    x *= 0x94d049bb133111ebu;
    x ^= x >> 29;
    return (double)(x >> 11) / 9007199254740992.0 - 0.5;
}

static size_t zeros(const double *x, size_t n)
{
    size_t count = 0;
    for (size_t j = 0; j < n; j++)
        count += x[j] == 0;
    return count;
}

/* Columns that share a common part, so that coordinate descent alone would be slow; sizes from 1e-4 to 1e4. */
static void make(double *a, double *b, size_t rows, size_t n)
{
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < n; j++)
            a[j * rows + i] = (10 * noise(i, 1000) + noise(i, j)) * pow(10, (double)(j % 9) - 4);
        b[i] = 10 * noise(i, 1000) + noise(i, 3) - 2 * noise(i, 5) + 0.1 * noise(i, 2000);
    }
}

static void check_orthogonal(void)
{
    /* Soft thresholding: x = sign(b) max(0, |b| - lambda). */
    double a[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1}, b[] = {3, -0.5, -2}, lambda[] = {1, 1, 0.25}, x[3] = {0};
    CHECK(lasso_solve(3, 3, a, b, lambda, 0, x));
    CHECK(x[0] == 2 && x[1] == 0 && fabs(x[2] + 1.75) < 1e-15, "%g %g %g", x[0], x[1], x[2]);
}

/* The largest breach of the conditions of optimality, in units of |a_j| |b|. */
static double breach(size_t rows, size_t n, const double *a, const double *b, const double *lambda, const double *x)
{
    double worst = 0, size = 0;
    for (size_t i = 0; i < rows; i++)
        size += b[i] * b[i];
    for (size_t j = 0; j < n; j++) {
        double gradient = 0, norm2 = 0;
        for (size_t i = 0; i < rows; i++) {
            double residual = b[i];
            for (size_t k = 0; k < n; k++)
                residual -= a[k * rows + i] * x[k];
            gradient += a[j * rows + i] * residual;
            norm2 += a[j * rows + i] * a[j * rows + i];
        }
        double off = x[j] != 0 ? fabs(gradient - copysign(lambda[j], x[j])) : fmax(0, fabs(gradient) - lambda[j]);
        worst = fmax(worst, off / sqrt(norm2 * size));
    }
    return worst;
}

static void check_optimal(void)
{
    static double a[MOST * MOST], b[MOST], lambda[MOST], x[MOST];
    static const double sizes[] = {1e-8, 1e-4, 1e-2, 0.1, 1, 5};
    size_t last = 0;
    make(a, b, MOST, 20);
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        for (size_t j = 0; j < 20; j++)
            lambda[j] = sizes[s] * pow(10, (double)(j % 9) - 4);
        memset(x, 0, sizeof x);
        CHECK(lasso_solve(MOST, 20, a, b, lambda, 0, x), "lambda %g", sizes[s]);
        CHECK(breach(MOST, 20, a, b, lambda, x) <= 1e-12, "%g", breach(MOST, 20, a, b, lambda, x));
        CHECK(zeros(x, 20) >= last, "%zu zeros after %zu", zeros(x, 20), last);
        last = zeros(x, 20);
        x[4] += 1e-6;
        CHECK(breach(MOST, 20, a, b, lambda, x) > 1e-9);
    }
    CHECK(last > 10 && last < 20, "%zu zeros", last);
    for (size_t j = 0; j < 20; j++)
        lambda[j] = 1e9;
    CHECK(lasso_solve(MOST, 20, a, b, lambda, 0, x) && zeros(x, 20) == 20);
}

/* More columns than rows, of which few are used; one has no penalty, one stands twice. */
static void check_wide(void)
{
    enum { ROWS = 150, COLUMNS = 240 };
    static double a[ROWS * COLUMNS], b[ROWS], lambda[COLUMNS], x[COLUMNS];
    for (size_t j = 0; j < COLUMNS; j++)
        for (size_t i = 0; i < ROWS; i++)
            a[j * ROWS + i] = noise(i, j) + 0.3 * noise(i, 5000);
    memcpy(a + 7 * ROWS, a + 3 * ROWS, ROWS * sizeof *a);
    for (size_t i = 0; i < ROWS; i++)
        b[i] = 3 * noise(i, 3) - 2 * noise(i, 100) + noise(i, 200) + noise(i, 6000);
    static const double sizes[] = {30, 3, 0.3, 0.01};
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        for (size_t j = 0; j < COLUMNS; j++)
            lambda[j] = j == 11 ? 0 : sizes[s];
        memset(x, 0, sizeof x);
        CHECK(lasso_solve(ROWS, COLUMNS, a, b, lambda, 0, x), "lambda %g", sizes[s]);
        CHECK(breach(ROWS, COLUMNS, a, b, lambda, x) <= 1e-12, "%g", breach(ROWS, COLUMNS, a, b, lambda, x));
        CHECK(x[11] != 0 && zeros(x, COLUMNS) >= COLUMNS - ROWS, "%zu zeros", zeros(x, COLUMNS));
    }
}

static void check_degenerate(void)
{
    static double a[MOST * MOST], b[MOST], lambda[MOST], x[MOST];
    make(a, b, 10, 20);
    for (size_t j = 0; j < 20; j++)
        lambda[j] = 0.05 * pow(10, (double)(j % 9) - 4);
    CHECK(lasso_solve(10, 20, a, b, lambda, 0, x) && zeros(x, 20) >= 10, "more columns than rows");
    memset(x, 0, sizeof x);
    make(a, b, MOST, 5);
    memcpy(a + 3 * MOST, a + 1 * MOST, MOST * sizeof *a);
    memset(a + 4 * MOST, 0, MOST * sizeof *a);
    for (size_t j = 0; j < 5; j++)
        lambda[j] = 1e-3;
    CHECK(lasso_solve(MOST, 5, a, b, lambda, 0, x), "a column twice");
    CHECK(x[4] == 0);
    memset(b, 0, sizeof b);
    CHECK(lasso_solve(MOST, 5, a, b, lambda, 0, x) && zeros(x, 5) == 5, "nothing to explain");
    CHECK(lasso_solve(0, 0, a, b, lambda, 0, x));
}

int main(void)
{
    check_orthogonal();
    check_optimal();
    check_wide();
    check_degenerate();
    return test_report("lasso");
}
