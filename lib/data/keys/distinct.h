#ifndef LIKELY_DATA_KEYS_DISTINCT_H
#define LIKELY_DATA_KEYS_DISTINCT_H

#include <stddef.h>
#include <stdint.h>

/* How many distinct values a set has, from the hashes of its values, in bounded memory: exact for fewer than 2 k
 * values, an estimate from there on. It depends on the set alone, not on the order or the number of additions. */
struct distinct;

/* Holds at most 2 k hashes, k >= 3, in 32 k bytes. */
struct distinct *distinct_new(size_t k);
void distinct_free(struct distinct *distinct); /* NULL is fine */

/* hash: uniform over 64 bits. Equal values have equal hashes. */
void distinct_add(struct distinct *distinct, uint64_t hash);

/* *se: the standard error of the estimate; 0: the number is exact. */
double distinct_count(const struct distinct *distinct, double *se);

#endif
