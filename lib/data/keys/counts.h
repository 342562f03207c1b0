#ifndef LIKELY_DATA_KEYS_COUNTS_H
#define LIKELY_DATA_KEYS_COUNTS_H

#include "base/err.h"
#include "base/slice.h"
#include "data/keys/dict.h"
#include "math/dd.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How often keys occur: exactly, however many there are. They are hashed in memory up to a limit; then what
 * was counted goes to a temporary file, sorted, and counting begins anew. The sums are the same either way. */
struct counts_limit {
    size_t memory;         /* bytes, about; SIZE_MAX = there is none */
    const char *directory; /* of the temporary file */
};

struct counts {
    struct dict *keys; /* those in memory … */
    struct dd *value;  /* … and their `width` sums each */
    size_t width, reserved, capacity;
    struct counts_limit limit;
    struct runs *runs; /* NULL as long as all are in memory */
    uint32_t *number;
    size_t number_capacity;
};

struct counts *counts_new(size_t width, const struct counts_limit *limit); /* limit NULL = there is none */
void counts_free(struct counts *counts);                                   /* NULL is fine */
void counts_clear(struct counts *counts); /* forgets the keys in memory, keeps the memory */

/* Adds to sum `which` of a key; or 1 to that of each of n keys, whose hashes are those of hash_bytes. */
void counts_add(struct counts *counts, struct slice key, size_t which, struct dd weight);
void counts_add_all(struct counts *counts, const struct slice *keys, const uint64_t *hashes, size_t n, size_t which);

/* To be called now and then while adding: moves what exceeds the limit to the file. Errors: it cannot be made
 * or written. */
enum status counts_trim(struct counts *counts, struct err *err);

/* Shows every key once, with its sums: sorted by its bytes if asked for, else in any order. */
enum status counts_walk(struct counts *counts, bool sorted, void *context,
                        enum status (*take)(void *context, struct slice key, const struct dd *value, struct err *err),
                        struct err *err);

#endif
