/* Quadratics with an l1 penalty: at the point found, the conditions of optimality hold. */

#include "optim/l1.h"

#include "base/rng.h"
#include "test.h"

#include <math.h>
#include <string.h>

enum { N = 40 };

struct problem {
    double hessian[N * N], gradient[N], lambda[N], theta[N], z[N];
};

/* H = A'A / rows + ridge I of columns with a common part, whose sizes span four powers of ten. */
static void make(struct problem *p, uint64_t seed, double ridge, double lambda)
{
    enum { ROWS = 60 };
    static double a[ROWS * N];
    struct rng rng = rng_seed(seed);
    for (size_t r = 0; r < ROWS; r++) {
        double common = rng_normal(&rng);
        for (size_t j = 0; j < N; j++)
            a[r * N + j] = (common + rng_normal(&rng)) * pow(10, (double)(j % 5) - 2);
    }
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++) {
            double sum = i == j ? ridge : 0;
            for (size_t r = 0; r < ROWS; r++)
                sum += a[r * N + i] * a[r * N + j] / ROWS;
            p->hessian[i * N + j] = sum;
        }
    for (size_t i = 0; i < N; i++) {
        p->gradient[i] = rng_normal(&rng) * pow(10, (double)(i % 5) - 2);
        p->lambda[i] = i == 0 ? 0 : lambda * pow(10, (double)(i % 5) - 2);
        p->theta[i] = i % 3 == 0 ? 0 : rng_normal(&rng);
    }
}

static void slope(const struct problem *p, double *g)
{
    for (size_t i = 0; i < N; i++) {
        g[i] = p->gradient[i];
        for (size_t j = 0; j < N; j++)
            g[i] += p->hessian[i * N + j] * (p->z[j] - p->theta[j]);
    }
}

static void the_least_of_a_quadratic_is_found(void)
{
    static const double lambdas[] = {0, 1e-4, 0.01, 0.1, 0.5, 1, 10};
    static struct problem p;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        for (size_t l = 0; l < sizeof lambdas / sizeof *lambdas; l++) {
            double g[N];
            size_t zeros = 0;
            make(&p, seed, seed % 2 == 0 ? 1e-9 : 0.1, lambdas[l]);
            CHECK(l1_quadratic(N, p.hessian, p.gradient, p.lambda, p.theta, 1e-9, p.z), "seed %zu lambda %g",
                  (size_t)seed, lambdas[l]);
            slope(&p, g);
            l1_subgradient(N, p.lambda, p.z, g, g);
            for (size_t i = 0; i < N; i++) {
                CHECK(fabs(g[i]) <= 1e-8, "seed %zu lambda %g: %zu: %g", (size_t)seed, lambdas[l], i, g[i]);
                zeros += p.z[i] == 0;
            }
            if (lambdas[l] == 0)
                CHECK(zeros == 0, "%zu zeros without a penalty", zeros);
            if (lambdas[l] == 10)
                CHECK(zeros >= N / 2, "%zu zeros", zeros);
        }
    }
}

static void subgradients_are_the_least(void)
{
    double lambda[] = {1, 1, 1, 1, 0}, theta[] = {2, -2, 0, 0, 0}, gradient[] = {0.5, 0.5, 0.75, -3, 0.25}, out[5];
    static const double wanted[] = {1.5, -0.5, 0, -2, 0.25};
    l1_subgradient(5, lambda, theta, gradient, out);
    for (size_t i = 0; i < 5; i++)
        CHECK(out[i] == wanted[i], "%zu: %g", i, out[i]);
    CHECK(l1_value(5, lambda, theta) == 4);
    l1_subgradient(5, NULL, theta, gradient, out);
    CHECK(l1_value(5, NULL, theta) == 0 && memcmp(out, gradient, sizeof out) == 0, "no penalty changes nothing");
}

int main(void)
{
    the_least_of_a_quadratic_is_found();
    subgradients_are_the_least();
    return test_report("l1");
}
