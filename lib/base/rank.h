#ifndef LIKELY_BASE_RANK_H
#define LIKELY_BASE_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A set of numbers below `limit` that knows how many members are below each: a bit for each number, and a
 * count for each word of them, which is 3/16 of a byte for each number (G. Jacobson, Space-efficient static
 * trees and graphs, 1989). */
struct rank {
    uint64_t *word;
    uint32_t *before;
    size_t limit;
};

void rank_new(struct rank *rank, size_t limit);
void rank_free(struct rank *rank);

static inline void rank_add(struct rank *rank, size_t number)
{
    rank->word[number / 64] |= (uint64_t)1 << number % 64;
}

/* Counts, once all are added: returns how many there are. */
size_t rank_finish(struct rank *rank);

static inline bool rank_has(const struct rank *rank, size_t number)
{
    return number < rank->limit && (rank->word[number / 64] >> number % 64 & 1) != 0;
}

/* How many members are below the number, which is less than the limit: the place of a member, from 0. */
static inline uint32_t rank_of(const struct rank *rank, size_t number)
{
    uint64_t below = rank->word[number / 64] & (((uint64_t)1 << number % 64) - 1);
    return rank->before[number / 64] + (uint32_t)__builtin_popcountll(below);
}

#endif
