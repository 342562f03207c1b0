#ifndef LIKELY_CLI_MEMORY_H
#define LIKELY_CLI_MEMORY_H

#include <stddef.h>

/* --memory SIZE: how many bytes of the data a command keeps in memory; the rest goes to a temporary file. 0, where it
 * was not given, is half of the machine's memory. */
size_t memory_limit(size_t size);

/* How many bytes the machine has. */
size_t memory_all(void);

/* Where temporary files go: TMPDIR, else /var/tmp, which unlike /tmp is on a disk everywhere. */
const char *memory_directory(void);

/* clang-format off */
#define OPT_MEMORY_ROW(settings, field) \
    { SIZE(settings, field), .name = "memory", .arg = "SIZE", .group = OPT_GENERAL, \
      .help = "keep at most SIZE (such as 500M or 4G) of the data in memory and the rest in a temporary file; " \
              "default: half of the machine's memory" }
/* clang-format on */

#endif
