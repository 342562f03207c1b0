#ifndef LIKELY_DATA_KEYS_STORE_H
#define LIKELY_DATA_KEYS_STORE_H

#include "base/err.h"

#include <stddef.h>

/* Arrays that are in memory while all together take no more than a limit, and else in a temporary file (spool.h).
 * Zero-initialise all but limit and directory. */
struct store {
    size_t limit;              /* bytes */
    const char *directory;     /* of the file */
    size_t used;               /* bytes in memory */
    struct store_block *block; /* the arrays in memory */
    size_t blocks, capacity;
    struct spool *spool; /* NULL = no file yet */
};

/* Room for count elements, aligned for any type. NULL after an error of spool_open or spool_alloc. */
void *store_alloc(struct store *store, size_t count, size_t size, struct err *err);

/* Makes an array of *capacity elements hold count or more, and keeps its first `used` elements; memory NULL: a new
 * array. Returns the array, which replaces memory; NULL after an error, when memory stays valid. */
void *store_grow(struct store *store, void *memory, size_t *capacity, size_t used, size_t count, size_t size,
                 struct err *err);

/* Frees an array before the end; NULL is allowed. */
void store_drop(struct store *store, void *memory);

void store_release(struct store *store); /* frees all arrays */

#endif
