#include "fit/grouping.h"

#include <math.h>

enum status grouping_check_weights(const struct block *b, const double *w, size_t slot, struct err *err)
{
    for (size_t r = 0; r < b->rows; r++) {
        if (isnan(w[r]))
            return block_number_error(b, r, slot, err, "the weight is missing");
        if (w[r] < 0)
            return block_number_error(b, r, slot, err, "the weight is negative");
        if (isinf(w[r]))
            return block_number_error(b, r, slot, err, "the weight is infinite");
    }
    return STATUS_OK;
}
