#ifndef LIKELY_FIT_SYMBOLS_H
#define LIKELY_FIT_SYMBOLS_H

#include "base/err.h"
#include "data/dict.h"
#include "data/table.h"
#include "fit/grouping.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Weights of symbols, by groups of rows of a table: how often each value, or tuple of values, of its columns occurs, or the
 * numbers that its columns give. */
struct symbols_set {
    double *weight;  /* n of them */
    uint32_t *given; /* per weight: which of the n_given conditions it stands under; NULL where nothing is given */
    size_t n, capacity, n_given, missing;
    size_t distinct; /* symbols of weight > 0, whatever is given */
};

struct symbols {
    size_t groups, columns;
    struct dict *names;      /* of the groups, in the order of their first rows; one group "" without a grouping */
    struct symbols_set *set; /* groups x columns */
    size_t ungrouped;        /* rows left out because their group is missing */
};

/* Which symbols to count: those of each of by->columns apart, or of all of them as one; and under which conditions. */
struct symbols_plan {
    const struct grouping *by;
    bool joint;
    const size_t *given;
    size_t n_given;
};

/* One set without a name, to add weights to. */
void symbols_start(struct symbols **symbols);
void symbols_add(struct symbols_set *set, double weight);

/* Counts values. A row that lacks a part of a symbol or of its condition is missing. Errors as of categorical_fit. */
enum status symbols_count(struct symbols **symbols, struct table *table, const struct symbols_plan *plan, size_t threads,
                          struct err *err);

/* Takes the numbers of by->columns, which must be >= 0 and finite; what: "count", what they are called in errors. */
enum status symbols_read(struct symbols **symbols, struct table *table, const struct grouping *by, const char *what,
                         size_t threads, struct err *err);

void symbols_free(struct symbols *symbols);

#endif
