#ifndef LIKELY_DATA_TABLE_ROW_INDEX_H
#define LIKELY_DATA_TABLE_ROW_INDEX_H

#include "data/table/table.h"

#include <stdbool.h>
#include <stddef.h>

/* What the first block of a table says about a column of numbers. Before the fold. */
struct row_index_evidence {
    size_t rows;
    bool is_whole;       /* all values are whole numbers, none negative */
    bool counts_rows;    /* they are consecutive and begin with 0 or 1 */
    bool is_probability; /* all are in [0, 1] */
};
struct row_index_evidence row_index_look(const struct table *table, size_t column);

/* Whether a column numbers or names the rows, as pandas and R write it: it is the first of several, has no name where
 * others have one (or "Unnamed: 0"), and its values in the first block are different texts or whole numbers. The first
 * time that it does so is reported: such a column is used only where it is asked for. */
bool row_index_is(struct table *table, size_t column);

#endif
