#ifndef LIKELY_FIT_GLM_GLM_PRODUCT_H
#define LIKELY_FIT_GLM_GLM_PRODUCT_H

#include "fit/glm/glm.h"

/* Sums over rows at the point whose gradient was evaluated last, in one pass each; sum: blocks x width, of mean loss
 * without penalties. What a pass needs of the rows besides X is held from the first one on: scores numbers per row, for
 * one score the weighted curvature of the loss, for several the fitted probabilities. */

/* The Hessian times a direction (blocks x width). */
void glm_product(struct glm *glm, const double *direction, double *sum);

/* The Hessian's diagonal. */
void glm_product_diagonal(struct glm *glm, double *sum);

/* The same with numbers of others in place of those that are held; direction NULL: the diagonal. */
void glm_product_with(struct glm *glm, const double *held, const double *direction, double *sum);

#endif
