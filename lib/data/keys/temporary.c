/* A temporary file that is unlinked as soon as it is open: nothing is left behind, even by a killed process. */

#include "data/keys/temporary.h"

#include "base/mem.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum status temporary_open(int *file, const char *directory, struct err *err)
{
    char *path = mem_format("%s/likely-XXXXXX", directory);
    *file = mkstemp(path);
    if (*file < 0) {
        err_io(err, "cannot create a temporary file for data that exceeds the memory limit");
        err_because(err, ERR_TEMPORARY_FILE, NULL);
        free(path);
        return err_at(err, directory, 0);
    }
    unlink(path);
    free(path);
    fcntl(*file, F_SETFD, FD_CLOEXEC);
    return STATUS_OK;
}
