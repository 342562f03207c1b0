#ifndef LIKELY_FIT_GLM_SEPARATION_H
#define LIKELY_FIT_GLM_SEPARATION_H

#include "fit/glm/glm.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether the likelihood has a maximum at all. It has none when some direction of the coefficients never speaks against
 * the class of any row, and for that of some row (A. Albert and J. Anderson, Biometrika 71 (1984), 1-10): going that
 * way for ever raises the likelihood. Complete: it speaks for every row; quasi-complete: some rows lie on the border.
 */
enum separation_kind { SEPARATION_NONE, SEPARATION_QUASI, SEPARATION_COMPLETE };

struct separation {
    enum separation_kind kind;
    bool alone; /* each of the columns separates classes by itself; else they do together */
    size_t n;
    size_t *column; /* n of the features */
};

/* theta: where an optimiser stopped, for a log-likelihood without penalty, with gradient (n) and inverse Hessian
 * (n x n; NULL: it is not positive definite) there, which tell whether it is a maximum. If not surely, directions are
 * proposed by theta itself and by optima under a penalty that goes to 0, among ever fewer directions, and checked
 * against every row. */
void separation_find(struct glm *glm, const double *theta, const double *gradient, const double *inverse,
                     struct separation *separation);

/* The same for models whose Hessian would be too large: columns are looked at by themselves, and then directions are
 * proposed by products with the Hessian alone (separation_wide.c), and checked in the same way. */
void separation_find_wide(struct glm *glm, const double *theta, struct separation *separation);
void separation_free(struct separation *separation);

#endif
