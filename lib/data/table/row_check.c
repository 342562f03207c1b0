/* Whether a row can be used: the one place where missing values, infinite numbers and bad weights are refused. Called
 * once per row by every trainer and predictor, on the thread that converted the row's block. */

#include "data/table/row_check.h"

#include <math.h>

const char row_check_missing[] = "the value is missing; --missing skip leaves such rows out";

static enum status check_numbers(const struct row_check *c, const struct block *b, size_t row, bool *skip,
                                 struct err *err)
{
    const double *x = b->numbers + row * b->row_step;
    for (size_t s = 0; s < c->numbers; s++) {
        double value = x[s * b->column_step];
        if (isfinite(value))
            continue;
        if (isinf(value))
            return block_number_error(b, row, s, err, "the value is infinite");
        if (c->missing != NULL)
            return block_number_error(b, row, s, err, "%s", c->missing);
        *skip = true;
    }
    return STATUS_OK;
}

static enum status check_weight(const struct row_check *c, const struct block *b, size_t row, struct err *err)
{
    double weight = b->numbers[row * b->row_step + c->weight * b->column_step];
    if (weight < 0)
        return block_number_error(b, row, c->weight, err, "the weight is negative");
    if (c->weighting == WEIGHTING_FREQUENCIES && weight > floor(weight))
        return block_number_error(b, row, c->weight, err,
                                  "the frequency %.15g is not a whole number; -w takes any weights", weight);
    return STATUS_OK;
}

static enum status check_texts(const struct row_check *c, const struct block *b, size_t row, bool *skip,
                               struct err *err)
{
    for (size_t s = 0; s < c->texts; s++) {
        if (b->texts[s][row].p != NULL)
            continue;
        if (c->missing != NULL)
            return block_text_error(b, row, s, err, "%s", c->missing);
        *skip = true;
    }
    return STATUS_OK;
}

enum status row_check(const struct row_check *c, const struct block *b, size_t row, bool *skip, struct err *err)
{
    *skip = false;
    enum status status = check_numbers(c, b, row, skip, err);
    if (status == STATUS_OK && c->weighted)
        status = check_weight(c, b, row, err);
    return status == STATUS_OK ? check_texts(c, b, row, skip, err) : status;
}
