/* Lines along which functions of two variables are 0. */
#include "test.h"

#include "math/contour.h"

#include <math.h>

enum { N = 81 };

struct picture {
    double x[N], y[N], z[N * N];
    struct contour_piece *piece;
    size_t n;
};

/* Over [-2, 2] x [-1, 3]. */
static void draw(struct picture *p, double (*f)(double x, double y))
{
    for (size_t i = 0; i < N; i++) {
        p->x[i] = -2 + 4.0 * (double)i / (N - 1);
        p->y[i] = -1 + 4.0 * (double)i / (N - 1);
    }
    for (size_t j = 0; j < N; j++)
        for (size_t i = 0; i < N; i++)
            p->z[j * N + i] = f(p->x[i], p->y[j]);
    p->n = contour_find(p->z, p->x, N, p->y, N, &p->piece);
}

static double length(const struct picture *p)
{
    double sum = 0;
    for (size_t i = 0; i < p->n; i++)
        sum += hypot(p->piece[i].x[1] - p->piece[i].x[0], p->piece[i].y[1] - p->piece[i].y[0]);
    return sum;
}

static double greatest(const struct picture *p, double (*f)(double x, double y))
{
    double most = 0;
    for (size_t i = 0; i < p->n; i++)
        for (size_t end = 0; end < 2; end++)
            most = fmax(most, fabs(f(p->piece[i].x[end], p->piece[i].y[end])));
    return most;
}

static double line(double x, double y)
{
    return 0.3 + x - 0.7 * y;
}

static double circle(double x, double y)
{
    return 1 - x * x - (y - 1) * (y - 1);
}

static double saddle(double x, double y)
{
    return x * (y - 1);
}

static double positive(double x, double y)
{
    return 1 + x * x + y * y;
}

static double unknown(double x, double y)
{
    return x < 0 ? NAN : line(x, y);
}

static void test_line(void)
{
    struct picture p;
    draw(&p, line);
    CHECK(greatest(&p, line) < 1e-14, "linear between grid points is exact: %g", greatest(&p, line));
    CHECK(fabs(length(&p) - hypot(2.8, 4)) < 1e-12, "from side to side: %.17g",
          length(&p)); /* x = 0.7 y - 0.3, y from -1 to 3 */
    free(p.piece);
    draw(&p, unknown);
    CHECK(p.n > 0 && greatest(&p, line) < 1e-14, "what is not known is left out");
    for (size_t i = 0; i < p.n; i++)
        CHECK(p.piece[i].x[0] >= 0 && p.piece[i].x[1] >= 0);
    free(p.piece);
}

static void test_circle(void)
{
    struct picture p;
    draw(&p, circle);
    CHECK(fabs(length(&p) - 8 * atan(1)) < 0.01, "%.17g", length(&p));
    CHECK(greatest(&p, circle) < 0.002, "%g", greatest(&p, circle));
    free(p.piece);
}

static void test_saddle_and_nothing(void)
{
    struct picture p;
    draw(&p, saddle); /* 0 on both axes, which are lines of the grid and count as above */
    CHECK(fabs(length(&p) - 8) < 0.2, "%.17g", length(&p));
    free(p.piece);
    draw(&p, positive);
    CHECK(p.n == 0);
    free(p.piece);
}

/* One cell whose corners alternate. */
static void test_alternating_corners(void)
{
    const double x[] = {0, 1}, y[] = {0, 1};
    for (int sign = -1; sign <= 1; sign += 2)
        for (int more = 0; more < 2; more++) {
            double high = more != 0 ? 3 : 1.5, low = more != 0 ? 1.5 : 3, z[4];
            z[0] = z[3] = sign * high; /* lower left and upper right */
            z[1] = z[2] = -sign * low;
            struct contour_piece *piece;
            size_t n = contour_find(z, x, 2, y, 2, &piece);
            CHECK(n == 2);
            for (size_t i = 0; i < n;
                 i++) { /* the corner cut off lies on one side of the rising diagonal where the middle is like [0] */
                double over = (piece[i].y[0] - piece[i].x[0]) * (piece[i].y[1] - piece[i].x[1]);
                bool middle_is_first = (z[0] + z[1] + z[2] + z[3] >= 0) == (z[0] >= 0);
                CHECK((over > 0) == middle_is_first, "sign %d, more %d, piece %zu: %g", sign, more, i, over);
            }
            free(piece);
        }
}

int main(void)
{
    test_line();
    test_circle();
    test_saddle_and_nothing();
    test_alternating_corners();
    return test_report("contour");
}
