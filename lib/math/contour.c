/* Marching squares: the zero line of a function on a grid, cell by cell. Each side of a cell whose ends have
 * different signs is crossed at the zero of the linear interpolation between them (cross). Two crossings are
 * joined by a straight piece; in a cell with four, whose corners alternate, the sign of the mean of the corners
 * decides which two pairs are joined (cut). Pieces are not chained into lines. Time and memory are linear in the
 * cells; one thread. */
#include "math/contour.h"

#include "base/mem.h"

#include <math.h>
#include <stdbool.h>

/* A cell of the grid: its corners anticlockwise from the lower left one. */
struct contour_cell {
    double x[4], y[4], z[4];
};

struct contour_trace {
    struct contour_piece *piece;
    size_t n, capacity;
};

/* The point where the side from one corner to the next crosses 0. */
static void cross(const struct contour_cell *c, size_t side, double *x, double *y)
{
    size_t next = (side + 1) % 4;
    double t = c->z[side] / (c->z[side] - c->z[next]);
    *x = c->x[side] + t * (c->x[next] - c->x[side]);
    *y = c->y[side] + t * (c->y[next] - c->y[side]);
}

static void join(struct contour_trace *trace, const struct contour_cell *c, size_t side, size_t other)
{
    trace->piece = mem_grow(trace->piece, &trace->capacity, trace->n + 1, sizeof *trace->piece);
    struct contour_piece *p = &trace->piece[trace->n++];
    cross(c, side, &p->x[0], &p->y[0]);
    cross(c, other, &p->x[1], &p->y[1]);
}

static void cut(struct contour_trace *trace, const struct contour_cell *c)
{
    size_t crossed[4], n = 0;
    for (size_t side = 0; side < 4; side++)
        if ((c->z[side] >= 0) != (c->z[(side + 1) % 4] >= 0))
            crossed[n++] = side;
    if (n == 2)
        join(trace, c, crossed[0], crossed[1]);
    if (n != 4)
        return;
    /* Two opposite corners are cut off, each by a piece: the first and the third if the middle has the other
     * sign. */
    bool middle = c->z[0] + c->z[1] + c->z[2] + c->z[3] >= 0, first_alone = (c->z[0] >= 0) != middle;
    join(trace, c, first_alone ? 3 : 0, first_alone ? 0 : 1);
    join(trace, c, first_alone ? 1 : 2, first_alone ? 2 : 3);
}

size_t contour_find(const double *z, const double *x, size_t nx, const double *y, size_t ny,
                    struct contour_piece **pieces)
{
    struct contour_trace trace = {0};
    for (size_t j = 0; j + 1 < ny; j++)
        for (size_t i = 0; i + 1 < nx; i++) {
            const double *low = z + j * nx + i, *high = low + nx;
            struct contour_cell c = {.x = {x[i], x[i + 1], x[i + 1], x[i]},
                                     .y = {y[j], y[j], y[j + 1], y[j + 1]},
                                     .z = {low[0], low[1], high[1], high[0]}};
            if (isfinite(c.z[0] + c.z[1] + c.z[2] + c.z[3]))
                cut(&trace, &c);
        }
    *pieces = trace.piece;
    return trace.n;
}
