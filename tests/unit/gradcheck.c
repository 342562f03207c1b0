/* The check of gradients accepts right derivatives and finds wrong ones. */

#include "optim/gradcheck.h"
#include "test.h"

#include <math.h>
#include <stdbool.h>

/* sin(a) + a b^2, whose gradient and Hessian can be made wrong on purpose. */
struct flaw {
    bool gradient, hessian, nan;
};

static double wave(void *context, const double *t, double *g, double *h)
{
    const struct flaw *flaw = context;
    if (g != NULL) {
        g[0] = cos(t[0]) + t[1] * t[1];
        g[1] = 2 * t[0] * t[1] * (flaw->gradient ? 1.001 : 1);
        if (flaw->nan)
            g[0] = (double)NAN;
    }
    if (h != NULL) {
        h[0] = -sin(t[0]);
        h[1] = h[2] = 2 * t[1];
        h[3] = flaw->hessian ? -2 * t[0] : 2 * t[0];
    }
    return sin(t[0]) + t[0] * t[1] * t[1];
}

int main(void)
{
    struct flaw right = {0}, wrong = {.gradient = true}, curved = {.hessian = true}, nan = {.nan = true};
    double t[] = {0.3, -1.7};
    CHECK(gradcheck_at(&(struct objective){.n = 2, .context = &right, .evaluate = wave}, t).error < 1e-8,
          "a right gradient passes");
    CHECK(gradcheck_hessian_at(&(struct objective){.n = 2, .context = &right, .evaluate = wave}, t).error < 1e-8,
          "a right Hessian passes");
    struct gradcheck found = gradcheck_at(&(struct objective){.n = 2, .context = &wrong, .evaluate = wave}, t);
    CHECK(found.error > 5e-4 && found.parameter == 1, "an entry wrong by a thousandth is found: %g", found.error);
    found = gradcheck_hessian_at(&(struct objective){.n = 2, .context = &curved, .evaluate = wave}, t);
    CHECK(found.error > 1 && found.parameter == 3, "a wrong sign is found: %g", found.error);
    CHECK(!(gradcheck_at(&(struct objective){.n = 2, .context = &nan, .evaluate = wave}, t).error < 1),
          "NaN is the worst of all");

    double a[50], b[50], c[50];
    gradcheck_point(50, 1, a);
    gradcheck_point(50, 1, b);
    gradcheck_point(50, 2, c);
    for (size_t i = 0; i < 50; i++) {
        CHECK(a[i] == b[i] && fabs(a[i]) <= 0.5, "the seed decides");
        CHECK(a[i] != c[i], "and another one otherwise");
    }
    return test_report("gradcheck");
}
