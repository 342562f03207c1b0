#ifndef LIKELY_FIT_GLM_GLM_PRODUCT_H
#define LIKELY_FIT_GLM_GLM_PRODUCT_H

#include "fit/glm/glm.h"

/* Products with the Hessian of the mean loss, without penalties, at the point whose gradient was evaluated last; each
 * is one pass over the rows. sum: blocks x width. Besides X a pass needs `scores` numbers per row, glm->irls_weights,
 * kept from the first product on: for one score the weighted curvature of the loss (the weight of iteratively
 * reweighted least squares), for several the fitted probabilities, of which the weights are made. */

/* The Hessian times a direction (blocks x width). */
void glm_product(struct glm *glm, const double *direction, double *sum);

/* The Hessian's diagonal. */
void glm_product_diagonal(struct glm *glm, double *sum);

/* The same with numbers of the caller in place of glm->irls_weights; direction NULL: the diagonal. */
void glm_product_with(struct glm *glm, const double *irls_weights, const double *direction, double *sum);

#endif
