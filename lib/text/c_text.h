#ifndef LIKELY_TEXT_C_TEXT_H
#define LIKELY_TEXT_C_TEXT_H

#include "base/slice.h"
#include "text/buffer.h"

#include <stddef.h>

/* C99 source text that grows. Zero-initialise. */
struct c_text {
    struct buffer text;
    size_t depth; /* of indentation */
};

void c_text_add(struct c_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Append a whole line, indented. The lines between c_text_open and its c_text_close are indented by one step
 * more. */
void c_text_line(struct c_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void c_text_open(struct c_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void c_text_close(struct c_text *text, const char *line);

/* Appends a constant expression of type double with exactly that value; infinities need <math.h>. */
void c_text_number(struct c_text *text, double value);

/* Appends a string literal of these bytes, in ASCII whatever they are. */
void c_text_string(struct c_text *text, struct slice bytes);

/* Appends words as part of a comment; bytes that would end it, break its line or turn the direction of writing
 * are escaped. */
void c_text_comment(struct c_text *text, struct slice words);

/* Append definitions of tables, "static const TYPE NAME[N] = {...};", n > 0. */
void c_text_numbers(struct c_text *text, const char *name, size_t n, const double *values);
void c_text_strings(struct c_text *text, const char *name, size_t n,
                    struct slice (*string)(const void *context, size_t i), const void *context);

void c_text_free(struct c_text *text);

#endif
