#ifndef LIKELY_FAMILY_LAYER_SOFTMAX_H
#define LIKELY_FAMILY_LAYER_SOFTMAX_H

#include <stdbool.h>
#include <stddef.h>

/* Scores to probabilities, at a temperature T > 0 that divides the scores; natural logarithms of them where
 * log is true. Nothing is clipped, and both tails keep their digits: the logarithm of a probability next to 1
 * is that of what is left to 1. */

/* out[i] = e^(x[i]/T) / sum of e^(x[j]/T) over j < n. Scores are finite or -inf, at least one being finite.
 * out is not x. */
void softmax_joint(const double *x, size_t n, double temperature, bool log, double *out);

/* out[i] = 1 / (1 + e^(-x[i]/T)): each score by itself. */
void softmax_single(const double *x, size_t n, double temperature, bool log, double *out);

#endif
