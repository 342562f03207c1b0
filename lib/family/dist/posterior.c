/* Bayes' rule over hypotheses whose likelihoods are products of any length: a product is kept as mantissa,
 * binary exponent and a logarithm in double-double (posterior.h), and the posterior is computed relative to the
 * greatest product, so that nothing overflows or underflows. Probabilities below 1e-290 take their logarithm
 * from the products instead. */
#include "family/dist/posterior.h"

#include "math/special.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

void posterior_multiply(struct posterior_product *p, double factor)
{
    int of_factor, of_product;
    double mantissa = frexp(factor, &of_factor);
    p->mantissa = frexp(p->mantissa * mantissa, &of_product);
    p->exponent += of_factor + of_product;
}

void posterior_multiply_exp(struct posterior_product *p, double log_factor)
{
    p->log = dd_add_double(p->log, log_factor);
}

static bool is_zero(const struct posterior_product *p)
{
    return p->mantissa == 0 || p->log.high == -INFINITY;
}

static double log_of(const struct posterior_product *p)
{
    return is_zero(p) ? -INFINITY : log(p->mantissa) + (double)p->exponent * special_ln2 + p->log.high;
}

/* x * 2^exponent for any exponent. */
static double scaled(double x, long exponent)
{
    return ldexp(x, exponent > 5000 ? 5000 : exponent < -5000 ? -5000 : (int)exponent);
}

/* p / (2^unit.exponent * e^unit.log), where unit is the greatest product. */
static double relative(const struct posterior_product *p, const struct posterior_product *unit)
{
    if (is_zero(p))
        return 0;
    double log_ratio = dd_subtract(p->log, unit->log).high, ratio = exp(log_ratio);
    double value = scaled(p->mantissa, p->exponent - unit->exponent);
    return log_ratio == 0 || (value < 1e200 && ratio > 1e-200 && ratio < 1e200)
               ? value * ratio
               : unit->mantissa * exp(log_of(p) - log_of(unit));
}

double posterior_normalise(const struct posterior_product *joint, size_t n, double *posterior, double *log_posterior)
{
    size_t greatest = 0;
    for (size_t i = 1; i < n; i++)
        greatest = log_of(&joint[i]) > log_of(&joint[greatest]) ? i : greatest;
    const struct posterior_product *unit = &joint[greatest];
    if (n == 0 || is_zero(unit))
        return -INFINITY;
    struct dd sum = {0}, others = {0};
    for (size_t i = 0; i < n; i++) {
        posterior[i] = relative(&joint[i], unit);
        sum = dd_add_double(sum, posterior[i]);
        if (i != greatest)
            others = dd_add_double(others, posterior[i]);
    }
    double top = posterior[greatest], log_share = -log1p(others.high / top);
    for (size_t i = 0; i < n; i++) {
        bool is_far = posterior[i] < 1e-290;
        log_posterior[i] = is_far ? log_of(&joint[i]) - log_of(unit) + log_share : log(posterior[i] / top) + log_share;
        posterior[i] = dd_divide(dd_of(posterior[i]), sum).high;
    }
    /* An exponent in this range goes into ldexp, which does not round, instead of a multiplication by ln 2. */
    long exponent = labs(unit->exponent) < 900 ? unit->exponent : 0;
    return log(ldexp(sum.high, (int)exponent)) + (double)(unit->exponent - exponent) * special_ln2 + unit->log.high;
}
