#ifndef LIKELY_DATA_TABLE_ROW_CHECK_H
#define LIKELY_DATA_TABLE_ROW_CHECK_H

#include "data/table/table.h"
#include "data/table/weighting.h"

#include <stdbool.h>
#include <stddef.h>

/* The values a row must have before a fit or a prediction uses it. */
struct row_check {
    size_t numbers, texts;  /* slots 0 .. numbers-1 and 0 .. texts-1 of the block */
    enum err_cause missing; /* cause of the error when one is missing; ERR_NO_REMEDY: such rows are skipped */
    bool skips_infinite;    /* rows with an infinite number are skipped, else are an error */
    bool weighted;          /* the number in slot `weight` is a weight: not negative, and whole if a frequency */
    size_t weight;
    enum weighting weighting;
};

/* Sets *skip when a row is to be skipped because of a missing or infinite value. Errors, in this order: an infinite or
 * missing number, a bad weight, a missing text. */
enum status row_check(const struct row_check *check, const struct block *block, size_t row, bool *skip,
                      struct err *err);

#endif
