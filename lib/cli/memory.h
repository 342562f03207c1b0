#ifndef LIKELY_CLI_MEMORY_H
#define LIKELY_CLI_MEMORY_H

#include "base/err.h"

#include <stddef.h>

/* --memory SIZE: how much of the data a command keeps in memory; the rest goes to a temporary file. SIZE is a number of bytes,
 * with K, M, G or T behind it of 1024 and its powers; NULL = half of the machine's memory. */
enum status memory_limit(const char *size, size_t *bytes, struct err *err);

/* Where temporary files go: TMPDIR, else /var/tmp, which unlike /tmp is on a disk everywhere. */
const char *memory_directory(void);

#define OPT_MEMORY_ROW(settings, field) \
    { TEXT(settings, field), .name = "memory", .arg = "SIZE", .group = OPT_GENERAL, \
      .help = "keep at most SIZE (such as 500M or 4G) of the data in memory and the rest in a temporary file; without it half " \
              "of the machine's memory" }

#endif
