#ifndef LIKELY_FIT_SUMMARY_CELLS_H
#define LIKELY_FIT_SUMMARY_CELLS_H

#include "base/err.h"
#include "data/keys/counts.h"
#include "data/table/table.h"
#include "fit/summary/grouping.h"
#include "math/moments.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How often each value of tuples of columns occurs, by groups of rows. A cell is a group, a tuple and a value;
 * its key is the three one after another. The value of a tuple of several columns is the sequence of their
 * values, each preceded by its length. Weights are summed in double-double, so that the sums do not depend on
 * how rows are split into blocks. */
struct cells {
    size_t groups, tuples;
    struct dict *names;      /* names of the groups in the order of their first rows; a single "" without grouping */
    size_t *missing;         /* groups x tuples */
    size_t *rows;            /* groups x tuples: rows that are not missing, whatever their weight */
    struct moments *weights; /* groups x tuples: number, sum and squares of importances; else empty */
    size_t ungrouped;        /* rows left out because their group is missing */
    struct counts *counts;   /* per key the sum of the weights; with plan->counts_rows also the number of rows */
};

/* Tuple i is by->columns[end[i - 1] .. end[i]), with end[-1] = 0. A row counts as missing in a tuple if one of
 * its values is missing. */
struct cells_plan {
    const struct grouping *by;
    const size_t *end;
    size_t tuples;
    const struct counts_limit *limit; /* NULL: no limit */
    bool counts_rows;
};

/* Reads the table, opened by column, to its end. Errors: a weight that is missing, negative or infinite; those
 * of counts_trim. */
enum status cells_count(struct cells **cells, struct table *table, const struct cells_plan *plan, size_t threads,
                        struct err *err);
void cells_free(struct cells *cells);

/* The number of rows that a weight of a group and tuple, number group x tuples + tuple, stands for: itself, or of
 * importances its part of the effective number of rows (moments_effective_factor). */
double cells_effective(const struct cells *cells, size_t set, double weight);

/* The parts of a key: its group and tuple; its value; and the bytes of some parts of the value of a tuple of
 * several columns, from part `first` on. */
struct cells_place {
    uint32_t group, tuple;
};
struct cells_place cells_place(struct slice key);
struct slice cells_value(struct slice key);
struct slice cells_parts(struct slice value, size_t first, size_t parts);

#endif
