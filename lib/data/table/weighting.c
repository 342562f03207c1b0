#include "data/table/weighting.h"

#include <math.h>

enum status weighting_check(enum weighting weighting, const struct block *b, size_t row, size_t slot, struct err *err)
{
    double weight = b->numbers[row * b->row_step + slot * b->column_step];
    if (weight < 0)
        return block_number_error(b, row, slot, err, "the weight is negative");
    if (weighting == WEIGHTING_FREQUENCIES && weight > floor(weight))
        return block_number_error(b, row, slot, err, "the frequency %.15g is not a whole number; -w takes any weights",
                                  weight);
    return STATUS_OK;
}

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
