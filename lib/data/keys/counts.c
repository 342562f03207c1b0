/* Sums by key, beyond memory where needed.
 *
 *     counts_add -> dict and sums --full (counts_trim)--> sorted run in a temporary file (runs.h), dict cleared
 *     counts_walk: the dict alone, or all runs merged
 *
 * Sums are in double-double (dd.h): a key has the same sum whether it was counted in memory or in several runs.
 * counts_trim is called between blocks: the limit is exceeded by one block at most. The file has 8 bytes, the key and
 * 16 bytes per sum, for every key of every run. */

#include "data/keys/counts.h"

#include "base/mem.h"
#include "data/keys/runs.h"

#include <stdlib.h>

struct counts *counts_new(size_t width, const struct counts_limit *limit)
{
    struct counts *c = mem_zero(1, sizeof *c);
    c->keys = dict_new();
    c->width = width;
    c->limit = limit != NULL ? *limit : (struct counts_limit){SIZE_MAX, NULL};
    return c;
}

void counts_free(struct counts *c)
{
    if (c == NULL)
        return;
    dict_free(c->keys);
    free(c->value);
    free(c->number);
    runs_close(c->runs);
    free(c);
}

void counts_clear(struct counts *c)
{
    dict_clear(c->keys);
    c->reserved = 0;
}

/* Makes room for the sums of all keys and sets those of new keys to 0. */
static void reserve(struct counts *c)
{
    size_t keys = dict_count(c->keys);
    c->value = mem_grow(c->value, &c->capacity, keys * c->width, sizeof *c->value);
    for (size_t i = c->reserved * c->width; i < keys * c->width; i++)
        c->value[i] = dd_of(0);
    c->reserved = keys;
}

void counts_add(struct counts *c, struct slice key, size_t which, struct dd weight)
{
    uint32_t number = dict_add(c->keys, key);
    if (number == c->reserved)
        reserve(c);
    struct dd *value = &c->value[number * c->width + which];
    *value = dd_add(*value, weight);
}

void counts_add_sums(struct counts *c, struct slice key, const struct dd *sums)
{
    uint32_t number = dict_add(c->keys, key);
    if (number == c->reserved)
        reserve(c);
    struct dd *value = &c->value[number * c->width];
    for (size_t i = 0; i < c->width; i++)
        value[i] = dd_add(value[i], sums[i]);
}

void counts_add_all(struct counts *c, const struct slice *keys, const uint64_t *hashes, size_t n, size_t which)
{
    c->number = mem_grow(c->number, &c->number_capacity, n, sizeof *c->number);
    dict_add_all(c->keys, keys, hashes, n, c->number);
    reserve(c);
    enum { AHEAD = 16 };
    for (size_t i = 0; i < n; i++) {
        if (i + AHEAD < n)
            __builtin_prefetch(&c->value[c->number[i + AHEAD] * c->width + which]);
        struct dd *value = &c->value[c->number[i] * c->width + which];
        *value = dd_add_double(*value, 1);
    }
}

/* ---- the file ---- */

struct counts_item {
    struct slice key;
    uint32_t number;
};

static int counts_compare_items(const void *a, const void *b)
{
    return slice_compare(((const struct counts_item *)a)->key, ((const struct counts_item *)b)->key);
}

static struct counts_item *sort_keys(const struct counts *c)
{
    size_t n = dict_count(c->keys);
    struct counts_item *item = mem_alloc(n, sizeof *item);
    for (uint32_t i = 0; i < n; i++)
        item[i] = (struct counts_item){dict_text(c->keys, i), i};
    qsort(item, n, sizeof *item, counts_compare_items);
    return item;
}

static enum status spill(struct counts *c, struct err *err)
{
    size_t n = dict_count(c->keys);
    struct counts_item *item = sort_keys(c);
    enum status status = STATUS_OK;
    if (c->runs == NULL)
        status = runs_open(&c->runs, c->width, c->limit.memory, c->limit.directory, err);
    for (size_t i = 0; i < n && status == STATUS_OK; i++)
        status = runs_put(c->runs, item[i].key, c->value + item[i].number * c->width, err);
    if (status == STATUS_OK)
        status = runs_end(c->runs, err);
    counts_clear(c);
    free(item);
    return status;
}

/* Bytes in use: keys and sums with the reserve of their arrays, and the array that sorts the keys. */
static size_t memory_used(const struct counts *c)
{
    size_t n = dict_count(c->keys);
    return dict_memory(c->keys) + n * (c->width * sizeof *c->value * 3 / 2 + 2 * sizeof(struct counts_item));
}

enum status counts_trim(struct counts *c, struct err *err)
{
    bool full = memory_used(c) > c->limit.memory || dict_count(c->keys) > UINT32_MAX / 2;
    return full && c->limit.directory != NULL ? spill(c, err) : STATUS_OK;
}

enum status counts_walk(struct counts *c, bool sorted, void *context,
                        enum status (*take)(void *context, struct slice key, const struct dd *value, struct err *err),
                        struct err *err)
{
    enum status status = STATUS_OK;
    if (c->runs != NULL) {
        if (dict_count(c->keys) > 0)
            status = spill(c, err);
        return status == STATUS_OK ? runs_walk(c->runs, context, take, err) : status;
    }
    size_t n = dict_count(c->keys);
    struct counts_item *item = sorted ? sort_keys(c) : NULL;
    for (uint32_t i = 0; i < n && status == STATUS_OK; i++) {
        uint32_t number = sorted ? item[i].number : i;
        status = take(context, dict_text(c->keys, number), c->value + number * c->width, err);
    }
    free(item);
    return status;
}
