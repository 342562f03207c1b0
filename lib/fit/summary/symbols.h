#ifndef LIKELY_FIT_SUMMARY_SYMBOLS_H
#define LIKELY_FIT_SUMMARY_SYMBOLS_H

#include "base/err.h"
#include "data/keys/counts.h"
#include "data/keys/dict.h"
#include "data/table/table.h"
#include "family/dist/information.h"
#include "fit/summary/frequencies.h"
#include "fit/summary/grouping.h"

#include <stdbool.h>
#include <stddef.h>

/* Weights of symbols, by groups of rows of a table: how often each value, or tuple of values, of its columns occurs, or
 * the numbers that its columns give. */
struct symbols_set {
    const struct information_frequency *frequency; /* n of them, in an order that does not depend on that of the rows */
    const struct information_frequency *condition; /* n_conditions of them, 0 where nothing is given */
    size_t n, n_conditions, missing;
    double total;
    size_t symbols, distinct; /* all of them; those of weight > 0, whatever is given */
};

struct symbols {
    size_t groups, columns;
    struct dict *names;      /* of the groups, in the order of their first rows; one group "" without a grouping */
    struct symbols_set *set; /* groups x columns */
    size_t ungrouped;        /* rows left out because their group is missing */
    struct information_frequency *frequency, *condition; /* of all sets */
};

/* Which symbols to count: those of each of by->columns apart, or of all of them as one; and under which conditions. */
struct symbols_plan {
    const struct grouping *by;
    bool joint;
    const size_t *given;
    size_t n_given;
    struct counts_limit limit;
};

/* One set without a name, of symbols that were counted. */
void symbols_single(struct symbols **symbols, const struct frequencies *frequencies);

/* Counts values. A row that lacks a part of a symbol or of its condition is missing. Errors as of cells_count. */
enum status symbols_count(struct symbols **symbols, struct table *table, const struct symbols_plan *plan,
                          size_t threads, struct err *err);

/* Takes the numbers of by->columns, which must be >= 0 and finite; probabilities up to 1, but for rounding. */
enum status symbols_read(struct symbols **symbols, struct table *table, const struct grouping *by, bool probabilities,
                         size_t threads, struct err *err);

void symbols_free(struct symbols *symbols);

#endif
