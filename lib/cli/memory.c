#include "cli/memory.h"

#include "base/number.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t half_of_memory(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? (size_t)pages / 2 * (size_t)size : SIZE_MAX / 2;
}

enum status memory_limit(const char *size, size_t *bytes, struct err *err)
{
    if (size == NULL) {
        *bytes = half_of_memory();
        return STATUS_OK;
    }
    static const char units[] = "KMGT";
    struct slice number = slice_of(size);
    const char *unit = number.n > 0 ? strchr(units, size[number.n - 1]) : NULL;
    double value, factor = 1;
    if (unit != NULL) {
        number.n--;
        for (const char *u = units; u <= unit; u++)
            factor *= 1024;
    }
    char echo[ERR_ECHO];
    if (!number_parse(number, &value) || !(value > 0 && value * factor < 0x1p62))
        return err_usage(err, "--memory: '%s' is not a size such as 500M or 4G", err_echo(echo, slice_of(size)));
    *bytes = (size_t)(value * factor);
    return STATUS_OK;
}

const char *memory_directory(void)
{
    const char *directory = getenv("TMPDIR");
    return directory != NULL && directory[0] != '\0' ? directory : "/var/tmp";
}
