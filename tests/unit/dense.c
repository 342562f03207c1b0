/* Products, factors and inverses of dense matrices, held against the same sums in plain order and against
 * identities such as A inverse(A) = I. */

#include "math/dense.h"
#include "test.h"

#include <math.h>
#include <string.h>

enum { N = 5, ROWS = 9, LD = 7 };

static double entry(size_t i)
{
    return sin(1.7 * (double)i + 0.3);
}

static void products(void)
{
    double a[ROWS * LD], x[N], y[ROWS], back[N] = {1, 2, 3, 4, 5}, h[N * N] = {0};
    for (size_t i = 0; i < ROWS * LD; i++)
        a[i] = entry(i);
    for (size_t i = 0; i < N; i++)
        x[i] = entry(100 + i);
    dense_apply(ROWS, N, a, LD, x, y);
    dense_apply_transposed(ROWS, N, a, LD, y, back);
    double two[ROWS];
    for (size_t r = 0; r < ROWS; r++)
        two[r] = 2;
    dense_gram_add(ROWS, N, two, a, LD, h, N);
    dense_mirror(N, h);
    for (size_t i = 0; i < N; i++) {
        double sum = (double)i + 1;
        for (size_t j = 0; j < N; j++)
            sum += h[i * N + j] * x[j] / 2;
        CHECK(fabs(back[i] - sum) < 1e-13, "%zu: %g %g", i, back[i], sum);
    }
    double c[ROWS * ROWS], d[N * N] = {0};
    dense_multiply_nt(ROWS, ROWS, N, a, LD, a, LD, c, ROWS);
    CHECK(fabs(c[3 * ROWS + 1] - dense_dot(N, a + 3 * LD, a + LD)) < 1e-14, "entry of A A'");
    dense_multiply_tn_add(N, N, ROWS, a, LD, a, LD, d, N);
    for (size_t i = 0; i < N * N; i++)
        CHECK(fabs(2 * d[i] - h[i]) < 1e-13, "entry %zu of A'A", i);
}

/* Every remainder of the tiles, against sums in plain order. */
static void products_of_every_shape(void)
{
    enum { MOST = 45 };
    static double a[MOST * MOST], b[MOST * MOST], c[MOST * MOST], d[MOST * MOST];
    for (size_t i = 0; i < MOST * MOST; i++) {
        a[i] = entry(i);
        b[i] = entry(3 * i + 1);
    }
    static const size_t sizes[] = {1, 2, 3, 4, 5, 8, 9, 31, 32, 43};
    enum { SIZES = sizeof sizes / sizeof *sizes };
    for (size_t shape = 0; shape < SIZES * SIZES * SIZES; shape++) {
        size_t rows = sizes[shape % SIZES], columns = sizes[shape / SIZES % SIZES], n = sizes[shape / SIZES / SIZES];
        double worst = 0;
        for (size_t i = 0; i < MOST * MOST; i++)
            c[i] = d[i] = 0.5;
        dense_multiply_nt(rows, columns, n, a, MOST, b, MOST, c, MOST);
        dense_multiply_tn_add(rows, columns, n, a, MOST, b, MOST, d, MOST);
        for (size_t i = 0; i < MOST; i++) {
            for (size_t j = 0; j < MOST; j++) {
                bool inside = i < rows && j < columns;
                double nt = inside ? 0 : 0.5, tn = 0.5;
                for (size_t k = 0; inside && k < n; k++) {
                    nt += a[i * MOST + k] * b[j * MOST + k];
                    tn += a[k * MOST + i] * b[k * MOST + j];
                }
                worst = fmax(worst, fmax(fabs(c[i * MOST + j] - nt), fabs(d[i * MOST + j] - tn)));
            }
        }
        CHECK(worst < 1e-13, "%zu x %zu over %zu: %g", rows, columns, n, worst);
    }
}

/* Factors of both signs and 0, and none. */
static void grams_of_every_shape(void)
{
    enum { MOST = 45, ROWS_MOST = 200 };
    static double a[ROWS_MOST * MOST], h[MOST * MOST], factor[ROWS_MOST];
    static const size_t widths[] = {1, 3, 4, 15, 16, 17, 28, 44}, lengths[] = {1, 16, 73, 74, 200};
    for (size_t i = 0; i < ROWS_MOST * MOST; i++)
        a[i] = entry(i);
    for (size_t r = 0; r < ROWS_MOST; r++)
        factor[r] = r % 7 == 0 ? 0 : entry(5 * r);
    for (size_t shape = 0; shape < 2 * 8 * 5; shape++) {
        size_t n = widths[shape / 2 % 8], rows = lengths[shape / 16];
        const double *f = shape % 2 == 0 ? factor : NULL;
        double worst = 0;
        for (size_t i = 0; i < MOST * MOST; i++)
            h[i] = 0.5;
        dense_gram_add(rows, n, f, a, MOST, h, MOST);
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j <= i; j++) {
                double sum = 0.5;
                for (size_t r = 0; r < rows; r++)
                    sum += (f != NULL ? f[r] : 1) * a[r * MOST + i] * a[r * MOST + j];
                worst = fmax(worst, fabs(h[i * MOST + j] - sum));
            }
        }
        CHECK(worst < 1e-12, "%zu x %zu: %g", rows, n, worst);
    }
}

static void cholesky(void)
{
    double a[N * N], l[N * N], inverse[N * N], b[N], x[N];
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++)
            a[i * N + j] = 1 / (double)(i + j + 1) + (i == j);
    memcpy(l, a, sizeof a);
    CHECK(dense_cholesky(N, l), "a positive definite matrix");
    for (size_t i = 0; i < N; i++)
        b[i] = x[i] = entry(i);
    dense_cholesky_solve(N, l, x);
    memcpy(inverse, l, sizeof l);
    dense_cholesky_inverse(N, inverse);
    for (size_t i = 0; i < N; i++) {
        CHECK(fabs(dense_dot(N, a + i * N, x) - b[i]) < 1e-14, "row %zu of A x = b", i);
        CHECK(fabs(dense_dot(N, inverse + i * N, b) - x[i]) < 1e-14, "row %zu of the inverse", i);
    }
    double indefinite[] = {1, 2, 2, 1}, zero[] = {0}, nan[] = {(double)NAN};
    CHECK(!dense_cholesky(2, indefinite), "an indefinite matrix");
    CHECK(!dense_cholesky(1, zero), "a singular matrix");
    CHECK(!dense_cholesky(1, nan), "not a number");
}

/* Orders on both sides of the blocks, against A times the inverse. */
static void inverses_of_every_order(void)
{
    enum { MOST = 150 };
    static double a[MOST * MOST], l[MOST * MOST], inverse[MOST * MOST], x[MOST];
    static const size_t orders[] = {1, 2, 3, 7, 47, 48, 49, 95, 96, 97, 150};
    for (size_t o = 0; o < sizeof orders / sizeof *orders; o++) {
        size_t n = orders[o];
        double worst = 0;
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                a[i * n + j] = exp(-fabs((double)i - (double)j) / 5) + (i == j);
        memcpy(l, a, n * n * sizeof *a);
        CHECK(dense_cholesky(n, l), "order %zu", n);
        for (size_t i = 0; i < n; i++)
            x[i] = dense_dot(n, a + i * n, a + (n - 1) * n);
        dense_cholesky_solve(n, l, x);
        dense_cholesky_inverse(n, l);
        for (size_t i = 0; i < n; i++) {
            worst = fmax(worst, fabs(x[i] - a[(n - 1) * n + i]));
            for (size_t j = 0; j < n; j++) {
                worst = fmax(worst, fabs(dense_dot(n, a + i * n, l + j * n) - (i == j)));
                CHECK(l[i * n + j] == l[j * n + i], "symmetry of order %zu", n);
            }
        }
        CHECK(worst < 1e-13, "positive definite of order %zu: %g", n, worst);
        for (size_t i = 0; i < n * n; i++)
            a[i] = entry(i * i);
        memcpy(inverse, a, n * n * sizeof *a);
        CHECK(dense_inverse(n, inverse), "any matrix of order %zu", n);
        worst = 0;
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j < n; j++) {
                double sum = -(double)(i == j);
                for (size_t k = 0; k < n; k++)
                    sum += a[i * n + k] * inverse[k * n + j];
                worst = fmax(worst, fabs(sum));
            }
        }
        CHECK(worst < 1e-10, "any of order %zu: %g", n, worst);
        memset(a + n / 2 * n, 0, n * sizeof *a);
        CHECK(!dense_inverse(n, a), "a row of zeros in order %zu", n);
    }
}

int main(void)
{
    products();
    inverses_of_every_order();
    products_of_every_shape();
    grams_of_every_shape();
    cholesky();
    double v[] = {1, -3, 2}, w[] = {1, (double)NAN, 9};
    CHECK(dense_norm_max(3, v) == 3, "largest magnitude");
    CHECK(isnan(dense_norm_max(2, w)), "NaN is not lost");
    return test_report("dense");
}
