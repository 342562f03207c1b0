#ifndef LIKELY_DATA_TABLE_MISSING_H
#define LIKELY_DATA_TABLE_MISSING_H

#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

/* The treatment of rows that lack a value. */
enum missing_policy {
    MISSING_ERROR, /* the first one is an error */
    MISSING_SKIP,  /* they are left out, and counted */
};

/* Words, and the numbers that words read as, which match every spelling of the number. */
struct missing_words {
    struct slice *word;
    double *number;
    size_t n_words, words_capacity, n_numbers, numbers_capacity;
    size_t longest;   /* word */
    bool starts[256]; /* whether a word begins with this byte: most fields are told by it */
};

/* The words that mean a missing value; an empty field always does. Those in_numbers do so in columns of numbers only:
 * in columns of texts they are values. */
struct missing {
    char *list;
    struct missing_words everywhere, in_numbers;
};

void missing_init(struct missing *missing, const char *list); /* comma-separated, "" = none; NULL = as in dialect.h */
void missing_free(struct missing *missing);

/* Whether a field is missing in every column; in columns of numbers besides. */
bool missing_is(const struct missing *missing, struct slice field);
bool missing_is_in_numbers(const struct missing *missing, struct slice field);

/* Whether a number means a missing value. */
bool missing_has_number(const struct missing *missing, double value);

/* Makes the numbers value[0], value[step], … that mean a missing value NaN; returns how many of the n there are. */
size_t missing_erase(const struct missing *missing, double *value, size_t n, size_t step);

#endif
