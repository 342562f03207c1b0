#ifndef LIKELY_DATA_KEYS_RUNS_H
#define LIKELY_DATA_KEYS_RUNS_H

#include "base/err.h"
#include "base/slice.h"
#include "math/dd.h"

#include <stddef.h>

/* Keys with sums in a temporary file, in runs sorted by the bytes of the keys (slice_compare), and their merge. */
struct runs;

/* width: sums per key; memory: bytes for reading, about. Error: the file cannot be created in the directory. */
enum status runs_open(struct runs **runs, size_t width, size_t memory, const char *directory, struct err *err);
void runs_close(struct runs *runs); /* NULL is fine */

/* Write a run: its keys one by one, ascending, each once; then its end. Error: the disk is full. */
enum status runs_put(struct runs *runs, struct slice key, const struct dd *value, struct err *err);
enum status runs_end(struct runs *runs, struct err *err);

/* Passes every key once, ascending, with its sums over all runs, to `take`; both are valid until it returns. */
enum status runs_walk(struct runs *runs, void *context,
                      enum status (*take)(void *context, struct slice key, const struct dd *value, struct err *err),
                      struct err *err);

#endif
