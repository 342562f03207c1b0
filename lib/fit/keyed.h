#ifndef LIKELY_FIT_KEYED_H
#define LIKELY_FIT_KEYED_H

#include "base/err.h"
#include "data/dict.h"
#include "data/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Counts or probabilities by key from two tables, such as how often each symbol was counted here and there. A key may be the values
 * of several columns, which are joined by "+" then. Zero-initialise; keys are numbered in the order of their first rows, first table
 * first. */
struct keyed {
    struct dict *keys;
    double *value[2]; /* per key in either table; NaN where it lacks the key */
    size_t capacity[2], known[2];
};

/* Reads a table, opened by column, to its end, as first (0) or second (1). Errors: a key that is missing or stands there twice; a
 * number that is missing, negative or infinite; no rows. */
enum status keyed_read(struct keyed *keyed, size_t which, struct table *table, const size_t *keys, size_t n_keys, size_t value,
                       struct err *err);
void keyed_release(struct keyed *keyed);

/* The first key that one of the tables lacks; false if there is none. */
bool keyed_unequal(const struct keyed *keyed, uint32_t *key, size_t *lacks);

/* Gives the keys that one of the tables lacks this value there. */
void keyed_fill(struct keyed *keyed, size_t which, double value);

#endif
