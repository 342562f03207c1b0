#ifndef LIKELY_OPTIM_L1_H
#define LIKELY_OPTIM_L1_H

#include <stdbool.h>
#include <stddef.h>

/* The penalty sum of lambda[i] |theta[i]|, lambda[i] >= 0, beside a smooth function. In the first three functions
 * lambda may be NULL: no penalty. */

double l1_value(size_t n, const double *lambda, const double *theta);

/* The change of the value from one point to another, without the rounding of either value. */
double l1_change(size_t n, const double *lambda, const double *from, const double *to);

/* The subgradient of least magnitude (G. Andrew and J. Gao, Scalable Training of L1-Regularized Log-Linear Models,
 * ICML 2007, eq. 4): gradient + lambda sign(theta), and where theta is 0, the part of the gradient that exceeds
 * lambda. It is 0 at the optimum and nowhere else. subgradient may be gradient. */
void l1_subgradient(size_t n, const double *lambda, const double *theta, const double *gradient, double *subgradient);

/* Minimises the model gradient'd + d'H d / 2 + sum of lambda |z| over z = theta + d, H (n x n, both triangles) being
 * positive definite, until no entry of the model's least subgradient exceeds the tolerance; zeros of z are exact.
 * False: the tolerance was not reached; z lowers the model all the same. */
bool l1_quadratic(size_t n, const double *hessian, const double *gradient, const double *lambda, const double *theta,
                  double tolerance, double *z);

#endif
