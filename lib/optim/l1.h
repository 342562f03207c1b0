#ifndef LIKELY_OPTIM_L1_H
#define LIKELY_OPTIM_L1_H

#include <stdbool.h>
#include <stddef.h>

/* The penalty sum of lambda[i] |theta[i]| of a smooth function that is to be minimised; lambda[i] >= 0. lambda NULL:
 * there is none, in the first two functions. */

double l1_value(size_t n, const double *lambda, const double *theta);

/* The subgradient of least magnitude (G. Andrew and J. Gao, Scalable Training of L1-Regularized Log-Linear Models, ICML
 * 2007, eq. 4): gradient + lambda sign(theta), and where theta is 0, what of the gradient exceeds lambda. It is 0 at
 * the optimum and nowhere else. May be the gradient's place. */
void l1_subgradient(size_t n, const double *lambda, const double *theta, const double *gradient, double *subgradient);

/* Minimises the model gradient'd + d' H d / 2 + sum of lambda |z|, z = theta + d, of a positive definite H (n x n, both
 * triangles).
 *
 * Coordinate descent (J. Friedman, T. Hastie and R. Tibshirani, Regularization Paths for Generalized Linear Models via
 * Coordinate Descent, J. Stat. Softw. 33 (2010), section 2.2: covariance updates) finds which z are 0 and the signs of
 * the others. Whenever these stay, the equations of the others are solved by Cholesky; where a sign would change on the
 * way there, it goes no farther than that, and the parameter becomes 0. Done when the subgradient of the model is at
 * most the tolerance; zeros are exact. False when it was not reached: z lowers the model all the same. */
bool l1_quadratic(size_t n, const double *hessian, const double *gradient, const double *lambda, const double *theta,
                  double tolerance, double *z);

#endif
