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

/* Weights of symbols (of importances, the numbers of rows that they stand for), by groups of rows: how often each
 * value, or tuple of values, of columns occurs, or numbers read from columns. */
struct symbols_set {
    const struct information_frequency *frequency; /* n frequencies, in an order independent of that of the rows */
    const struct information_frequency *condition; /* n_conditions frequencies of conditions; 0 if unconditional */
    size_t n, n_conditions, missing;
    size_t rows;              /* not missing */
    double total, weight;     /* sums of the frequencies, and of the weights as given */
    size_t symbols, distinct; /* all symbols; those of weight > 0, whatever their condition */
};

struct symbols {
    size_t groups, columns;
    struct dict *names;      /* names of the groups in the order of their first rows; a single "" without grouping */
    struct symbols_set *set; /* groups x columns */
    size_t ungrouped;        /* rows left out because their group is missing */
    struct information_frequency *frequency, *condition; /* memory of all sets */
};

/* The symbols to count: the values of each of by->columns or, if joint, of all of them together; given: the
 * columns of the condition. */
struct symbols_plan {
    const struct grouping *by;
    bool joint;
    const size_t *given;
    size_t n_given;
    struct counts_limit limit;
};

/* Makes a single set, with the group name "", of symbols that were counted elsewhere. */
void symbols_single(struct symbols **symbols, const struct frequencies *frequencies);

/* Counts values. A row that lacks a part of a symbol or of its condition is missing. Errors: those of
 * cells_count. */
enum status symbols_count(struct symbols **symbols, struct table *table, const struct symbols_plan *plan,
                          size_t threads, struct err *err);

/* Reads the numbers of by->columns, one symbol per row. Errors: a number that is missing, negative or infinite;
 * a probability greater than 1 by more than rounding. */
enum status symbols_read(struct symbols **symbols, struct table *table, const struct grouping *by, bool probabilities,
                         size_t threads, struct err *err);

void symbols_free(struct symbols *symbols);

#endif
