#ifndef LIKELY_TEXT_FIELD_H
#define LIKELY_TEXT_FIELD_H

#include "base/slice.h"

#include <stddef.h>

/* The most bytes that a field of n bytes takes as CSV. */
static inline size_t field_room(size_t n)
{
    return 2 * n + 2;
}

/* Writes a field of CSV, quoted by RFC 4180 if it holds the delimiter, a quote or a line end, or begins or ends with a
 * blank. `out` has field_room(text.n) bytes. Returns the number of bytes written. */
size_t field_write(char *out, struct slice text, char delimiter);

#endif
