#ifndef LIKELY_DATA_KEYS_TEMPORARY_H
#define LIKELY_DATA_KEYS_TEMPORARY_H

#include "base/err.h"

/* Opens a file without a name for data beyond the memory limit; it is gone when it is closed or the process ends.
 * Error: it cannot be created in the directory. */
enum status temporary_open(int *file, const char *directory, struct err *err);

#endif
