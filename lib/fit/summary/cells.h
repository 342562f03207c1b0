#ifndef LIKELY_FIT_SUMMARY_CELLS_H
#define LIKELY_FIT_SUMMARY_CELLS_H

#include "base/err.h"
#include "data/keys/counts.h"
#include "data/table/table.h"
#include "fit/summary/grouping.h"

#include <stddef.h>
#include <stdint.h>

/* How often each value of tuples of columns of a table occurs, by groups of rows, in one pass. A cell is a group, a
 * tuple and a value; its key is the three behind one another. The value of a tuple of several columns is theirs, each
 * behind its length. Sums of weights are kept in double-double, so that they do not depend on how rows are shared out.
 */
struct cells {
    size_t groups, tuples;
    struct dict *names; /* of the groups, in the order of their first rows; one group "" without a grouping */
    size_t *missing;    /* groups x tuples */
    size_t ungrouped;   /* rows left out because their group is missing */
    struct counts *counts;
};

/* Tuple i is by->columns[end[i - 1] .. end[i]), end[-1] being 0; a row is missing in it where one of its values is. */
struct cells_plan {
    const struct grouping *by;
    const size_t *end;
    size_t tuples;
    const struct counts_limit *limit; /* NULL = there is none */
};

/* Reads the table, opened by column, to its end. Errors: a weight that is missing, negative or infinite; those of
 * counts_trim. */
enum status cells_count(struct cells **cells, struct table *table, const struct cells_plan *plan, size_t threads,
                        struct err *err);
void cells_free(struct cells *cells);

/* What a key says: its group and tuple, its value, and the bytes of some parts of the value of a tuple of several
 * columns. */
struct cells_place {
    uint32_t group, tuple;
};
struct cells_place cells_place(struct slice key);
struct slice cells_value(struct slice key);
struct slice cells_parts(struct slice value, size_t first, size_t parts);

#endif
