#ifndef LIKELY_FIT_SUMMARY_KEYED_H
#define LIKELY_FIT_SUMMARY_KEYED_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "data/table/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Counts or probabilities by key from two tables, such as how often each symbol was counted here and there. A key may
 * be the values of several columns. Zero-initialise; keys are numbered in the order of their first rows, first table
 * first. */
struct keyed {
    struct dict *keys;
    size_t n_keys;    /* columns of a key; of more than one each value stands behind its length, a size_t */
    double *value[2]; /* per key in either table; NaN where it lacks the key */
    size_t capacity[2], known[2];
};

/* Reads a table, opened by column, to its end, as first (0) or second (1). Errors: a key that is missing or stands
 * there twice; as of keyed_check_value; no rows; more or fewer columns of keys than in the first. */
enum status keyed_read(struct keyed *keyed, size_t which, struct table *table, const size_t *keys, size_t n_keys,
                       size_t value, bool probabilities, struct err *err);
void keyed_release(struct keyed *keyed);

/* The errors of a block's number in that row and slot: it is missing, negative or infinite, or a probability greater
 * than 1 by more than rounding. */
enum status keyed_check_value(const struct block *block, size_t row, size_t slot, bool probabilities, struct err *err);

/* A key as text, the values of several columns being joined by "+"; the caller frees it. */
char *keyed_name(const struct keyed *keyed, uint32_t key);

/* The first key that one of the tables lacks; false if there is none. */
bool keyed_unequal(const struct keyed *keyed, uint32_t *key, size_t *lacks);

/* Gives the keys that one of the tables lacks this value there. */
void keyed_fill(struct keyed *keyed, size_t which, double value);

#endif
