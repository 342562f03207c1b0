/* Exponentials and logarithms of arrays, held against 400 digits (vexp.csv); the same bits at any place in the
 * array. */

#include "math/vexp.h"

#include "test.h"

#include <math.h>
#include <string.h>

typedef void function(size_t n, const double *x, double *y);

static double one(function *f, double x)
{
    double y;
    f(1, &x, &y);
    return y;
}

/* References of tests/ref/vexp.py. */
static void agrees_with_400_digits(void)
{
    FILE *file = fopen("tests/ref/vexp.csv", "r");
    char line[200], name[40];
    double x, expected;
    size_t found = 0;
    CHECK(file != NULL);
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "%39[a-z0-9],%lf,%lf", name, &x, &expected) != 3)
            continue;
        bool is_exp = strcmp(name, "exp") == 0;
        double value = one(is_exp ? vexp_exp : vexp_log1p, x);
        double ulp = nextafter(expected, INFINITY) - expected;
        CHECK(fabs(value - expected) <= (is_exp ? 1 : 2) * ulp, "%s(%.17g) = %.17g, not %.17g", name, x, value,
              expected);
        found++;
    }
    CHECK(found > 600, "only %zu references", found);
    if (file != NULL)
        fclose(file);
}

static void ends_of_the_range(void)
{
    CHECK(one(vexp_exp, 709.9) == INFINITY && one(vexp_exp, 1e300) == INFINITY && one(vexp_exp, INFINITY) == INFINITY);
    CHECK(one(vexp_exp, -745.2) == 0 && one(vexp_exp, -1e300) == 0 && one(vexp_exp, -INFINITY) == 0);
    CHECK(one(vexp_exp, 0) == 1 && one(vexp_log1p, 0) == 0);
    CHECK(isnan(one(vexp_exp, NAN)) && isnan(one(vexp_log1p, NAN)));
}

static void the_place_in_the_array_changes_no_bit(void)
{
    enum { N = 45 };
    double x[N], y[N], z[N];
    function *const functions[] = {vexp_exp, vexp_log1p};
    for (size_t f = 0; f < 2; f++) {
        for (size_t i = 0; i < N; i++)
            x[i] = f == 0 ? 3 * sin((double)i) * (double)i : fabs(sin((double)i));
        for (size_t n = 0; n < N; n++) {
            memcpy(y, x, sizeof y);
            functions[f](n, y, y);
            bool same = memcmp(y + n, x + n, (N - n) * sizeof *y) == 0;
            for (size_t i = 0; i < n; i++) {
                functions[f](1, x + i, z);
                same &= memcmp(z, y + i, sizeof *z) == 0;
            }
            CHECK(same, "%zu numbers", n);
        }
    }
}

int main(void)
{
    agrees_with_400_digits();
    ends_of_the_range();
    the_place_in_the_array_changes_no_bit();
    return test_report("vexp");
}
