#ifndef LIKELY_FIT_SUMMARY_CATEGORICAL_H
#define LIKELY_FIT_SUMMARY_CATEGORICAL_H

#include "base/err.h"
#include "data/table/table.h"
#include "fit/summary/cells.h"
#include "fit/summary/grouping.h"

#include <stddef.h>
#include <stdint.h>

/* How often each value of columns of a table occurs, by groups of rows, in one pass and in memory that grows with the
 * distinct values only. */
struct categorical_fit {
    size_t groups, columns;
    struct cells *cells; /* a tuple is a column */
    size_t *start;   /* groups x columns + 1: the levels of a group's column are those from start[i] to below start[i +
                        1], … */
    uint32_t *level; /* … in the order of their first rows: numbers for categorical_level … */
    double *count;   /* … and how often they occur */
};

/* Reads the table, opened by column, to its end. Errors: a weight that is missing, negative or infinite; weights whose
 * sum is. */
enum status categorical_fit(struct categorical_fit **fit, struct table *table, const struct grouping *by,
                            size_t threads, struct err *err);
void categorical_free(struct categorical_fit *fit);

/* The text of fit->level[i]. */
struct slice categorical_level(const struct categorical_fit *fit, size_t i);

#endif
