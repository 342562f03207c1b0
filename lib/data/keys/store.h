#ifndef LIKELY_DATA_KEYS_STORE_H
#define LIKELY_DATA_KEYS_STORE_H

#include "base/err.h"

#include <stddef.h>

/* Arrays that stay in memory as long as all of them together take no more than a limit; those that would exceed it
 * stand in a temporary file as in data/spool.h. Zero-initialise but for limit and directory. */
struct store {
    size_t limit;              /* bytes */
    const char *directory;     /* of the file */
    size_t used;               /* bytes in memory, */
    struct store_block *block; /* which is these */
    size_t blocks, capacity;
    struct spool *spool; /* NULL: there is no file */
};

/* Room for count elements, aligned for any type. Errors, NULL: those of spool_open and spool_alloc. */
void *store_alloc(struct store *store, size_t count, size_t size, struct err *err);

/* Makes an array of *capacity elements, of which the first `used` are kept, hold count or more; memory NULL: there is
 * none yet. What is returned stands for memory, which is gone; on an error, NULL, it stays. */
void *store_grow(struct store *store, void *memory, size_t *capacity, size_t used, size_t count, size_t size,
                 struct err *err);

/* Gives an array back before the end; NULL is fine. */
void store_drop(struct store *store, void *memory);

void store_release(struct store *store); /* and all its arrays */

#endif
