#include "math/special.h"

#include "test.h"

#include <float.h>
#include <string.h>

/* References of tests/ref/special.py: each function within `ulps` of the value at 60 digits. */
static const struct reference {
    const char *name;
    double (*function)(double);
    double ulps;
} functions[] = {
    {"log1p_exp", special_log1p_exp, 4},
    {"sigmoid", special_sigmoid, 4},
    {"xlogx", special_xlogx, 4},
    {"normal_cdf", special_normal_cdf, 8},
    {"normal_two_sided", special_normal_two_sided, 8},
    {"normal_quantile", special_normal_quantile, 8},
};

static void check_references(void)
{
    FILE *file = fopen("tests/ref/special.csv", "r");
    CHECK(file != NULL);
    char line[200], name[40];
    double x, expected;
    size_t found = 0;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "%39[a-z0-9_],%lf,%lf", name, &x, &expected) != 3)
            continue;
        for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
            if (strcmp(functions[i].name, name) != 0)
                continue;
            found++;
            double value = functions[i].function(x);
            double ulp = nextafter(fabs(expected), INFINITY) - fabs(expected);
            CHECK(fabs(value - expected) <= functions[i].ulps * ulp, "%s(%.17g) = %.17g, not %.17g", name, x, value, expected);
        }
    }
    CHECK(found > 150, "only %zu references", found);
    if (file != NULL)
        fclose(file);
}

static void check_edges(void)
{
    CHECK(special_log1p_exp(800) == 800);
    CHECK(special_log1p_exp(-800) == 0);
    CHECK(special_log1p_exp(INFINITY) == INFINITY && special_log1p_exp(-INFINITY) == 0);
    CHECK(special_sigmoid(800) == 1 && special_sigmoid(-800) == 0);
    CHECK(special_sigmoid(INFINITY) == 1 && special_sigmoid(-INFINITY) == 0);
    CHECK(isnan(special_sigmoid(NAN)) && isnan(special_log1p_exp(NAN)));
    CHECK(special_xlogx(0) == 0);
    CHECK(special_xlogy(0, 0) == 0 && special_xlogy(0, INFINITY) == 0);
    CHECK(special_xlogy(1, 0) == -INFINITY);
    CHECK(special_normal_cdf(40) == 1 && special_normal_cdf(-40) == 0);
    CHECK(special_normal_cdf(INFINITY) == 1 && special_normal_cdf(-INFINITY) == 0);
    CHECK(special_normal_cdf(-38) > 0 && special_normal_cdf(-38) < 1e-300);
    CHECK(special_normal_two_sided(INFINITY) == 0 && special_normal_two_sided(-3) == special_normal_two_sided(3));
    CHECK(special_normal_quantile(0.5) == 0);
    CHECK(special_normal_quantile(0) == -INFINITY && special_normal_quantile(1) == INFINITY);
    CHECK(isnan(special_normal_quantile(-0.1)) && isnan(special_normal_quantile(1.1)) && isnan(special_normal_quantile(NAN)));
}

static void check_sums(void)
{
    double x[] = {1000, 1000}, far[] = {-1000, -1001, -1002}, none[] = {-INFINITY, -INFINITY}, one[] = {0, INFINITY}, p[3];
    CHECK(special_log_sum_exp(2, x) == 1000 + log(2));
    CHECK(fabs(special_log_sum_exp(3, far) - (-999.5923940355556)) < 2e-13);
    CHECK(special_log_sum_exp(0, x) == -INFINITY);
    CHECK(special_log_sum_exp(2, none) == -INFINITY);
    CHECK(special_log_sum_exp(2, one) == INFINITY);
    CHECK(special_softmax(3, far, p) == special_log_sum_exp(3, far));
    CHECK(fabs(p[0] - 0.66524095577482189) < 1e-15 && fabs(p[0] + p[1] + p[2] - 1) < 1e-15);
    CHECK(special_softmax(3, far, far) < 0 && far[2] == p[2]);
}

int main(void)
{
    check_references();
    check_edges();
    check_sums();
    return test_report("special");
}
