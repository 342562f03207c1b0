#include "math/contour.h"

#include "base/mem.h"

#include <math.h>
#include <stdbool.h>

/* A cell: its corners anticlockwise from the lower left one. */
struct cell {
    double x[4], y[4], z[4];
};

struct trace {
    struct contour_piece *piece;
    size_t n, capacity;
};

/* Where the side from one corner to the next crosses 0. */
static void cross(const struct cell *c, size_t side, double *x, double *y)
{
    size_t next = (side + 1) % 4;
    double t = c->z[side] / (c->z[side] - c->z[next]);
    *x = c->x[side] + t * (c->x[next] - c->x[side]);
    *y = c->y[side] + t * (c->y[next] - c->y[side]);
}

static void join(struct trace *trace, const struct cell *c, size_t side, size_t other)
{
    trace->piece = mem_grow(trace->piece, &trace->capacity, trace->n + 1, sizeof *trace->piece);
    struct contour_piece *p = &trace->piece[trace->n++];
    cross(c, side, &p->x[0], &p->y[0]);
    cross(c, other, &p->x[1], &p->y[1]);
}

static void cut(struct trace *trace, const struct cell *c)
{
    size_t crossed[4], n = 0;
    for (size_t side = 0; side < 4; side++)
        if ((c->z[side] >= 0) != (c->z[(side + 1) % 4] >= 0))
            crossed[n++] = side;
    if (n == 2)
        join(trace, c, crossed[0], crossed[1]);
    if (n != 4)
        return;
    /* Corners that are cut off stand alone: the first and third where the middle is of the other side. */
    bool middle = c->z[0] + c->z[1] + c->z[2] + c->z[3] >= 0, first_alone = (c->z[0] >= 0) != middle;
    join(trace, c, first_alone ? 3 : 0, first_alone ? 0 : 1);
    join(trace, c, first_alone ? 1 : 2, first_alone ? 2 : 3);
}

size_t contour_find(const double *z, const double *x, size_t nx, const double *y, size_t ny,
                    struct contour_piece **pieces)
{
    struct trace trace = {0};
    for (size_t j = 0; j + 1 < ny; j++)
        for (size_t i = 0; i + 1 < nx; i++) {
            const double *low = z + j * nx + i, *high = low + nx;
            struct cell c = {.x = {x[i], x[i + 1], x[i + 1], x[i]},
                             .y = {y[j], y[j], y[j + 1], y[j + 1]},
                             .z = {low[0], low[1], high[1], high[0]}};
            if (isfinite(c.z[0] + c.z[1] + c.z[2] + c.z[3]))
                cut(&trace, &c);
        }
    *pieces = trace.piece;
    return trace.n;
}
