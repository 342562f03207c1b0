#ifndef LIKELY_FIT_SUMMARY_KEYED_H
#define LIKELY_FIT_SUMMARY_KEYED_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "data/table/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Counts or probabilities by key from two tables, such as counts of symbols in two corpora. A key may be the
 * values of several columns. Keys are numbered in the order of their first rows, first table first.
 * Zero-initialise. */
struct keyed {
    struct dict *keys;
    size_t n_keys;    /* columns of a key; with more than one, each value is preceded by its length, a size_t */
    double *value[2]; /* per table and key; NaN if the table lacks the key */
    size_t capacity[2], known[2];
};

/* Reads a table, opened by column, to its end, as the first (which = 0) or second (1). Errors: a key that is
 * missing or occurs twice; those of keyed_check_value; no rows; a different number of key columns than in the
 * first table. */
enum status keyed_read(struct keyed *keyed, size_t which, struct table *table, const size_t *keys, size_t n_keys,
                       size_t value, bool probabilities, struct err *err);
void keyed_release(struct keyed *keyed);

/* Checks the number in a row and slot of a block. Errors: it is missing, negative or infinite, or a probability
 * greater than 1 by more than rounding. */
enum status keyed_check_value(const struct block *block, size_t row, size_t slot, bool probabilities, struct err *err);

/* A key as text, the values of several columns joined by "+"; the caller frees it. */
char *keyed_name(const struct keyed *keyed, uint32_t key);

/* Sets the values of keys that a table lacks. */
void keyed_fill(struct keyed *keyed, size_t which, double value);

#endif
