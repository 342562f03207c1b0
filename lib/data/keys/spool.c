/* Memory in a temporary file: the file is mapped, and the system writes its pages to the disk when memory is short.
 * Extents of the file double from FIRST_EXTENT to LARGEST_EXTENT, because a process may have a limited number of
 * mappings; they are filled from the front, and never freed one by one. posix_fallocate reserves their space on the
 * disk; otherwise a full disk would show as SIGBUS at some later store. One thread at a time allocates. */

#include "data/keys/spool.h"

#include "base/mem.h"
#include "data/keys/temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ALIGNMENT = 64 };
#define FIRST_EXTENT ((size_t)1 << 26)
#define LARGEST_EXTENT ((size_t)1 << 30)

struct spool_extent {
    char *bytes;
    size_t n, used;
};

struct spool {
    int fd;
    off_t size;
    struct spool_extent *extent;
    size_t extents, capacity;
    char *directory;
};

enum status spool_open(struct spool **spool, const char *directory, struct err *err)
{
    int fd;
    if (temporary_open(&fd, directory, err) != STATUS_OK)
        return err->status;
    *spool = mem_zero(1, sizeof **spool);
    (*spool)->fd = fd;
    (*spool)->directory = mem_format("%s", directory);
    return STATUS_OK;
}

void spool_close(struct spool *spool)
{
    if (spool == NULL)
        return;
    for (size_t i = 0; i < spool->extents; i++)
        munmap(spool->extent[i].bytes, spool->extent[i].n);
    close(spool->fd);
    free(spool->extent);
    free(spool->directory);
    free(spool);
}

static enum status add_extent(struct spool *s, size_t least, struct err *err)
{
    size_t n = s->extents == 0 ? FIRST_EXTENT : 2 * s->extent[s->extents - 1].n;
    n = n > LARGEST_EXTENT ? LARGEST_EXTENT : n;
    while (n < least)
        n *= 2;
    errno = posix_fallocate(s->fd, s->size, (off_t)n);
    void *bytes = errno == 0 ? mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED, s->fd, s->size) : MAP_FAILED;
    if (bytes == MAP_FAILED) {
        err_io(err, "cannot reserve %zu MB for data that exceeds the memory limit", n >> 20);
        err_because(err, ERR_TEMPORARY_FILE, NULL);
        return err_at(err, s->directory, 0);
    }
    s->extent = mem_grow(s->extent, &s->capacity, s->extents + 1, sizeof *s->extent);
    s->extent[s->extents++] = (struct spool_extent){.bytes = bytes, .n = n};
    s->size += (off_t)n;
    return STATUS_OK;
}

enum status spool_alloc(struct spool *s, size_t count, size_t size, void **memory, struct err *err)
{
    size_t n = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (s->extents == 0 || s->extent[s->extents - 1].n - s->extent[s->extents - 1].used < n) {
        enum status status = add_extent(s, n, err);
        if (status != STATUS_OK)
            return status;
    }
    struct spool_extent *e = &s->extent[s->extents - 1];
    *memory = e->bytes + e->used;
    e->used += n;
    return STATUS_OK;
}
