#ifndef LIKELY_FIT_SUMMARY_WEIGHT_PAIRS_H
#define LIKELY_FIT_SUMMARY_WEIGHT_PAIRS_H

#include "base/err.h"
#include "data/keys/counts.h"
#include "data/table/table.h"
#include "fit/summary/keyed.h"

#include <stdbool.h>
#include <stddef.h>

/* The weights, counts or probabilities, of symbols in two distributions p and q. Zero-initialise. */
struct weight_pairs {
    double *value[2]; /* n each: of p, of q */
    double *times;    /* number of symbols with each pair of weights; NULL: all 1 */
    size_t n, capacity[2];
    bool probabilities;  /* set by the caller: weights must be probabilities */
    struct err infinite; /* names the first row, or the least symbol, with q = 0 < p; STATUS_OK: none */
};

/* Reads two numeric columns of a table, opened by column. Errors: those of keyed_check_value. */
enum status weight_pairs_read(struct weight_pairs *pairs, struct table *table, const size_t column[2], size_t threads,
                              struct err *err);

/* Counts the lines, tokens or bytes of two files. Errors: a file cannot be read or is empty; those of
 * counts_trim. */
enum weight_pairs_of { WEIGHT_PAIRS_LINES, WEIGHT_PAIRS_TOKENS, WEIGHT_PAIRS_BYTES, WEIGHT_PAIRS_DECOMPRESSED_BYTES };
enum status weight_pairs_count(struct weight_pairs *pairs, const char *const paths[2], enum weight_pairs_of what,
                               const struct counts_limit *limit, size_t threads, struct err *err);

/* Moves the values of keyed tables here; a key that one table lacks has weight 0 there. */
void weight_pairs_from_keyed(struct weight_pairs *pairs, struct keyed *keyed);

void weight_pairs_release(struct weight_pairs *pairs);

/* Checks weights. Errors: their sum is 0 or infinite or, of probabilities, not 1. */
enum status weight_pairs_check(const struct weight_pairs *pairs, size_t which, struct err *err);

/* Adds alpha to the weights of every symbol. */
void weight_pairs_smooth(struct weight_pairs *pairs, double alpha);

double weight_pairs_symbols(const struct weight_pairs *pairs); /* the number of symbols */

#endif
