#ifndef LIKELY_DATA_TABLE_SPLIT_H
#define LIKELY_DATA_TABLE_SPLIT_H

#include "base/err.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

/* A split of rows into folds: a hash of the text of a row, or of its value in a key column, is its fold. So equal rows,
 * and rows with equal keys, are in the same fold. */
struct split {
    size_t fold, folds; /* fold < folds; folds 0 = everything is kept */
    bool others;        /* the rows of the other folds are kept, else those of this one */
    bool keyed;
    size_t key; /* column, where keyed */
};

enum { SPLIT_FOLDS_MAX = 1000000 };

/* "k/K", 1 <= k <= K, K >= 2, into fold and folds. */
enum status split_parse(struct split *split, const char *text, struct err *err);

/* Whether a row of that text or key is kept. */
bool split_keeps(const struct split *split, struct slice text);

#endif
