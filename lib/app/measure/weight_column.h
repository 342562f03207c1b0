#ifndef LIKELY_APP_MEASURE_WEIGHT_COLUMN_H
#define LIKELY_APP_MEASURE_WEIGHT_COLUMN_H

#include "cli/command.h"
#include "fit/summary/grouping.h"

/* Which columns of a table hold counts or probabilities of symbols, where no option says it. */
struct weight_column_search {
    struct table *table;
    const struct invocation *run;
    const size_t *keys; /* columns with another part to play; NULL = none */
    size_t n_keys;
    const struct grouping *by; /* NULL = none */
    bool probabilities;        /* else counts are preferred, or probabilities where there are none */
};

/* Finds one column. A notice names it where others were possible. Error: none is numeric; several fit as well. */
enum status weight_column_find(const struct weight_column_search *search, size_t *column, struct err *err);

/* Finds two columns, of the same kind. */
enum status weight_column_find_pair(const struct weight_column_search *search, size_t column[2], struct err *err);

#endif
