#ifndef LIKELY_APP_SHOW_TABLE_ALIGNED_H
#define LIKELY_APP_SHOW_TABLE_ALIGNED_H

#include "base/slice.h"
#include "cli/sink.h"

#include <stdbool.h>
#include <stddef.h>

/* Rows in aligned columns for a terminal, in constant memory. */
struct table_aligned;

/* names and right, whether a column is aligned to the right, have n elements; names is borrowed. */
struct table_aligned *table_aligned_new(struct sink *sink, size_t n, const char *const *names, const bool *right);
void table_aligned_free(struct table_aligned *aligned); /* NULL is fine */

/* The next cell of the row; p NULL: an empty one. */
void table_aligned_add(struct table_aligned *aligned, struct slice text);
void table_aligned_finish(struct table_aligned *aligned); /* writes what waits, at least the header */

#endif
