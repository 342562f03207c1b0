#ifndef LIKELY_FIT_KEYED_H
#define LIKELY_FIT_KEYED_H

#include "base/err.h"
#include "data/dict.h"
#include "data/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbers by key from two tables, such as how often each symbol was counted here and there. A key may be the values of several
 * columns, which are joined by "+" then. Zero-initialise; keys are numbered in the order of their first rows, first table first. */
struct keyed {
    struct dict *keys;
    size_t values;    /* per key */
    double *value[2]; /* keys x values of either table; NaN where it lacks the key */
    size_t capacity[2], known[2];
};

/* What to read, and what its numbers must be: finite and >= least[v]. */
struct keyed_columns {
    const size_t *keys;
    size_t n_keys;
    const size_t *values;
    size_t n_values;
    const double *least;
    const char *const *what; /* each value is called in errors: "count" */
};

/* Reads a table, opened by column, to its end, as first (0) or second (1). Errors: a key that is missing or stands there twice; a
 * number that is missing or not allowed; no rows. */
enum status keyed_read(struct keyed *keyed, size_t which, struct table *table, const struct keyed_columns *columns,
                       struct err *err);
void keyed_release(struct keyed *keyed);

/* The first key that one of the tables lacks; false if there is none. */
bool keyed_unequal(const struct keyed *keyed, uint32_t *key, size_t *lacks);

/* Gives the keys that one of the tables lacks this value there. */
void keyed_fill(struct keyed *keyed, size_t which, double value);

/* With one value per key: that of the key "a+b" or else "b+a", such as a covariance's; NaN if there is neither. */
double keyed_find_pair(const struct keyed *keyed, size_t which, struct slice a, struct slice b);

#endif
