#ifndef LIKELY_OPTIM_OPTIM_DECREMENT_H
#define LIKELY_OPTIM_OPTIM_DECREMENT_H

#include "optim/objective.h"

#include <stdbool.h>
#include <stddef.h>

/* product = Hessian direction at theta (n each): by the objective's own function where it has one, theta being the
 * point whose gradient was evaluated last; else by the difference of the gradients at two points about theta, which
 * become the points evaluated last. room: 2 n. Returns the evaluations it took. */
size_t optim_product(const struct objective *objective, const double *theta, const double *direction, double *product,
                     double *room);

/* diagonal (n): the Hessian's, kept away from 0; 1 where the objective does not give it. */
void optim_diagonal(const struct objective *objective, double *diagonal);

/* step (n): the Newton step at theta, whose gradient is known, by the Hessian itself, and gradient'H^-1 gradient. The
 * point becomes the one evaluated last. False: the Hessian is not definite. */
bool optim_newton_step(const struct objective *objective, const double *theta, const double *gradient, double *step,
                       double *decrement);

/* The Newton decrement of total * value at theta, the point whose gradient (n) was evaluated last. is_known: false
 * where it is a bound from below. evaluations: grows by those it took. */
double optim_decrement(const struct objective *objective, const double *theta, const double *gradient, bool *is_known,
                       size_t *evaluations);

#endif
