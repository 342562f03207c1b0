/* A multiset of (count, whole) pairs by set, in a hash table of pairs; frequencies_sorted sorts them, so that sums
 * over them do not depend on the order in which they were added. */
#include "fit/summary/frequencies.h"

#include "base/mem.h"
#include "data/keys/counts.h"

#include <stdlib.h>
#include <string.h>

struct frequencies {
    struct counts *counts;
};

struct frequencies_key {
    size_t set;
    double whole, count;
};

struct frequencies *frequencies_new(void)
{
    struct frequencies *f = mem_zero(1, sizeof *f);
    f->counts = counts_new(1, NULL);
    return f;
}

void frequencies_free(struct frequencies *f)
{
    if (f == NULL)
        return;
    counts_free(f->counts);
    free(f);
}

void frequencies_add(struct frequencies *f, size_t set, double count, double whole)
{
    struct frequencies_key key = {set, whole + 0.0, count + 0.0}; /* turns -0 into 0 */
    counts_add(f->counts, (struct slice){(const char *)&key, sizeof key}, 0, dd_of(1));
}

struct frequencies_entry {
    struct frequencies_key key;
    double times;
};

static int frequencies_compare(const void *a, const void *b)
{
    const struct frequencies_key *x = &((const struct frequencies_entry *)a)->key,
                                 *y = &((const struct frequencies_entry *)b)->key;
    if (x->set != y->set)
        return x->set < y->set ? -1 : 1;
    if (x->whole != y->whole)
        return x->whole < y->whole ? -1 : 1;
    return (x->count > y->count) - (x->count < y->count);
}

struct information_frequency *frequencies_sorted(const struct frequencies *f, size_t sets, size_t *start)
{
    size_t n = dict_count(f->counts->keys), set = 0;
    struct frequencies_entry *entry = mem_alloc(n, sizeof *entry);
    struct information_frequency *all = mem_alloc(n, sizeof *all);
    for (uint32_t i = 0; i < n; i++) {
        memcpy(&entry[i].key, dict_text(f->counts->keys, i).p, sizeof entry[i].key);
        entry[i].times = f->counts->value[i].high;
    }
    qsort(entry, n, sizeof *entry, frequencies_compare);
    for (size_t i = 0; i < n; i++) {
        for (; set <= entry[i].key.set; set++)
            start[set] = i;
        all[i] = (struct information_frequency){entry[i].key.count, entry[i].key.whole, entry[i].times};
    }
    for (; set <= sets; set++)
        start[set] = n;
    free(entry);
    return all;
}
