/* Sums by key within a memory limit, held against the sums of the same keys without one. */

#include "base/mem.h"
#include "base/rng.h"
#include "data/keys/counts.h"
#include "data/keys/runs.h"
#include "test.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Keys of random length, NUL bytes and keys that begin others among them. */
enum { KEYS = 500 };

static struct slice draw_key(struct rng *rng, char *text)
{
    uint64_t number = rng_below(rng, KEYS);
    size_t n = (size_t)(number % 7);
    memset(text, (int)(number % 3), n);
    int more = snprintf(text + n, 32, "%u", (unsigned)(number / 7));
    return (struct slice){text, n + (number % 11 == 0 ? 0 : (size_t)more)};
}

struct seen {
    const struct counts *wanted;
    size_t n;
    bool sorted;
    char *last;
    size_t last_n, capacity;
};

static enum status compare(void *context, struct slice key, const struct dd *value, struct err *err)
{
    struct seen *s = context;
    (void)err;
    uint32_t number = dict_find(s->wanted->keys, key);
    CHECK(number != DICT_NONE, "a key of %zu bytes was never added", key.n);
    if (number != DICT_NONE) {
        const struct dd *wanted = s->wanted->value + 2 * number;
        CHECK(value[0].high == wanted[0].high && value[1].high == wanted[1].high, "%g, %g instead of %g, %g",
              value[0].high, value[1].high, wanted[0].high, wanted[1].high);
    }
    struct slice last = {s->last, s->last_n};
    CHECK(!s->sorted || s->n == 0 || slice_compare(last, key) < 0, "key %zu is not in order", s->n);
    s->last = mem_grow(s->last, &s->capacity, key.n + 1, 1);
    memcpy(s->last, key.p, key.n);
    s->last_n = key.n;
    s->n++;
    return STATUS_OK;
}

/* What was counted within a limit is what was counted without one, also when asked again. */
static void check_same(struct counts *counts, const struct counts *wanted, bool sorted)
{
    struct err err = {0};
    for (int again = 0; again < 2; again++) {
        struct seen seen = {.wanted = wanted, .sorted = sorted};
        CHECK(counts_walk(counts, sorted, &seen, compare, &err) == STATUS_OK, "%s", err.reason);
        CHECK(seen.n == dict_count(wanted->keys), "%zu keys instead of %zu", seen.n, dict_count(wanted->keys));
        free(seen.last);
    }
}

/* With memory for nothing there are 10,000 runs, which are merged in three levels. */
static void check_sums(size_t memory, size_t adds, bool sorted)
{
    struct rng rng = rng_seed(memory + adds);
    struct counts *wanted = counts_new(2, NULL), *counts = counts_new(2, &(struct counts_limit){memory, "."});
    struct err err = {0};
    for (size_t i = 0; i < adds; i++) {
        char text[64];
        struct slice key = draw_key(&rng, text);
        size_t which = rng_below(&rng, 2);
        struct dd weight = dd_of((double)rng_below(&rng, 100) * 0.25);
        counts_add(wanted, key, which, weight);
        counts_add(counts, key, which, weight);
        if (rng_below(&rng, 3) == 0)
            CHECK(counts_trim(counts, &err) == STATUS_OK, "%s", err.reason);
    }
    CHECK((counts->runs != NULL) == (memory < 1 << 20 && adds > 0), "%zu bytes of memory", memory);
    check_same(counts, wanted, sorted);
    counts_free(wanted);
    counts_free(counts);
}

/* Longer than what is read at once. */
static void check_long_keys(void)
{
    enum { LONG = 300000 };
    struct counts *counts = counts_new(2, &(struct counts_limit){1, "."}), *wanted = counts_new(2, NULL);
    struct err err = {0};
    char *text = mem_zero(LONG, 1);
    for (size_t i = 0; i < 10; i++) {
        struct slice key = {text, LONG - i % 3};
        counts_add(counts, key, 0, dd_of(1));
        counts_add(wanted, key, 0, dd_of(1));
        CHECK(counts_trim(counts, &err) == STATUS_OK, "%s", err.reason);
    }
    check_same(counts, wanted, true);
    counts_free(counts);
    counts_free(wanted);
    free(text);
}

static void check_errors(void)
{
    struct counts *counts = counts_new(1, &(struct counts_limit){1, "build/missing"});
    struct err err = {0};
    counts_add(counts, (struct slice){"a", 1}, 0, dd_of(1));
    CHECK(counts_trim(counts, &err) == STATUS_IO, "a file in a directory that is not there");
    counts_free(counts);
}

int main(void)
{
    check_sums(1, 30000, true);
    check_sums(20000, 30000, true);
    check_sums(20000, 30000, false);
    check_sums(1 << 30, 30000, true);
    check_sums(1 << 30, 30000, false);
    check_sums(1, 0, true);
    check_long_keys();
    check_errors();
    return test_report("counts");
}
