#ifndef LIKELY_APP_SHOW_SUMMARY_RANGE_H
#define LIKELY_APP_SHOW_SUMMARY_RANGE_H

#include "base/slice.h"
#include "data/table/table.h"

#include <stdbool.h>
#include <stddef.h>

/* The values of a column in some rows: how many there are, their range, the first distinct ones. Zero-initialise. */
enum { SUMMARY_VALUES = 5 };

struct summary_range {
    enum column_kind kind; /* of the first value */
    size_t missing, numbers, texts;
    double least_number, greatest_number;   /* where numbers > 0 */
    struct slice least_text, greatest_text; /* by their bytes; p NULL: none */
    struct slice value[SUMMARY_VALUES];     /* the first n_values distinct values … */
    size_t n_values;
    bool has_more; /* … and there are others */
};

void summary_range_add_number(struct summary_range *range, double x);
void summary_range_add_text(struct summary_range *range, struct slice text);

/* One of the values, new or not. */
void summary_range_add_value(struct summary_range *range, struct slice text);

/* Adds the values of later rows. The texts of `range` are copies, which summary_range_free frees. */
void summary_range_join(struct summary_range *range, const struct summary_range *later);
void summary_range_free(struct summary_range *range);

#endif
