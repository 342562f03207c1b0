#ifndef LIKELY_DATA_KEYS_SPOOL_H
#define LIKELY_DATA_KEYS_SPOOL_H

#include "base/err.h"

#include <stddef.h>

/* Memory in a temporary file without a name: the system writes there what does not fit into RAM. The file is gone when
 * the process ends. */
struct spool;

/* Error: the file cannot be created in the directory. */
enum status spool_open(struct spool **spool, const char *directory, struct err *err);
void spool_close(struct spool *spool); /* frees all its memory; NULL is allowed */

/* Memory for count elements, aligned for any type, with space on the disk reserved. Error: the disk is full. */
enum status spool_alloc(struct spool *spool, size_t count, size_t size, void **memory, struct err *err);

#endif
