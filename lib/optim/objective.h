#ifndef LIKELY_OPTIM_OBJECTIVE_H
#define LIKELY_OPTIM_OBJECTIVE_H

#include <stdbool.h>
#include <stddef.h>

/* All that an optimiser sees of a problem: a function of n parameters to minimise, smooth but for an L1 penalty. The
 * data, the threads and the scaling of the parameters are behind `context`. */
struct objective {
    size_t n;
    /* What makes the value a sum in nats, of which tolerances are told: the number of rows where the value is a mean
     * over rows. 0 = 1. */
    double total;
    bool has_minimum; /* for sure, however flat it is: a penalised likelihood; else it may fall for ever */
    void *context;
    /* The value at theta (n); also the gradient (n) and the Hessian (n x n, row-major, both triangles) where they are
     * not NULL, in the same pass over the data. May return inf or NaN, from which the optimiser steps back. */
    double (*evaluate)(void *context, const double *theta, double *gradient, double *hessian);
    /* At the point whose gradient was evaluated last: the product (n) of the Hessian with a direction (n), and the
     * Hessian's diagonal (n). NULL: the objective has none. */
    void (*multiply)(void *context, const double *direction, double *product);
    void (*curvatures)(void *context, double *diagonal);
    const double *l1; /* n, >= 0: the optimiser adds sum of l1[i] |theta[i]| to the value; NULL = no penalty */
};

#endif
