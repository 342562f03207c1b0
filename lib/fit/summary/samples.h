#ifndef LIKELY_FIT_SUMMARY_SAMPLES_H
#define LIKELY_FIT_SUMMARY_SAMPLES_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "data/table/table.h"
#include "family/loss/location.h"
#include "fit/summary/grouping.h"

#include <stddef.h>

/* The values of columns of a table, by groups of rows, in ascending order: for estimates that need several
 * passes. Memory: 16 bytes per value. */
struct samples {
    size_t groups, columns;
    bool importances;
    struct dict *names; /* names of the groups in the order of their first rows; a single "" without grouping */
    struct location_sample *sample; /* groups x columns */
    size_t *n, *missing;            /* groups x columns: number of rows with a value (of any weight), and without */
    size_t ungrouped;               /* rows left out because their group is missing */
    size_t sample_capacity, n_capacity, missing_capacity, *capacity, capacity_capacity;
};

/* Reads the table, opened by column, to its end. Errors: an infinite value; a weight that is missing, negative
 * or infinite; a sum of weights that is infinite or 0. */
enum status samples_load(struct samples **samples, struct table *table, const struct grouping *by, size_t threads,
                         struct err *err);
void samples_free(struct samples *samples);

#endif
