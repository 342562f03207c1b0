/* Special functions, held against arithmetic of many digits (special.csv, student.csv), with bounds in ulp. */

#include "math/special.h"

#include "test.h"

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
            CHECK(fabs(value - expected) <= functions[i].ulps * ulp, "%s(%.17g) = %.17g, not %.17g", name, x, value,
                  expected);
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
    CHECK(isnan(special_normal_quantile(-0.1)) && isnan(special_normal_quantile(1.1)) &&
          isnan(special_normal_quantile(NAN)));
}

static void check_sums(void)
{
    double x[] = {1000, 1000}, far[] = {-1000, -1001, -1002}, none[] = {-INFINITY, -INFINITY}, one[] = {0, INFINITY},
           p[3];
    CHECK(special_log_sum_exp(2, x) == 1000 + log(2));
    CHECK(fabs(special_log_sum_exp(3, far) - (-999.5923940355556)) < 2e-13);
    CHECK(special_log_sum_exp(0, x) == -INFINITY);
    CHECK(special_argmax(4, (double[]){-1, 3, 3, 2}) == 1, "the first of equal ones");
    CHECK(special_argmax(1, x) == 0 && special_argmax(2, (double[]){-INFINITY, -1}) == 1);
    CHECK(special_log_sum_exp(2, none) == -INFINITY);
    CHECK(special_log_sum_exp(2, one) == INFINITY);
    CHECK(special_softmax(3, far, p) == special_log_sum_exp(3, far));
    CHECK(fabs(p[0] - 0.66524095577482189) < 1e-15 && fabs(p[0] + p[1] + p[2] - 1) < 1e-15);
    CHECK(special_softmax(3, far, far) < 0 && far[2] == p[2]);
}

/* References of tests/ref/student.py. */
static void check_student(void)
{
    FILE *file = fopen("tests/ref/student.csv", "r");
    CHECK(file != NULL);
    char line[200];
    double t, freedom, expected;
    size_t found = 0;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "%lf,%lf,%lf", &t, &freedom, &expected) != 3)
            continue;
        found++;
        double value = special_student_two_sided(t, freedom), tolerance = expected > 1e-100 ? 1e-12 : 1e-11;
        CHECK(fabs(value - expected) <= tolerance * expected, "P(|T| >= %g), %g: %.17g, not %.17g", t, freedom, value,
              expected);
        CHECK(special_student_two_sided(-t, freedom) == value);
    }
    CHECK(found > 100, "only %zu references", found);
    if (file != NULL)
        fclose(file);
}

static void check_student_quantiles(void)
{
    static const double p[] = {1e-100, 1e-10, 0.001, 0.025, 0.24, 0.26, 0.3, 0.4999, 0.6, 0.75, 0.975, 0.999999};
    static const double freedom[] = {0.5, 1, 1.5, 2, 3, 9, 10, 563.25, 9999, 10001, 1e9};
    for (size_t i = 0; i < sizeof p / sizeof p[0]; i++) {
        for (size_t k = 0; k < sizeof freedom / sizeof freedom[0]; k++) {
            if (p[i] == 1e-100 && freedom[k] < 1)
                continue;
            double t = special_student_quantile(p[i], freedom[k]);
            double outside = special_student_two_sided(t, freedom[k]) / 2, back = p[i] < 0.5 ? outside : 1 - outside;
            CHECK(fabs(back - p[i]) <= 2e-12 * p[i], "quantile(%g, %g) = %.17g, below which is %.17g", p[i], freedom[k],
                  t, back);
        }
    }
    CHECK(fabs(special_student_quantile(0.975, 1) - 12.706204736174707) < 1e-13);
    CHECK(fabs(special_student_quantile(0.5000001, 1) - 3.1415926519363007e-07) < 1e-21);
    CHECK(special_student_quantile(0.5, 3) == 0);
    CHECK(special_student_quantile(0.975, INFINITY) == special_normal_quantile(0.975));
    CHECK(special_student_two_sided(1.5, INFINITY) == special_normal_two_sided(1.5));
    CHECK(special_student_two_sided(INFINITY, 3) == 0 && special_student_two_sided(INFINITY, 1e5) == 0);
    CHECK(special_student_quantile(0, 3) == -INFINITY && special_student_quantile(1, 3) == INFINITY);
    CHECK(isnan(special_student_two_sided(1, 0)) && isnan(special_student_two_sided(1, -1)) &&
          isnan(special_student_two_sided(NAN, 3)));
    CHECK(isnan(special_student_quantile(0.3, NAN)) && isnan(special_student_quantile(2, 3)));
}

static void check_beta(void)
{
    CHECK(special_beta(2, 3, 0, 1) == 0 && special_beta(2, 3, 1, 0) == 1);
    CHECK(fabs(special_beta(1, 1, 0.3, 0.7) - 0.3) < 1e-15);
    CHECK(fabs(special_beta(2, 3, 0.4, 0.6) - 0.5248) < 1e-15); /* sum over k >= 2 of C(4, k) .4^k .6^(4-k) */
    CHECK(fabs(special_beta(2, 3, 0.4, 0.6) + special_beta(3, 2, 0.6, 0.4) - 1) < 1e-15);
    CHECK(isnan(special_beta(0, 1, 0.5, 0.5)) && isnan(special_beta(1, 1, NAN, 0.5)));
}

int main(void)
{
    check_references();
    check_edges();
    check_sums();
    check_student();
    check_student_quantiles();
    check_beta();
    return test_report("special");
}
