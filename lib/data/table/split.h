#ifndef LIKELY_DATA_TABLE_SPLIT_H
#define LIKELY_DATA_TABLE_SPLIT_H

#include "base/err.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A split of rows into folds: a hash of the values of a row, with the names of their columns, or of its values in the
 * key columns, is its fold. So equal rows, and rows with equal keys, are in the same fold, however they are spelt: with
 * other quotes, delimiters, order of columns, words for missing values or spellings of numbers. */
struct split {
    size_t fold, folds;  /* fold < folds; folds 0 = everything is kept */
    bool others;         /* the rows of the other folds are kept, else those of this one */
    size_t *key, n_keys; /* columns; none: all columns with their names */
};

enum { SPLIT_FOLDS_MAX = 1000000 };

/* "k/K", 1 <= k <= K, K >= 2, into fold and folds. */
enum status split_parse(struct split *split, const char *text, struct err *err);

/* The hash of a column, by its name, or of a key, by its place: "1", "2", and so on. */
uint64_t split_label(struct slice name);

/* Adds a field of a column or key to the hash of a row, which starts at 0. */
uint64_t split_add(uint64_t hash, uint64_t label, struct slice text, bool is_missing);

/* The same of a number x whose text has at most SPLIT_DIGITS bytes. */
enum { SPLIT_DIGITS = 15 };
uint64_t split_add_number(uint64_t hash, uint64_t label, double x);

/* Whether a row of that hash is kept. */
bool split_keeps(const struct split *split, uint64_t hash);

#endif
