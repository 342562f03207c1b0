#ifndef LIKELY_FAMILY_DIST_POSTERIOR_H
#define LIKELY_FAMILY_DIST_POSTERIOR_H

#include "math/dd.h"

#include <stddef.h>

/* A product of factors >= 0 of any size, mantissa * 2^exponent * e^log: neither hundreds of likelihoods nor
 * logarithms of likelihoods under- or overflow, and each factor costs half an ulp. */
struct product {
    double mantissa; /* 0, or in [0.5, 1) */
    long exponent;
    struct dd log; /* high may be -inf, for the product 0 */
};

static inline struct product posterior_product(void)
{
    return (struct product){.mantissa = 0.5, .exponent = 1};
}

void posterior_multiply(struct product *product, double factor);         /* finite, >= 0 */
void posterior_multiply_exp(struct product *product, double log_factor); /* finite or -inf */

/* Bayes' rule over n hypotheses, given the products of prior and likelihoods: each divided by their sum, the
 * evidence (MacKay, Information Theory, Inference, and Learning Algorithms, chapter 2), natural logarithms
 * too. Returns the logarithm of the evidence; -inf, and nothing else, where every product is 0. */
double posterior_normalise(const struct product *joint, size_t n, double *posterior, double *log_posterior);

#endif
