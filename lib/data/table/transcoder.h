#ifndef LIKELY_DATA_TABLE_TRANSCODER_H
#define LIKELY_DATA_TABLE_TRANSCODER_H

#include "base/err.h"
#include "base/slice.h"
#include "data/table/dialect.h"
#include "data/table/input.h"

#include <stdbool.h>
#include <stddef.h>

/* The text of an input in UTF-8, whatever its encoding is. */
struct transcoder;

/* The input and its name stay the caller's; `head` is what has been read of it. */
struct transcoder *transcoder_new(struct input *input, const char *name, enum dialect_encoding encoding,
                                  struct slice head);
void transcoder_free(struct transcoder *transcoder); /* NULL is allowed */

/* Fills the buffer; *got < capacity only at the end, or if the input is prompt. Errors: of the input; bytes that are no
 * characters of the encoding. */
enum status transcoder_read(struct transcoder *transcoder, char *buffer, size_t capacity, size_t *got, struct err *err);

bool transcoder_at_end(const struct transcoder *transcoder);

#endif
