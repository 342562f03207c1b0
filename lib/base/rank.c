/* A bit vector with rank (Jacobson 1989): rank_finish stores before every word of 64 bits how many members
 * precede it, so that rank_of is one look-up and one population count. Build in one thread: rank_new, rank_add,
 * rank_finish; then any number of threads may read. */
#include "base/rank.h"

#include "base/mem.h"

#include <stdlib.h>

void rank_new(struct rank *rank, size_t limit)
{
    size_t words = limit / 64 + 1;
    *rank = (struct rank){mem_zero(words, sizeof *rank->word), mem_alloc(words, sizeof *rank->before), limit};
}

void rank_free(struct rank *rank)
{
    free(rank->word);
    free(rank->before);
}

size_t rank_finish(struct rank *rank)
{
    uint32_t n = 0;
    for (size_t w = 0; w < rank->limit / 64 + 1; w++) {
        rank->before[w] = n;
        n += (uint32_t)__builtin_popcountll(rank->word[w]);
    }
    return n;
}
