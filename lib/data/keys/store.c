/* Arrays that move to a temporary file (spool.h) when memory would exceed its limit. Arrays in memory are listed, so
 * that store_drop can give their bytes back; room in the file is not used again. A growing array doubles, copied each
 * time. */

#include "data/keys/store.h"

#include "base/mem.h"
#include "data/keys/spool.h"

#include <stdlib.h>
#include <string.h>

struct store_block {
    void *memory;
    size_t bytes;
};

void *store_alloc(struct store *s, size_t count, size_t size, struct err *err)
{
    size_t bytes = (count > 0 ? count : 1) * size;
    void *memory = NULL;
    if (bytes <= s->limit && s->used <= s->limit - bytes) {
        memory = mem_alloc(bytes, 1);
        s->block = mem_grow(s->block, &s->capacity, s->blocks + 1, sizeof *s->block);
        s->block[s->blocks++] = (struct store_block){memory, bytes};
        s->used += bytes;
        return memory;
    }
    if (s->spool == NULL && spool_open(&s->spool, s->directory, err) != STATUS_OK)
        return NULL;
    return spool_alloc(s->spool, bytes, 1, &memory, err) == STATUS_OK ? memory : NULL;
}

void *store_grow(struct store *s, void *memory, size_t *capacity, size_t used, size_t count, size_t size,
                 struct err *err)
{
    if (count <= *capacity && memory != NULL)
        return memory;
    size_t wanted = count > 2 * *capacity ? count : 2 * *capacity;
    void *grown = store_alloc(s, wanted, size, err);
    if (grown == NULL)
        return NULL;
    if (used > 0)
        memcpy(grown, memory, used * size);
    store_drop(s, memory);
    *capacity = wanted;
    return grown;
}

void store_drop(struct store *s, void *memory)
{
    for (size_t i = 0; memory != NULL && i < s->blocks; i++) {
        if (s->block[i].memory != memory)
            continue;
        s->used -= s->block[i].bytes;
        s->block[i] = s->block[--s->blocks];
        free(memory);
        return;
    }
}

void store_release(struct store *s)
{
    for (size_t i = 0; i < s->blocks; i++)
        free(s->block[i].memory);
    free(s->block);
    spool_close(s->spool);
    *s = (struct store){.limit = s->limit, .directory = s->directory};
}
