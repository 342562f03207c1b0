#ifndef LIKELY_DATA_KEYS_COUNTS_H
#define LIKELY_DATA_KEYS_COUNTS_H

#include "base/err.h"
#include "base/slice.h"
#include "data/keys/dict.h"
#include "math/dd.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How often keys occur, exactly, for any number of keys. Keys are held in memory up to a limit; then they are written
 * to a temporary file, sorted, and counting starts again. The sums are the same either way. */
struct counts_limit {
    size_t memory;         /* bytes, about; SIZE_MAX = no limit */
    const char *directory; /* of the temporary file */
};

struct counts {
    struct dict *keys; /* those in memory … */
    struct dd *value;  /* … and their `width` sums each */
    size_t width, reserved, capacity;
    struct counts_limit limit;
    struct runs *runs; /* NULL while all keys are in memory */
    uint32_t *number;
    size_t number_capacity;
};

struct counts *counts_new(size_t width, const struct counts_limit *limit); /* limit NULL = none */
void counts_free(struct counts *counts);                                   /* NULL is fine */
void counts_clear(struct counts *counts); /* forgets the keys in memory, keeps the memory */

/* Adds to sum `which` of a key, to all its sums, or 1 to that of each of n keys; hashes: hash_bytes of the keys. */
void counts_add(struct counts *counts, struct slice key, size_t which, struct dd weight);
void counts_add_sums(struct counts *counts, struct slice key, const struct dd *sums);
void counts_add_all(struct counts *counts, const struct slice *keys, const uint64_t *hashes, size_t n, size_t which);

/* Called between adds: moves the keys to the file when they exceed the limit. Errors: it cannot be created or written.
 */
enum status counts_trim(struct counts *counts, struct err *err);

/* Passes every key once, with its sums, to `take`: in the order of their bytes when `sorted`, else in any order. */
enum status counts_walk(struct counts *counts, bool sorted, void *context,
                        enum status (*take)(void *context, struct slice key, const struct dd *value, struct err *err),
                        struct err *err);

#endif
