#ifndef LIKELY_FIT_GLM_INFERENCE_H
#define LIKELY_FIT_GLM_INFERENCE_H

#include "fit/glm/glm.h"

#include <stdbool.h>

/* The covariance of maximum likelihood estimates: the inverse of the Hessian of the negative log-likelihood (observed
 * information; Y. Pawitan, In All Likelihood, section 2.5), weights counting as so many rows.
 *
 * Under an l2 it is that of the most probable coefficients under the Gaussian prior (Laplace's approximation; D.
 * MacKay, Information Theory, Inference, and Learning Algorithms, chapter 27). Where each class has a block, the data
 * do not determine a common shift of all classes: the covariance is that of coefficients that sum to 0 over the
 * classes. */

/* hessian: of the objective of a glm at the optimum, n x n with n = blocks * width. Replaced by its inverse, in which
 * common shifts of all classes have the curvature of those of the intercepts. False, its contents being undefined,
 * when it is not positive definite. */
bool inference_invert(const struct glm *glm, double *hessian);

/* inverse: from inference_invert; replaced by the covariance of the coefficients of the columns as they are, NaN in
 * rows and columns of aliased ones. */
void inference_covariance(const struct glm *glm, double *inverse);

/* errors: scores x width square roots of the covariance's diagonal; the reference's are NaN. */
void inference_errors(const struct glm *glm, const double *covariance, double *errors);

#endif
