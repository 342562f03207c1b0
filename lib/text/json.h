#ifndef LIKELY_TEXT_JSON_H
#define LIKELY_TEXT_JSON_H

#include "base/slice.h"
#include "text/buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* Values of JSON (RFC 8259), appended to a buffer. */

/* Appends text in quotes; each byte that is not part of UTF-8 becomes U+FFFD. */
void json_add_text(struct buffer *buffer, struct slice text);

/* How a number is written: as a quantity (buffer_add_number) or as a total (buffer_add_total). */
struct json_numbers {
    size_t digits;
    bool totals;
};

/* Appends a number. JSON has neither infinities nor NaN: these become "inf", "-inf" and null. */
void json_add_number(struct buffer *buffer, double value, struct json_numbers how);

/* Appends texts as an array. */
void json_add_texts(struct buffer *buffer, size_t n, const char *const *texts);

/* Appends numbers as nested arrays, one level per dimension (at least one); values are row-major. */
void json_add_array(struct buffer *buffer, size_t dimensions, const size_t *shape, const double *values,
                    struct json_numbers how);

#endif
