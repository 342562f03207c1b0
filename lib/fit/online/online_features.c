/* A hash table of features: an array of features in the order in which they came, and a table of their numbers with
 * open addressing and linear probing, at most half full, keyed by the index times 2^64 / golden ratio (D. Knuth, The
 * Art of Computer Programming, vol. 3, section 6.4).
 *
 * All numbers of a feature stand side by side, group by group, so that a row touches one stretch of memory per
 * feature. Room for more scores is made by spreading features and groups out from the last on (spread). Memory: 56 +
 * 40 room bytes per feature, and 8 to 16 of the table. One thread. */

#include "fit/online/online_features.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { TABLE_LEAST = 1024 };

void online_features_init(struct online_features *f, size_t scores, size_t room)
{
    f->scores = scores;
    f->room = room;
    f->intercept = mem_zero(1, online_features_size(room));
    f->table_size = TABLE_LEAST;
    f->table = mem_zero(f->table_size, sizeof *f->table);
}

void online_features_release(struct online_features *f)
{
    free(f->intercept);
    free(f->features);
    free(f->table);
}

/* Makes room in each of n features at the head of the bytes, from the last one on. */
static void spread(char *bytes, size_t n, size_t room, size_t more)
{
    for (size_t i = n; i-- > 0;) {
        char *from = bytes + i * online_features_size(room), *to = bytes + i * online_features_size(more);
        for (size_t g = ONLINE_GROUPS; g-- > 0;) {
            char *group = to + sizeof(struct online_feature) + g * more * sizeof(double);
            memmove(group, from + sizeof(struct online_feature) + g * room * sizeof(double), room * sizeof(double));
            memset(group + room * sizeof(double), 0, (more - room) * sizeof(double));
        }
        memmove(to, from, sizeof(struct online_feature));
    }
}

void online_features_add_score(struct online_features *f)
{
    if (f->scores++ < f->room)
        return;
    size_t more = f->room + 1 + f->room / 2;
    f->intercept = mem_resize(f->intercept, 1, online_features_size(more));
    spread((char *)f->intercept, 1, f->room, more);
    if (f->n > 0) {
        f->features = mem_resize(f->features, f->capacity, online_features_size(more));
        spread(f->features, f->n, f->room, more);
    }
    f->room = more;
}

static size_t slot_of(const struct online_features *f, uint32_t index)
{
    return (size_t)((index * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (f->table_size - 1);
}

/* The slot of the index in the table, or the free one for it. */
static size_t place_of(const struct online_features *f, uint32_t index)
{
    size_t mask = f->table_size - 1, at = slot_of(f, index);
    while (f->table[at] != 0 && online_features_at(f, f->table[at] - 1)->index != index)
        at = (at + 1) & mask;
    return at;
}

static void grow_table(struct online_features *f)
{
    free(f->table);
    f->table_size *= 2;
    f->table = mem_zero(f->table_size, sizeof *f->table);
    for (size_t i = 0; i < f->n; i++)
        f->table[place_of(f, online_features_at(f, i)->index)] = (uint32_t)(i + 1);
}

size_t online_features_add(struct online_features *f, uint32_t index, double seen)
{
    size_t at = place_of(f, index);
    if (f->table[at] != 0)
        return f->table[at] - 1;
    if (2 * (f->n + 1) > f->table_size) {
        grow_table(f);
        at = place_of(f, index);
    }
    f->features = mem_grow(f->features, &f->capacity, f->n + 1, online_features_size(f->room));
    struct online_feature *new = online_features_at(f, f->n);
    memset(new, 0, online_features_size(f->room));
    new->index = index;
    new->seen = seen;
    f->table[at] = (uint32_t)++f->n;
    return f->n - 1;
}

struct online_feature *online_features_find(const struct online_features *f, uint32_t index)
{
    uint32_t number = f->table[place_of(f, index)];
    return number > 0 ? online_features_at(f, number - 1) : NULL;
}

static int compare_indexes(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void online_features_indexes(const struct online_features *f, uint32_t *index)
{
    for (size_t i = 0; i < f->n; i++)
        index[i] = online_features_at(f, i)->index;
    qsort(index, f->n, sizeof *index, compare_indexes);
}

void online_features_prefetch(const struct online_features *f, size_t n, const uint32_t *index)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t number = f->table[slot_of(f, index[i])];
        const char *feature = number > 0 ? (const char *)online_features_at(f, number - 1) : (const char *)f->intercept;
        __builtin_prefetch(feature);
        __builtin_prefetch(feature + 64);
    }
}
