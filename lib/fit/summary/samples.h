#ifndef LIKELY_FIT_SUMMARY_SAMPLES_H
#define LIKELY_FIT_SUMMARY_SAMPLES_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "data/table/table.h"
#include "family/loss/location.h"
#include "fit/summary/grouping.h"

#include <stddef.h>

/* The values of columns of a table, by groups of rows, in ascending order: for estimates that take more than one pass.
 * Memory grows with the values, 16 bytes each. */
struct samples {
    size_t groups, columns;
    struct dict *names; /* of the groups, in the order of their first rows; one group "" without a grouping */
    struct location_sample *sample; /* groups x columns */
    size_t *n, *missing;            /* groups x columns: rows with a value, also of weight 0, and without */
    size_t ungrouped;               /* rows left out because their group is missing */
    size_t sample_capacity, n_capacity, missing_capacity, *capacity, capacity_capacity;
};

/* Reads the table, opened by column, to its end. Errors: an infinite value; a weight that is missing, negative or
 * infinite. */
enum status samples_load(struct samples **samples, struct table *table, const struct grouping *by, size_t threads,
                         struct err *err);
void samples_free(struct samples *samples);

#endif
