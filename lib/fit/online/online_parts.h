#ifndef LIKELY_FIT_ONLINE_ONLINE_PARTS_H
#define LIKELY_FIT_ONLINE_ONLINE_PARTS_H

#include "fit/online/online.h"

/* For online.c (states) and online_update.c (batches). A, b and H are those of online.h. */
struct online {
    size_t d, width, scores;
    bool several;
    struct online_prior prior;
    double weight, earlier;      /* of the rows seen; of the rows that the warm start stands for */
    double *start;               /* scores x width: coefficients of a warm start, until the first batch; NULL = none */
    size_t rows, unsettled;      /* batches whose optimum was not reached */
    double *center;              /* d: the first row, from which columns are measured */
    double *mean, *m2;           /* d: of the measured columns, and their sums of squared deviations */
    double *precision;           /* width: of the prior */
    double *weak;                /* width: the part of it that keeps estimates finite, … */
    double *origin;              /* … and its mean, scores x width; NULL = 0 */
    double *newton;              /* width: a step of one score */
    double *theta, *before;      /* scores x width; before a step */
    double *gradient, *linear;   /* scores x width; linear: b */
    double *quadratic, *hessian; /* scores x width x width: A, and H of the batch */
    double *system;              /* width x width */
    double *z;                   /* rows x width: (1, measured columns) */
    double *score, *slope;       /* rows x scores */
    double *target, *curvature, *loss; /* rows */
    size_t z_capacity, score_capacity, slope_capacity, target_capacity, curvature_capacity, loss_capacity;
};

#endif
