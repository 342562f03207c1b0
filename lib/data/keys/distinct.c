/* The number of distinct values by the k smallest of their hashes (Bar-Yossef et al. 2002, Counting distinct elements
 * in a data stream; the estimator and its error: Beyer et al. 2007, On synopses for distinct-value estimation, eq. 4).
 *
 * 1. distinct_add: hashes above the bound are dropped; the others go to a hash set, each once.
 * 2. distinct_trim: when the set has 2 k hashes, the k smallest stay, and the largest of these becomes the bound.
 * 3. distinct_count: if the set was never trimmed, its size is exact. Else the k smallest hashes of all, which are in
 *    the set, cut the 64-bit range in proportion: with u the k-th smallest, scaled to (0, 1), the estimate is
 *    (k - 1) / u, and its relative standard error 1 / sqrt(k - 2) or less.
 *
 * Whether the set is trimmed depends on the number of distinct hashes alone, and so does the k-th smallest. */

#include "data/keys/distinct.h"

#include "base/mem.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct distinct {
    size_t k;
    uint64_t *slot; /* open addressing; 0 = empty */
    size_t slots;   /* a power of 2 */
    size_t n;       /* hashes in it */
    uint64_t bound; /* the largest hash that counts */
    bool is_trimmed;
};

enum { FEWEST_SLOTS = 16 };

struct distinct *distinct_new(size_t k)
{
    struct distinct *d = mem_zero(1, sizeof *d);
    d->k = k;
    d->slots = FEWEST_SLOTS;
    d->slot = mem_zero(d->slots, sizeof *d->slot);
    d->bound = UINT64_MAX;
    return d;
}

void distinct_free(struct distinct *d)
{
    if (d == NULL)
        return;
    free(d->slot);
    free(d);
}

/* Whether the hash is new to the set, which has room. */
static bool insert(struct distinct *d, uint64_t hash)
{
    size_t at = hash & (d->slots - 1);
    while (d->slot[at] != 0 && d->slot[at] != hash)
        at = (at + 1) & (d->slots - 1);
    bool is_new = d->slot[at] == 0;
    d->slot[at] = hash;
    d->n += is_new;
    return is_new;
}

/* The hashes of the set, in any order, then slots that are free. */
static uint64_t *take_hashes(struct distinct *d, size_t slots)
{
    uint64_t *hash = d->slot;
    size_t n = 0;
    for (size_t i = 0; i < d->slots; i++)
        if (hash[i] != 0)
            hash[n++] = hash[i];
    d->slots = slots;
    d->slot = mem_zero(slots, sizeof *d->slot);
    d->n = 0;
    return hash;
}

static int compare_hashes(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void distinct_grow(struct distinct *d)
{
    size_t n = d->n;
    uint64_t *hash = take_hashes(d, 2 * d->slots);
    for (size_t i = 0; i < n; i++)
        insert(d, hash[i]);
    free(hash);
}

static void distinct_trim(struct distinct *d)
{
    size_t n = d->n;
    uint64_t *hash = take_hashes(d, d->slots);
    qsort(hash, n, sizeof *hash, compare_hashes);
    for (size_t i = 0; i < d->k; i++)
        insert(d, hash[i]);
    d->bound = hash[d->k - 1];
    d->is_trimmed = true;
    free(hash);
}

void distinct_add(struct distinct *d, uint64_t hash)
{
    hash += hash == 0;
    if (hash > d->bound || !insert(d, hash))
        return;
    if (d->n == 2 * d->k)
        distinct_trim(d);
    else if (2 * d->n == d->slots)
        distinct_grow(d);
}

double distinct_count(const struct distinct *d, double *se)
{
    *se = 0;
    if (!d->is_trimmed)
        return (double)d->n;
    struct distinct copy = *d;
    copy.slot = mem_alloc(d->slots, sizeof *copy.slot);
    memcpy(copy.slot, d->slot, d->slots * sizeof *copy.slot);
    distinct_trim(&copy);
    free(copy.slot);
    double k = (double)d->k, count = (k - 1) / ldexp((double)copy.bound, -64);
    *se = count / sqrt(k - 2);
    return count;
}
