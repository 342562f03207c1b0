/* The Gaussian from the moments of a sample: log-likelihoods, and the maximum a posteriori estimate, which is
 * found by fixed-point iteration when the variance is unknown. */
#include "family/dist/dist_gauss.h"

#include "math/special.h"

#include <math.h>

struct dist_gauss dist_gauss_fit(const struct moments *m)
{
    double n = m->weight.high, variance = moments_variance(m);
    return (struct dist_gauss){
        .mean = moments_mean(m),
        .variance = variance,
        .se_mean = sqrt(moments_sample_variance(m) / n),
        .loglik = -0.5 * n * (special_log_two_pi + log(variance) + 1),
    };
}

double dist_gauss_nll(const struct moments *m, double mean, double variance)
{
    double n = m->weight.high;
    double shift = dd_subtract(m->mean, dd_of(mean)).high;
    return 0.5 * n * (special_log_two_pi + log(variance)) + 0.5 * (m->m2.high + n * shift * shift) / variance;
}

struct dist_gauss_map dist_gauss_map(const struct moments *m, double prior_mean, double prior_sd, double known_variance)
{
    double n = m->weight.high, sample_mean = moments_mean(m), sample_variance = moments_variance(m);
    struct dist_gauss_map map = {.mean = sample_mean,
                                 .variance = known_variance > 0 ? known_variance : sample_variance};
    double prior_precision = 1 / (prior_sd * prior_sd);
    for (int i = 0; i < 10000; i++) {
        double precision = n / map.variance;
        double pull = isinf(precision) ? 0 : prior_precision / (precision + prior_precision);
        double before = map.mean;
        map.mean = sample_mean + pull * (prior_mean - sample_mean);
        map.sd = 1 / sqrt(precision + prior_precision);
        if (known_variance > 0)
            break;
        double shift = sample_mean - map.mean;
        map.variance = sample_variance + shift * shift;
        if (fabs(map.mean - before) <= 1e-15 * fabs(map.mean))
            break;
    }
    return map;
}
