/* The memory of the machine, the limit of --memory, and the directory of temporary files. */
#include "cli/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

size_t memory_all(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? (size_t)pages * (size_t)size : SIZE_MAX;
}

size_t memory_limit(size_t size)
{
    return size > 0 ? size : memory_all() / 2;
}

const char *memory_directory(void)
{
    const char *directory = getenv("TMPDIR");
    return directory != NULL && directory[0] != '\0' ? directory : "/var/tmp";
}
