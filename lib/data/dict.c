#include "data/dict.h"

#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>

/* Open addressing with linear probing over the numbers, at most half full; the strings stand one behind the other in an
 * arena. */
struct entry {
    uint64_t hash;
    size_t at; /* of the text in the arena */
    size_t n;
};

struct dict {
    struct entry *entries;
    size_t count, capacity;
    uint32_t *table; /* number + 1; 0 = free */
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

struct slice dict_text(const struct dict *dict, uint32_t number)
{
    return (struct slice){dict->arena + dict->entries[number].at, dict->entries[number].n};
}

/* Words of eight bytes, each mixed in by a multiplication whose halves are folded (as in wyhash and its relatives). */
static uint64_t mix(uint64_t a, uint64_t b)
{
    __extension__ unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t hash_bytes(struct slice text)
{
    const uint64_t odd = 0x9e3779b97f4a7c15u;
    uint64_t hash = text.n * odd, word;
    const char *p = text.p;
    size_t n = text.n;
    for (; n >= 8; n -= 8, p += 8) {
        memcpy(&word, p, 8);
        hash = mix(hash ^ word, odd);
    }
    word = 0;
    memcpy(&word, p, n);
    return mix(hash ^ word, 0xd6e8feb86659fd93u);
}

/* The slot that holds the text, or the free one where it belongs. */
static size_t find_slot(const struct dict *d, struct slice text, uint64_t hash)
{
    size_t slot = hash & d->mask;
    for (; d->table[slot] != 0; slot = (slot + 1) & d->mask) {
        const struct entry *e = &d->entries[d->table[slot] - 1];
        if (e->hash == hash && e->n == text.n && memcmp(d->arena + e->at, text.p, text.n) == 0)
            break;
    }
    return slot;
}

static void grow(struct dict *d)
{
    size_t size = (d->mask + 1) * 2;
    free(d->table);
    d->table = mem_zero(size, sizeof *d->table);
    d->mask = size - 1;
    for (size_t i = 0; i < d->count; i++) {
        size_t slot = d->entries[i].hash & d->mask;
        while (d->table[slot] != 0)
            slot = (slot + 1) & d->mask;
        d->table[slot] = (uint32_t)i + 1;
    }
}

uint32_t dict_add(struct dict *dict, struct slice text)
{
    uint64_t hash = hash_bytes(text);
    size_t slot = find_slot(dict, text, hash);
    if (dict->table[slot] != 0)
        return dict->table[slot] - 1;
    if ((dict->count + 1) * 2 > dict->mask) {
        grow(dict);
        slot = find_slot(dict, text, hash);
    }
    dict->entries = mem_grow(dict->entries, &dict->capacity, dict->count + 1, sizeof *dict->entries);
    dict->entries[dict->count] = (struct entry){hash, dict->arena_n, text.n};
    dict->arena = mem_grow(dict->arena, &dict->arena_capacity, dict->arena_n + text.n + 1, 1);
    if (text.n > 0)
        memcpy(dict->arena + dict->arena_n, text.p, text.n);
    dict->arena[dict->arena_n + text.n] = '\0';
    dict->arena_n += text.n + 1;
    dict->table[slot] = (uint32_t)++dict->count;
    return (uint32_t)dict->count - 1;
}

uint32_t dict_find(const struct dict *dict, struct slice text)
{
    uint32_t number = dict->table[find_slot(dict, text, hash_bytes(text))];
    return number != 0 ? number - 1 : DICT_NONE;
}
