#ifndef LIKELY_DATA_TABLE_ENCODING_H
#define LIKELY_DATA_TABLE_ENCODING_H

#include "base/slice.h"
#include "data/table/dialect.h"

#include <stdbool.h>

/* The encoding of a text that begins so: by its byte-order mark, else by the places of its NUL bytes, else by whether
 * its bytes are those of UTF-8. before: of the file before, whose encoding a text of ASCII characters has, or
 * DIALECT_ENCODING_AUTO. */
enum dialect_encoding encoding_find(struct slice head, enum dialect_encoding before);

/* Number of bytes of a byte-order mark of this encoding that the text begins with. */
size_t encoding_mark(struct slice head, enum dialect_encoding encoding);

#endif
