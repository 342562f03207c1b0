#ifndef LIKELY_FIT_GLM_INFERENCE_H
#define LIKELY_FIT_GLM_INFERENCE_H

#include "fit/glm/glm.h"

#include <stdbool.h>

/* The covariance of maximum likelihood estimates: the inverse of the Hessian of the negative log-likelihood (observed
 * information; Y. Pawitan, In All Likelihood, section 2.5), weights counting as so many rows.
 *
 * Under an l2 it is that of the most probable coefficients under the Gaussian prior (Laplace's approximation; D.
 * MacKay, Information Theory, Inference, and Learning Algorithms, chapter 27). A shift of the coefficients of all
 * classes, of which the data know nothing, is left out where each has a block: it is the covariance of coefficients
 * that sum to 0 over the classes. */

/* hessian: of the objective of a glm at the optimum, n x n with n = blocks * width. It is replaced by its inverse, in
 * which shifts that the data know nothing of are like those of the intercepts. False, leaving rubbish, when it is not
 * positive definite. */
bool inference_invert(const struct glm *glm, double *hessian);

/* inverse: what that leaves, to be replaced by the covariance of the coefficients on the original scale, NaN in rows
 * and columns of aliased columns. */
void inference_covariance(const struct glm *glm, double *inverse);

/* errors: scores x width square roots of the covariance's diagonal; the reference's are NaN. */
void inference_errors(const struct glm *glm, const double *covariance, double *errors);

#endif
