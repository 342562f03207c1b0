/* Kernels under each level of instruction sets of the processor give the bits of the portable ones. */

#include "base/cpu.h"
#include "base/rng.h"
#include "math/dense.h"
#include "math/product.h"
#include "math/single.h"
#include "math/tsqr.h"
#include "math/vexp.h"

#include "test.h"

#include <string.h>

enum { ROWS = 300, COLUMNS = 37, OUT = 1 << 16 };

static double a[ROWS * COLUMNS], b[ROWS * COLUMNS], work[ROWS * COLUMNS], out[OUT];
static float half[ROWS * COLUMNS];

static void fill(double *x, size_t n, uint64_t seed)
{
    struct rng rng = rng_seed(seed);
    for (size_t i = 0; i < n; i++)
        x[i] = rng_uniform(&rng) * 4 - 2;
}

/* Each writes its result to out, which is 0 before; n and k are shapes. */
static void run_dot(size_t n, size_t k)
{
    (void)k;
    out[0] = dense_dot(n, a, b);
    dense_add(n, 0.3, a, out + 1);
    dense_scale(n, 0.7, b, out + 1 + n);
    dense_shift(n, 0.3, b, out + 1 + 2 * n);
    dense_divide(n, 0.7, out + 1 + 2 * n);
    out[1 + 3 * n] = dense_sum(n, b);
}

static void run_apply(size_t n, size_t k)
{
    dense_apply(k, n, a, n, b, out);
    dense_apply_transposed(k, n, a, n, b, out + k);
}

static void run_products(size_t n, size_t k)
{
    dense_multiply_nt(k, 11, n, a, n, b, n, out, 11);
    dense_multiply_tn_add(n, 5, k, a, n, b, 5, out + 4096, 5);
    dense_multiply_tn_add(3, n, k, b, 3, a, n, out + 8192, n);
}

static void run_gram(size_t n, size_t k)
{
    dense_gram_add(k, n, b, a, n, out, n);
    dense_mirror(n, out);
}

static void run_triangle(size_t n, size_t k)
{
    memcpy(work, a, n * k * sizeof *work);
    tsqr_fold(n, out, k, work, k);
}

/* Enough rows and columns for reflections in panels. */
static void run_wide_triangle(size_t n, size_t k)
{
    memcpy(work, a, n * k * sizeof *work);
    tsqr_fold(n, out, k, work, k);
    memcpy(work, b, n * n * sizeof *work);
    tsqr_merge(n, out, work);
}

static void run_functions(size_t n, size_t k)
{
    (void)k;
    vexp_exp(n, a, out);
    vexp_log1p(n, out, out + n);
    single_from_double(n, a, half);
    single_to_double(n, half, out + 2 * n);
    single_add_to_double(n, half, out + 2 * n);
}

/* The deep sum of a product runs over several blocks of terms, its tiles over blocks of rows. */
static void run_deep(size_t n, size_t k)
{
    struct product shape = {
        .rows = k, .columns = n, .n = ROWS, .a_row = 1, .a_column = k, .b_row = 1, .b_column = ROWS, .c_row = n};
    product_double(&shape, a, b, out);
}

static void check(const char *name, void (*run)(size_t n, size_t k), size_t n, size_t k)
{
    static double portable[OUT];
    for (enum cpu_level level = CPU_PORTABLE; level <= cpu_widest(); level++) {
        cpu_use(level);
        memset(out, 0, sizeof out);
        run(n, k);
        if (level == CPU_PORTABLE)
            memcpy(portable, out, sizeof out);
        CHECK(memcmp(portable, out, sizeof out) == 0, "%s of %zu and %zu under %s", name, n, k, cpu_name(level));
    }
}

static void test_names(void)
{
    enum cpu_level level;
    for (int i = 0; i < CPU_LEVELS; i++)
        CHECK(cpu_find(cpu_name((enum cpu_level)i), &level) && level == (enum cpu_level)i, "level %d", i);
    CHECK(!cpu_find("avx", &level), "avx is no level");
    cpu_use(CPU_AVX512);
    CHECK(cpu_level() == cpu_widest(), "the widest level is the limit");
    cpu_use(CPU_PORTABLE);
    CHECK(cpu_level() == CPU_PORTABLE, "the portable level");
}

int main(void)
{
    fill(a, ROWS * COLUMNS, 1);
    fill(b, ROWS * COLUMNS, 2);
    test_names();
    for (size_t n = 1; n <= COLUMNS; n += n < 18 ? 1 : 6) {
        for (size_t k = 1; k <= ROWS / 4; k = 2 * k + 1) {
            check("apply", run_apply, n, k);
            check("products", run_products, n, k);
            check("gram", run_gram, n, k);
            check("triangle", run_triangle, n, k);
            if (k <= COLUMNS)
                check("deep product", run_deep, n, k);
        }
        check("dot", run_dot, n, 0);
        check("functions", run_functions, n, 0);
    }
    check("wide triangle", run_wide_triangle, 97, 70);
    check("wide triangle", run_wide_triangle, 105, 100);
    check("dot", run_dot, ROWS * COLUMNS, 0);
    check("functions", run_functions, ROWS * COLUMNS, 0);
    return test_report("levels");
}
