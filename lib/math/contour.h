#ifndef LIKELY_MATH_CONTOUR_H
#define LIKELY_MATH_CONTOUR_H

#include <stddef.h>

/* Where a function of two variables, known on a grid, crosses 0, as straight pieces across the cells of the
 * grid: in two dimensions what Lorensen and Cline describe in Marching Cubes, Computer Graphics 21 (1987). */
struct contour_piece {
    double x[2], y[2]; /* of its ends */
};

/* z: ny x nx values at y[] and x[], which ascend; 0 counts as above. A cell whose corners alternate is cut so
 * that its middle belongs to the side of the corners' mean. Cells with a value that is not finite are left
 * out. *pieces is malloc'ed; returns how many. */
size_t contour_find(const double *z, const double *x, size_t nx, const double *y, size_t ny,
                    struct contour_piece **pieces);

#endif
