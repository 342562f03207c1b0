#ifndef LIKELY_FIT_GLM_INFERENCE_H
#define LIKELY_FIT_GLM_INFERENCE_H

#include "fit/glm/glm.h"

#include <stdbool.h>

/* Covariances and standard errors of the estimates of a glm.
 *
 * Of maximum likelihood estimates the covariance is the inverse of the information: the Hessian of the negative
 * log-likelihood, summed over the rows (observed information; Y. Pawitan, In All Likelihood, section 2.5). Under an l2
 * it is that of the most probable coefficients under the Gaussian prior (Laplace's approximation; D. MacKay,
 * Information Theory, Inference, and Learning Algorithms, chapter 27).
 *
 * Where rows have weights that are not counts, or targets that are probabilities, the information is not the inverse of
 * the variance. The sandwich estimate is: with u the slope of a row's weighted loss, H^-1 (sum of u u') H^-1 (P. Huber,
 * 5th Berkeley Symposium (1967), 221; H. White, Econometrica 50 (1982), 1; HC0 of R's sandwich).
 *
 * Where each class has a block, the data do not determine a common shift of all classes: the covariance is that of
 * coefficients that sum to 0 over the classes. */

struct inference {
    size_t n;           /* blocks * width: parameters of standardised columns */
    int digits;         /* of the errors, where columns are nearly collinear and QR would take too long; else 0 */
    double *factor;     /* n x n: upper triangle R, R'R being the information */
    double *inverse;    /* n x n: that of R */
    double *middle;     /* n x n: R^-T (sum of u u') R^-1; NULL: the covariance is the inverse of the information */
    double *covariance; /* n x n, of coefficients of the columns as they are; NaN for aliased ones; NULL: none yet */
};

/* hessian: of the objective of a glm at its optimum theta, n x n; it is overwritten. False, with nothing to be freed:
 * it is not positive definite. */
bool inference_new(struct inference *inference, struct glm *glm, const double *theta, double *hessian);
void inference_free(struct inference *inference);

/* matrix (n x n): the inverse of the Hessian of the objective, which is of the mean loss. */
void inference_invert(const struct inference *inference, const struct glm *glm, double *matrix);

/* Whether some weight is not a whole number. */
bool inference_has_fractions(const struct glm *glm);

/* Whether each row is a whole number of independent observations, so that the information tells the variance.
 * are_importances: the weights tell ratios only; they are none if all are the same. */
bool inference_counts_rows(const struct glm *glm, bool are_importances);

/* Computes the middle of the sandwich. Fractions as weights are taken as importances. */
void inference_use_sandwich(struct inference *inference, struct glm *glm, const double *theta, bool are_importances);

/* Computes the covariance. errors (scores x width): the square roots of its diagonal; the reference's are NaN. */
void inference_errors(struct inference *inference, const struct glm *glm, double *errors);

/* The effective number of coefficients under an l2: trace of H (H + P)^-1, H being the Hessian of the mean loss and P
 * that of the penalty (T. Hastie, R. Tibshirani and J. Friedman, The Elements of Statistical Learning, 2nd ed., 7.6).
 * Parameters that an l1 makes 0 do not count. NaN: not known, as with an l1 of several classes. hessian: of the
 * objective at theta. */
double inference_effective(const struct glm *glm, const double *theta, const double *hessian);

#endif
