#ifndef LIKELY_FIT_GLM_SEPARATION_H
#define LIKELY_FIT_GLM_SEPARATION_H

#include "fit/glm/glm.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether the likelihood has a maximum. It has none if some direction of the coefficients moves the scores of no row
 * away from its class, and those of some row towards it (A. Albert and J. Anderson, Biometrika 71 (1984), 1-10): the
 * likelihood grows along that direction without end. Complete: all rows are moved towards their classes;
 * quasi-complete: some rows are not moved. */
enum separation_kind { SEPARATION_NONE, SEPARATION_QUASI, SEPARATION_COMPLETE };
extern const char *const separation_names[]; /* by kind */

struct separation {
    enum separation_kind kind;
    bool alone; /* each of the columns separates classes by itself; else only all together do */
    size_t n;
    size_t *column; /* n of the features */
};

/* theta: where an optimiser stopped, for a log-likelihood without penalty; gradient (n) and inverse Hessian (n x n;
 * NULL: not positive definite) there. A separation that is found is verified against every row. */
void separation_find(struct glm *glm, const double *theta, const double *gradient, const double *inverse,
                     struct separation *separation);

/* The same for models whose Hessian would be too large, by products with it. */
void separation_find_wide(struct glm *glm, const double *theta, struct separation *separation);
void separation_free(struct separation *separation);

#endif
