#ifndef LIKELY_OPTIM_OBJECTIVE_H
#define LIKELY_OPTIM_OBJECTIVE_H

#include <stddef.h>

/* All that an optimiser sees of a problem: a function of n parameters to be minimised, smooth but for an L1 penalty. */
struct objective {
    size_t n;
    void *context;
    /* The value at theta (n); also the gradient (n) and the Hessian (n x n, row-major, both triangles) where they are
     * not NULL, in the same pass over the data. May return inf or NaN: the optimiser steps back from there. */
    double (*evaluate)(void *context, const double *theta, double *gradient, double *hessian);
    /* Where the gradient was evaluated last: the product (n) of the Hessian with a direction (n), and the Hessian's
     * diagonal. NULL = they cannot be had. */
    void (*multiply)(void *context, const double *direction, double *product);
    void (*curvatures)(void *context, double *diagonal);
    const double *l1; /* n: sum of l1[i] |theta[i]| is to be added to the value above; NULL = none */
};

#endif
