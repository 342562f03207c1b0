#ifndef LIKELY_BASE_RANK_H
#define LIKELY_BASE_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A set of numbers below `limit` that gives the rank of each member in constant time: one bit per number and one
 * count per 64 numbers, 3/16 of a byte per number (G. Jacobson, Space-efficient Static Trees and Graphs, FOCS
 * 1989). */
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

/* Prepares rank_of, when all members have been added; returns the number of members, less than 2^32. */
size_t rank_finish(struct rank *rank);

static inline bool rank_has(const struct rank *rank, size_t number)
{
    return number < rank->limit && (rank->word[number / 64] >> number % 64 & 1) != 0;
}

/* The number of members below `number`, number < limit: the position of a member in ascending order, from 0. */
static inline uint32_t rank_of(const struct rank *rank, size_t number)
{
    uint64_t below = rank->word[number / 64] & (((uint64_t)1 << number % 64) - 1);
    return rank->before[number / 64] + (uint32_t)__builtin_popcountll(below);
}

#endif
