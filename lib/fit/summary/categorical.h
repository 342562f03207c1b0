#ifndef LIKELY_FIT_SUMMARY_CATEGORICAL_H
#define LIKELY_FIT_SUMMARY_CATEGORICAL_H

#include "base/err.h"
#include "data/table/table.h"
#include "fit/summary/cells.h"
#include "fit/summary/grouping.h"

#include <stddef.h>
#include <stdint.h>

/* How often each value of columns of a table occurs, by groups of rows. One pass; memory grows with the distinct
 * values only. */
struct categorical_fit {
    size_t groups, columns;
    struct cells *cells; /* one tuple per column */
    /* The levels of column c in group g are those from start[i] to below start[i + 1], i = g * columns + c, in the
     * order of their first rows: level for categorical_level, rows their number of rows, weight the sum of their
     * weights, count the rows that these stand for (cells_effective). start: groups x columns + 1. */
    size_t *start;
    uint32_t *level;
    double *rows, *weight, *count;
};

/* Reads the table, opened by column, to its end. Errors: a weight that is missing, negative or infinite; an
 * infinite sum of weights; rows none of which has a weight above 0. */
enum status categorical_fit(struct categorical_fit **fit, struct table *table, const struct grouping *by,
                            size_t threads, struct err *err);
void categorical_free(struct categorical_fit *fit);

/* The text of fit->level[i]. */
struct slice categorical_level(const struct categorical_fit *fit, size_t i);

#endif
