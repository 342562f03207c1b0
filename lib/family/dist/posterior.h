#ifndef LIKELY_FAMILY_DIST_POSTERIOR_H
#define LIKELY_FAMILY_DIST_POSTERIOR_H

#include "math/dd.h"

#include <stddef.h>

/* A product of factors >= 0 of any size, mantissa * 2^exponent * e^log: neither hundreds of likelihoods nor
 * logarithms of likelihoods overflow or underflow, and each factor costs a relative error of half an ulp. */
struct posterior_product {
    double mantissa; /* 0, or in [0.5, 1) */
    long exponent;
    struct dd log; /* high may be -inf: the product is 0 */
};

/* The product of no factors, 1. */
static inline struct posterior_product posterior_product(void)
{
    return (struct posterior_product){.mantissa = 0.5, .exponent = 1};
}

void posterior_multiply(struct posterior_product *product, double factor);         /* finite, >= 0 */
void posterior_multiply_exp(struct posterior_product *product, double log_factor); /* finite or -inf */

/* Bayes' rule over n hypotheses, given the products of prior and likelihoods: posterior[i] is the product
 * divided by the sum of all, the evidence, and log_posterior[i] its natural logarithm (MacKay, Information
 * Theory, Inference, and Learning Algorithms, chapter 2). Returns the natural logarithm of the evidence. If
 * every product is 0, returns -inf and leaves the arrays unset. */
double posterior_normalise(const struct posterior_product *joint, size_t n, double *posterior, double *log_posterior);

#endif
