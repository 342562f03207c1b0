#ifndef LIKELY_FAMILY_LAYER_SOFTMAX_H
#define LIKELY_FAMILY_LAYER_SOFTMAX_H

#include <stdbool.h>
#include <stddef.h>

/* Scores to probabilities, or to their natural logarithms if log is true; the scores are divided by a
 * temperature T > 0. Nothing is clipped, and both tails keep their digits: the logarithm of a probability near 1
 * is computed from the sum of the other probabilities. */

/* out[i] = e^(x[i]/T) / sum of e^(x[j]/T) over j < n. Scores are finite or -inf, at least one of them finite.
 * out must not be x. */
void softmax_joint(const double *x, size_t n, double temperature, bool log, double *out);

/* out[i] = 1 / (1 + e^(-x[i]/T)): each score by itself. */
void softmax_single(const double *x, size_t n, double temperature, bool log, double *out);

#endif
