#ifndef LIKELY_MATH_CONTOUR_H
#define LIKELY_MATH_CONTOUR_H

#include <stddef.h>

/* A piece of the line along which a function of two variables, known on a grid, is 0: a straight line across one
 * cell. The two-dimensional case of Lorensen and Cline, Marching Cubes, Computer Graphics 21 (1987). */
struct contour_piece {
    double x[2], y[2]; /* its two ends */
};

/* z: ny x nx values, row-major, at y[0..ny) and x[0..nx), both ascending; a value of 0 counts as positive. In a
 * cell whose corners alternate in sign the middle gets the sign of their mean. Cells with a value that is not
 * finite are left out. *pieces is malloc'ed; returns their number. */
size_t contour_find(const double *z, const double *x, size_t nx, const double *y, size_t ny,
                    struct contour_piece **pieces);

#endif
