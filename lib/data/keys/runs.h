#ifndef LIKELY_DATA_KEYS_RUNS_H
#define LIKELY_DATA_KEYS_RUNS_H

#include "base/err.h"
#include "base/slice.h"
#include "math/dd.h"

#include <stddef.h>

/* Keys with numbers in a temporary file, in runs that are sorted by the bytes of the keys, and what all runs
 * give together. */
struct runs;

/* width: numbers per key; memory: about how many bytes reading may take. Errors: the file cannot be made in
 * the directory. */
enum status runs_open(struct runs **runs, size_t width, size_t memory, const char *directory, struct err *err);
void runs_close(struct runs *runs); /* NULL is fine */

/* Writes a run: its keys one by one, ascending, none twice; then its end. Errors: the disk is full. */
enum status runs_put(struct runs *runs, struct slice key, const struct dd *value, struct err *err);
enum status runs_end(struct runs *runs, struct err *err);

/* Shows every key once, ascending, with the sums of its numbers in all runs. Key and value are valid until
 * `take` returns. */
enum status runs_walk(struct runs *runs, void *context,
                      enum status (*take)(void *context, struct slice key, const struct dd *value, struct err *err),
                      struct err *err);

/* The order of the keys: that of their bytes, a shorter one before those it begins. */
int runs_compare(struct slice a, struct slice b);

#endif
