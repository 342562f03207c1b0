#ifndef LIKELY_DATA_KEYS_SPOOL_H
#define LIKELY_DATA_KEYS_SPOOL_H

#include "base/err.h"

#include <stddef.h>

/* Memory behind which stands a temporary file that has no name any more: what does not fit into RAM is written there by
 * the system, and it is gone when the process is. */
struct spool;

/* directory: where the file is made. Errors: it cannot be made there. */
enum status spool_open(struct spool **spool, const char *directory, struct err *err);
void spool_close(struct spool *spool); /* and all its memory; NULL is fine */

/* Memory for count elements, aligned for any type, its place on the disk reserved: a full disk is an error
 * here and not a crash later. */
enum status spool_alloc(struct spool *spool, size_t count, size_t size, void **memory, struct err *err);

#endif
