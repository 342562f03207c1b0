/* The scale of importance weights: they are multiplied by n / sum(w), n being the number of positive ones, so that they
 * sum to n and the log-likelihood has the term sum(log w) / 2 (Stata, User's Guide, 20.24.2). The sums are over all
 * rows: the factor is known at the end. */

#include "data/table/weighting.h"

#include <math.h>

void weighting_add(struct weighting_sums *sums, double weight)
{
    if (!(weight > 0))
        return;
    sums->positive++;
    sums->log_sum += log(weight);
}

double weighting_factor(enum weighting weighting, const struct weighting_sums *sums, double total)
{
    if (weighting != WEIGHTING_IMPORTANCES || !(total > 0) || !isfinite(total))
        return 1;
    return (double)sums->positive / total;
}
