/* A dictionary: an open-addressing hash table with linear probing, at most half full.
 *
 *     table:    0 | hash, 1 | 0 | hash, 0 | ...      upper half of the hash, number + 1 of the string; 0 = free
 *     entries:  number -> hash, place and length in the arena
 *     arena:    the strings, each with a NUL behind it
 *
 * A look-up reads the table, then, when the upper half of the hash agrees, the entry and the string: three misses of
 * the cache for a large dictionary, which dict_add_all overlaps by fetching those of BATCH strings in advance. Numbers
 * are those of the order of the first adds, so that nothing depends on the hash. One thread at a time; threads fill
 * dictionaries of their own, and merge them in the order of the input. */

#include "data/keys/dict.h"

#include "base/hash.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>

struct dict_entry {
    uint64_t hash;
    size_t at; /* of the text in the arena */
    size_t n;
};

struct dict {
    struct dict_entry *entries;
    size_t count, capacity;
    uint64_t *table; /* number + 1 below, upper half of the hash above; 0 = free */
    size_t mask;
    char *arena;
    size_t arena_n, arena_capacity;
};

enum { DICT_FIRST = 64 };

struct dict *dict_new(void)
{
    struct dict *d = mem_zero(1, sizeof *d);
    d->table = mem_zero(DICT_FIRST, sizeof *d->table);
    d->mask = DICT_FIRST - 1;
    return d;
}

void dict_free(struct dict *dict)
{
    if (dict == NULL)
        return;
    free(dict->entries);
    free(dict->table);
    free(dict->arena);
    free(dict);
}

void dict_clear(struct dict *dict)
{
    memset(dict->table, 0, (dict->mask + 1) * sizeof *dict->table);
    dict->count = 0;
    dict->arena_n = 0;
}

size_t dict_count(const struct dict *dict)
{
    return dict->count;
}

/* A table of up to four places per string, and arrays that grow by half. */
size_t dict_memory(const struct dict *dict)
{
    return (dict->count * sizeof *dict->entries + dict->arena_n) * 3 / 2 + 4 * dict->count * sizeof *dict->table;
}

struct slice dict_text(const struct dict *dict, uint32_t number)
{
    return (struct slice){dict->arena + dict->entries[number].at, dict->entries[number].n};
}

static bool is_same(const char *a, const char *b, size_t n)
{
    if (n < 8)
        return hash_load_short(a, n) == hash_load_short(b, n);
    for (size_t i = 0; i + 8 < n; i += 8)
        if (hash_load_8(a + i) != hash_load_8(b + i))
            return false;
    return hash_load_8(a + n - 8) == hash_load_8(b + n - 8);
}

static uint64_t slot_of(uint64_t hash, size_t number)
{
    return (hash & 0xffffffff00000000u) | (number + 1);
}

static size_t number_of(uint64_t slot)
{
    return (uint32_t)slot - 1;
}

/* Where the text is, or the free place where it belongs. */
static size_t find_place(const struct dict *d, struct slice text, uint64_t hash)
{
    size_t place = hash & d->mask;
    for (; d->table[place] != 0; place = (place + 1) & d->mask) {
        if (d->table[place] >> 32 != hash >> 32)
            continue;
        const struct dict_entry *e = &d->entries[number_of(d->table[place])];
        if (e->hash == hash && e->n == text.n && is_same(d->arena + e->at, text.p, text.n))
            break;
    }
    return place;
}

static void grow(struct dict *d)
{
    size_t size = (d->mask + 1) * 2;
    free(d->table);
    d->table = mem_zero(size, sizeof *d->table);
    d->mask = size - 1;
    for (size_t i = 0; i < d->count; i++) {
        size_t place = d->entries[i].hash & d->mask;
        while (d->table[place] != 0)
            place = (place + 1) & d->mask;
        d->table[place] = slot_of(d->entries[i].hash, i);
    }
}

static uint32_t add(struct dict *d, struct slice text, uint64_t hash)
{
    size_t place = find_place(d, text, hash);
    if (d->table[place] != 0)
        return (uint32_t)number_of(d->table[place]);
    if ((d->count + 1) * 2 > d->mask) {
        grow(d);
        place = find_place(d, text, hash);
    }
    d->entries = mem_grow(d->entries, &d->capacity, d->count + 1, sizeof *d->entries);
    d->entries[d->count] = (struct dict_entry){hash, d->arena_n, text.n};
    d->arena = mem_grow(d->arena, &d->arena_capacity, d->arena_n + text.n + 1, 1);
    if (text.n > 0)
        memcpy(d->arena + d->arena_n, text.p, text.n);
    d->arena[d->arena_n + text.n] = '\0';
    d->arena_n += text.n + 1;
    d->table[place] = slot_of(hash, d->count);
    return (uint32_t)d->count++;
}

uint32_t dict_add(struct dict *dict, struct slice text)
{
    return add(dict, text, hash_bytes(text));
}

/* Prefetches what adding some strings will read: their places in the table, the entries there, the strings of these. */
static void fetch(const struct dict *d, const uint64_t *hashes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        __builtin_prefetch(&d->table[hashes[i] & d->mask]);
    for (size_t i = 0; i < n; i++) {
        uint64_t slot = d->table[hashes[i] & d->mask];
        if (slot != 0)
            __builtin_prefetch(&d->entries[number_of(slot)]);
    }
    for (size_t i = 0; i < n; i++) {
        uint64_t slot = d->table[hashes[i] & d->mask];
        if (slot != 0)
            __builtin_prefetch(d->arena + d->entries[number_of(slot)].at);
    }
}

void dict_add_all(struct dict *dict, const struct slice *texts, const uint64_t *hashes, size_t n, uint32_t *numbers)
{
    enum { BATCH = 32 };
    for (size_t first = 0; first < n; first += BATCH) {
        size_t count = n - first < BATCH ? n - first : BATCH;
        fetch(dict, hashes + first, count);
        for (size_t i = first; i < first + count; i++)
            numbers[i] = add(dict, texts[i], hashes[i]);
    }
}

uint32_t dict_find(const struct dict *dict, struct slice text)
{
    uint64_t slot = dict->table[find_place(dict, text, hash_bytes(text))];
    return slot != 0 ? (uint32_t)number_of(slot) : DICT_NONE;
}
