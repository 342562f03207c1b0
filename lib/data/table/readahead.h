#ifndef LIKELY_DATA_TABLE_READAHEAD_H
#define LIKELY_DATA_TABLE_READAHEAD_H

#include "base/err.h"

#include <stddef.h>

/* Bytes produced by a thread of its own, ahead of the reader: for producers that take time, as inflating does. */
struct readahead;

/* Fills the buffer; *got < capacity only at the end. */
typedef enum status (*readahead_producer)(void *context, char *buffer, size_t capacity, size_t *got, struct err *err);

/* Until readahead_stop only the thread calls the producer. NULL when no thread can be started. */
struct readahead *readahead_start(readahead_producer produce, void *context);

/* As the producer: the same bytes, the same end, the same error at the same place. */
enum status readahead_read(struct readahead *ahead, char *buffer, size_t capacity, size_t *got, struct err *err);
void readahead_stop(struct readahead *ahead); /* NULL is allowed */

#endif
