#ifndef LIKELY_DATA_DATASET_FRAME_H
#define LIKELY_DATA_DATASET_FRAME_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "data/table/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Some columns of a table in memory: numbers and texts. */
struct frame {
    size_t rows, numbers, texts;
    double *number;      /* rows x numbers, row-major */
    uint32_t *code;      /* rows x texts: numbers of words in … */
    struct dict **words; /* texts: … the dictionary of the column, in the order of their first rows */
    size_t skipped;      /* rows left out because a value was missing */
    size_t number_capacity, code_capacity;
};

struct frame_number {
    size_t column;
    double least, most; /* limits of its values */
};

struct frame_options {
    const struct frame_number *numbers;
    size_t n_numbers;
    const size_t *texts; /* columns */
    size_t n_texts;
    bool keep_missing; /* missing numbers are NaN, and infinite ones are allowed; else rows with a missing value are
                        * left out */
    size_t threads;
};

/* Reads the table, opened by column, to its end. Errors: an infinite value, one outside its limits. */
enum status frame_load(struct frame **frame, struct table *table, const struct frame_options *options, struct err *err);
void frame_free(struct frame *frame);

static inline double frame_value(const struct frame *frame, size_t row, size_t number)
{
    return frame->number[row * frame->numbers + number];
}

#endif
