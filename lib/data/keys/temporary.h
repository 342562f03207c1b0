#ifndef LIKELY_DATA_KEYS_TEMPORARY_H
#define LIKELY_DATA_KEYS_TEMPORARY_H

#include "base/err.h"

/* A file for data that exceed the memory a command may use. It has no name any more: it is gone when it is
 * closed, or the process ends. Errors: it cannot be made in that directory. */
enum status temporary_open(int *file, const char *directory, struct err *err);

#endif
