#ifndef LIKELY_TEXT_BUFFER_H
#define LIKELY_TEXT_BUFFER_H

#include "base/slice.h"

#include <stdarg.h>
#include <stddef.h>

/* Bytes that grow as they are appended to; not NUL-terminated. Zero-initialise. */
struct buffer {
    char *p;
    size_t n, capacity;
};

void buffer_add(struct buffer *buffer, const void *bytes, size_t n);
void buffer_add_text(struct buffer *buffer, const char *text);
void buffer_add_char(struct buffer *buffer, char c);
void buffer_add_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_add_arguments(struct buffer *buffer, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Room for n bytes behind the others, which a caller who fills it adds to buffer->n. */
char *buffer_room(struct buffer *buffer, size_t n);

/* The text with a NUL behind it that does not count; valid until the next change. Callers may keep it, and free it,
 * instead of the buffer. */
char *buffer_text(struct buffer *buffer);

/* Appends text as messages show it, on one line (err_show). */
void buffer_add_visible(struct buffer *buffer, const char *text);

/* Appends a field of CSV (field.h). */
void buffer_add_field(struct buffer *buffer, struct slice text, char delimiter);

/* Appends a number with at most `digits` significant digits; 0: the shortest decimal that reads back to the same
 * double. */
void buffer_add_number(struct buffer *buffer, double value, size_t digits);

/* Appends a count, or a sum of counts or weights: a whole number with all its digits, whatever `digits` says, and
 * without an exponent below 1e22 (up to there every power of 10 is a double); any other number as buffer_add_number. */
void buffer_add_total(struct buffer *buffer, double value, size_t digits);

void buffer_free(struct buffer *buffer);

#endif
