#ifndef LIKELY_TEXT_BUFFER_H
#define LIKELY_TEXT_BUFFER_H

#include "base/slice.h"

#include <stddef.h>

/* Text that grows. Zero-initialise. */
struct buffer {
    char *p;
    size_t n, capacity;
};

void buffer_add(struct buffer *buffer, const void *bytes, size_t n);
void buffer_add_text(struct buffer *buffer, const char *text);
void buffer_add_char(struct buffer *buffer, char c);
void buffer_add_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Text as messages show it: one line whatever is in it. */
void buffer_add_visible(struct buffer *buffer, const char *text);

/* A field of CSV: quoted where it must be (RFC 4180) for that delimiter. */
void buffer_add_field(struct buffer *buffer, struct slice text, char delimiter);

/* With at most that many significant digits; 0: the shortest that reads back. */
void buffer_add_number(struct buffer *buffer, double value, size_t digits);

void buffer_free(struct buffer *buffer);

#endif
