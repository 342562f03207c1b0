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
