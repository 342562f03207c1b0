#ifndef LIKELY_TEXT_JSON_H
#define LIKELY_TEXT_JSON_H

#include "base/slice.h"
#include "text/buffer.h"

#include <stddef.h>

/* Values of JSON (RFC 8259), added to growing text. */

/* Text in quotes; each byte that is not part of UTF-8 becomes U+FFFD. */
void json_add_text(struct buffer *buffer, struct slice text);

/* A number with so many significant digits, 0 = as many as read back. JSON has no infinities and no NaN: they become
 * "inf", "-inf" and null. */
void json_add_number(struct buffer *buffer, double value, size_t digits);

/* Texts as an array. */
void json_add_texts(struct buffer *buffer, size_t n, const char *const *texts);

/* Numbers as nested arrays, one level per dimension, of which there is at least one; values are row-major. */
void json_add_array(struct buffer *buffer, size_t dimensions, const size_t *shape, const double *values, size_t digits);

#endif
