#ifndef LIKELY_TEXT_C_TEXT_H
#define LIKELY_TEXT_C_TEXT_H

#include "base/slice.h"

#include <stddef.h>

/* Source text in C99 that grows. Zero-initialise. */
struct c_text {
    char *p;
    size_t n, capacity;
    size_t depth; /* of indentation */
};

void c_text_add(struct c_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A whole line, indented. Lines behind one that is opened are a step further in, up to the one that closes it. */
void c_text_line(struct c_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void c_text_open(struct c_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void c_text_close(struct c_text *text, const char *line);

/* A constant expression of type double that has exactly that value; it wants <math.h> for infinities. */
void c_text_number(struct c_text *text, double value);

/* A string literal of those bytes, in ASCII whatever they are. */
void c_text_string(struct c_text *text, struct slice bytes);

/* Words that may stand in a comment: what would end it, break its line or turn the direction of writing is escaped. */
void c_text_comment(struct c_text *text, struct slice words);

/* Definitions "static const TYPE NAME[N] = {...};" of tables, n > 0. */
void c_text_numbers(struct c_text *text, const char *name, size_t n, const double *values);
void c_text_strings(struct c_text *text, const char *name, size_t n,
                    struct slice (*string)(const void *context, size_t i), const void *context);

void c_text_free(struct c_text *text);

#endif
