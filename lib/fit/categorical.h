#ifndef LIKELY_FIT_CATEGORICAL_H
#define LIKELY_FIT_CATEGORICAL_H

#include "base/err.h"
#include "data/dict.h"
#include "data/table.h"
#include "fit/grouping.h"

#include <stddef.h>
#include <stdint.h>

/* How often each value of columns of a table occurs, by groups of rows, in one pass and in memory that grows with the distinct
 * values only. Sums of weights are kept in double-double, so that they do not depend on how rows are shared out. */
struct categorical_fit {
    size_t groups, columns;
    struct dict *names; /* of the groups, in the order of their first rows; one group "" without a grouping */
    size_t *missing;    /* groups x columns */
    size_t ungrouped;   /* rows left out because their group is missing */
    size_t *start;      /* groups x columns + 1: the levels of a group's column are those from start[i] to below start[i + 1], … */
    uint32_t *level;    /* … in the order of their first rows: numbers for categorical_level … */
    double *count;      /* … and how often they occur */
    struct dict *cells;
};

/* Reads the table, opened by column, to its end. Errors: a weight that is missing, negative or infinite; more than 4 billion
 * distinct values. */
enum status categorical_fit(struct categorical_fit **fit, struct table *table, const struct grouping *by, size_t threads,
                            struct err *err);
/* The same for tuples of columns, which take the place of columns then: tuple i is by->columns[end[i - 1] .. end[i]), end[-1]
 * being 0, and it is missing where one of its values is. */
enum status categorical_fit_tuples(struct categorical_fit **fit, struct table *table, const struct grouping *by, const size_t *end,
                                   size_t tuples, size_t threads, struct err *err);
void categorical_free(struct categorical_fit *fit);

/* The text of fit->level[i]; not of tuples of several columns. */
struct slice categorical_level(const struct categorical_fit *fit, size_t i);

/* Numbers what `parts` values, from the one at `first` on, of a tuple of several columns are in its levels fit->start[i] to below
 * fit->start[i + 1]: from 0 on in the order of first rows. Returns how many differ. */
size_t categorical_margin(const struct categorical_fit *fit, size_t i, size_t first, size_t parts, uint32_t *number);

#endif
