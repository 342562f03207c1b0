#ifndef LIKELY_FIT_GLM_GLM_SGD_H
#define LIKELY_FIT_GLM_GLM_SGD_H

#include "fit/glm/glm.h"
#include "optim/optim.h"

#include <stdint.h>

/* Stochastic gradient descent on the objective of glm.h. In each epoch all rows are seen in an order of their own,
 * GLM_SGD_BATCH at a time. With g the mean gradient of a batch and e the epochs done so far, counted in fractions, a
 * step is
 *
 *     theta = (theta - rate_e g) / (1 + rate_e penalty),   rate_e = rate / sqrt(1 + e),
 *
 * on standardised columns. The penalty enters by its proximal map, so that it cannot make steps diverge. The result
 * is the mean of theta over the steps of the later half of the epochs, which removes most of the noise (B. Polyak and
 * A. Juditsky, Acceleration of Stochastic Approximation by Averaging, SIAM J. Control Optim. 30 (1992), 838). */

enum { GLM_SGD_BATCH = 16 };

extern const struct optim glm_sgd_solver;

struct glm_sgd_options {
    size_t epochs;
    double rate;      /* 0 = 8 / root of the mean of |(1, x)|^2, chosen by trial on tables of 3 to 60 columns */
    double tolerance; /* standard errors from the optimum that count as converged */
    uint64_t seed;    /* of the orders of rows */
    void *context;
    void (*progress)(void *context,
                     const struct optim_progress *progress); /* at the start and after each epoch; may be NULL */
};

/* theta (blocks x width): the start, then the best point at the end of an epoch; result->iterations are epochs.
 * Status: OPTIM_EPOCHS after all epochs, or OPTIM_CONVERGED if the point happens to be the optimum, OPTIM_STALLED if no
 * epoch was better than the start, or OPTIM_DIVERGED. */
void glm_sgd(struct glm *glm, const struct glm_sgd_options *options, double *theta, struct optim_result *result);

#endif
