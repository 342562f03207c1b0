/* Products of matrices for networks, held against exact sums; the same bits however rows are split. */

#include "base/mem.h"
#include "base/rng.h"
#include "math/product.h"
#include "test.h"

#include <math.h>
#include <string.h>

/* Random numbers small enough for sums of products to be exact. */
static void fill(struct rng *rng, size_t n, double *x, float *y)
{
    for (size_t i = 0; i < n; i++) {
        x[i] = (double)rng_below(rng, 17) - 8;
        y[i] = (float)x[i];
    }
}

/* C += A B for a shape, either operand transposed or not, with room between the rows of C that must stay as it was. */
static void check_shape(struct rng *rng, size_t rows, size_t columns, size_t n, int a_transposed, int b_transposed)
{
    size_t ldc = columns + 3, count[] = {rows * n, n * columns, rows * ldc};
    double *x[3], *want = mem_alloc(rows * ldc, sizeof *want);
    float *y[3];
    for (int i = 0; i < 3; i++) {
        x[i] = mem_alloc(count[i], sizeof *x[i]);
        y[i] = mem_alloc(count[i], sizeof *y[i]);
        fill(rng, count[i], x[i], y[i]);
    }
    struct product shape = {rows,
                            columns,
                            n,
                            a_transposed ? 1 : n,
                            a_transposed ? rows : 1,
                            b_transposed ? 1 : columns,
                            b_transposed ? n : 1,
                            ldc};
    memcpy(want, x[2], rows * ldc * sizeof *want);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            for (size_t k = 0; k < n; k++)
                want[i * ldc + j] +=
                    x[0][i * shape.a_row + k * shape.a_column] * x[1][k * shape.b_row + j * shape.b_column];
    product_double(&shape, x[0], x[1], x[2]);
    product_float(&shape, y[0], y[1], y[2]);
    size_t wrong = 0;
    for (size_t i = 0; i < rows * ldc; i++)
        wrong += x[2][i] != want[i] || (double)y[2][i] != want[i];
    CHECK(wrong == 0, "%zu x %zu x %zu, %d %d: %zu wrong", rows, columns, n, a_transposed, b_transposed, wrong);
    for (int i = 0; i < 3; i++) {
        free(x[i]);
        free(y[i]);
    }
    free(want);
}

/* The same bits, each a chain of fused operations, however rows are split. */
static void check_bits(struct rng *rng)
{
    enum { ROWS = 13, COLUMNS = 37, N = 29 };
    static double a[ROWS * N], b[N * COLUMNS], c[ROWS * COLUMNS], d[ROWS * COLUMNS];
    for (size_t i = 0; i < ROWS * N; i++)
        a[i] = rng_normal(rng);
    for (size_t i = 0; i < N * COLUMNS; i++)
        b[i] = rng_normal(rng);
    struct product shape = {ROWS, COLUMNS, N, N, 1, COLUMNS, 1, COLUMNS};
    product_double(&shape, a, b, c);
    for (size_t first = 0, some = 1; first < ROWS;
         first += some, some = some + 1 < ROWS - first ? some + 1 : ROWS - first) {
        shape.rows = some;
        product_double(&shape, a + first * N, b, d + first * COLUMNS);
    }
    CHECK(memcmp(c, d, sizeof c) == 0);
    size_t wrong = 0;
    for (size_t i = 0; i < ROWS; i++)
        for (size_t j = 0; j < COLUMNS; j++) {
            double sum = 0;
            for (size_t k = 0; k < N; k++)
                sum = fma(a[i * N + k], b[k * COLUMNS + j], sum);
            wrong += sum != c[i * COLUMNS + j];
        }
    CHECK(wrong == 0, "%zu are no fused chain", wrong);
}

int main(void)
{
    struct rng rng = rng_seed(5);
    static const size_t sizes[] = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 50};
    enum { SIZES = sizeof sizes / sizeof *sizes };
    for (size_t i = 0; i < SIZES; i++)
        for (size_t j = 0; j < SIZES; j++)
            check_shape(&rng, sizes[i], sizes[j], sizes[(i + 2 * j) % SIZES], (int)(i % 2), (int)(j / 2 % 2));
    check_shape(&rng, 4, 0, 3, 0, 0);
    check_shape(&rng, 4, 3, 0, 0, 1);
    check_bits(&rng);
    return test_report("product");
}
