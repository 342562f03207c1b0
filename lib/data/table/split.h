#ifndef LIKELY_DATA_TABLE_SPLIT_H
#define LIKELY_DATA_TABLE_SPLIT_H

#include "base/err.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

/* A split of rows into folds that needs no state: a row belongs to the fold that a hash of its text, or of
 * its value in a key column, says, wherever it stands. Equal rows, and rows of an equal key, are never
 * parted. */
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
