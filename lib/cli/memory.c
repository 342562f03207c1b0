#include "cli/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

static size_t half_of_memory(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? (size_t)pages / 2 * (size_t)size : SIZE_MAX / 2;
}

size_t memory_limit(size_t size)
{
    return size > 0 ? size : half_of_memory();
}

const char *memory_directory(void)
{
    const char *directory = getenv("TMPDIR");
    return directory != NULL && directory[0] != '\0' ? directory : "/var/tmp";
}
