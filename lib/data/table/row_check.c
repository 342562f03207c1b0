/* Whether a row can be used: the one place where missing values, infinite numbers and bad weights are refused. Called
 * once per row by every trainer and predictor, on the thread that converted the row's block. */

#include "data/table/row_check.h"

#include <math.h>

static enum status check_numbers(const struct row_check *c, const struct block *b, size_t row, bool *skip,
                                 struct err *err)
{
    const double *x = b->numbers + row * b->row_step;
    for (size_t s = 0; s < c->numbers; s++) {
        double value = x[s * b->column_step];
        if (isfinite(value))
            continue;
        if (isinf(value) && !c->skips_infinite)
            return block_number_error(b, row, s, err, "the value is infinite");
        if (isnan(value) && c->missing != ERR_NO_REMEDY) {
            block_number_error(b, row, s, err, "the value is missing");
            return err_because(err, c->missing, NULL);
        }
        *skip = true;
    }
    return STATUS_OK;
}

static enum status check_weight(const struct row_check *c, const struct block *b, size_t row, struct err *err)
{
    double weight = b->numbers[row * b->row_step + c->weight * b->column_step];
    if (weight < 0)
        return block_number_error(b, row, c->weight, err, "the weight is negative");
    if (c->weighting == WEIGHTING_FREQUENCIES && weight > floor(weight)) {
        block_number_error(b, row, c->weight, err, "the frequency %.15g is not a whole number", weight);
        return err_because(err, ERR_FRACTIONAL_FREQUENCY, NULL);
    }
    return STATUS_OK;
}

static enum status check_texts(const struct row_check *c, const struct block *b, size_t row, bool *skip,
                               struct err *err)
{
    for (size_t s = 0; s < c->texts; s++) {
        if (b->texts[s][row].p != NULL)
            continue;
        if (c->missing != ERR_NO_REMEDY) {
            block_text_error(b, row, s, err, "the value is missing");
            return err_because(err, c->missing, NULL);
        }
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
