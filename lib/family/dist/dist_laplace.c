/* The Laplace distribution fitted by maximum likelihood, by way of the median and the mean absolute deviation of
 * location.c. */
#include "family/dist/dist_laplace.h"

#include <math.h>

struct dist_laplace dist_laplace_fit(const struct location_sample *sample)
{
    const struct location_loss l1 = {.kind = LOCATION_L1};
    double n = location_size(sample), median = location_estimate(sample, l1);
    double scale = location_at(sample, l1, median).loss;
    double se = location_is_few(n, (struct location_loss){.kind = LOCATION_L2}) ? NAN : scale / sqrt(n);
    return (struct dist_laplace){median, scale, se, -n * (log(2 * scale) + 1)};
}
