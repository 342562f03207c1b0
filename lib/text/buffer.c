/* Text that grows by half its size at a time (mem_grow), with the ways in which values become output:
 * fields quoted by RFC 4180, numbers by number_write, counts whole, and text made visible as messages show it
 * (err_show). */
#include "text/buffer.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/field.h"
#include "text/number.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

char *buffer_room(struct buffer *b, size_t n)
{
    b->p = mem_grow(b->p, &b->capacity, b->n + n, 1);
    return b->p + b->n;
}

void buffer_add(struct buffer *b, const void *bytes, size_t n)
{
    char *end = buffer_room(b, n);
    if (n > 0)
        memcpy(end, bytes, n);
    b->n += n;
}

void buffer_add_text(struct buffer *b, const char *text)
{
    buffer_add(b, text, strlen(text));
}

void buffer_add_char(struct buffer *b, char c)
{
    *buffer_room(b, 1) = c;
    b->n++;
}

void buffer_add_arguments(struct buffer *b, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int n = vsnprintf(NULL, 0, format, arguments);
    if (n > 0) {
        char *end = buffer_room(b, (size_t)n + 1);
        vsnprintf(end, (size_t)n + 1, format, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

void buffer_add_format(struct buffer *b, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    buffer_add_arguments(b, format, arguments);
    va_end(arguments);
}

char *buffer_text(struct buffer *b)
{
    *buffer_room(b, 1) = '\0';
    return b->p;
}

void buffer_add_field(struct buffer *b, struct slice text, char delimiter)
{
    b->n += field_write(buffer_room(b, field_room(text.n)), text, delimiter);
}

void buffer_add_visible(struct buffer *b, const char *text)
{
    for (size_t left = strlen(text), taken; left > 0; text += taken, left -= taken)
        b->n += err_show(buffer_room(b, ERR_SHOWN), (struct slice){text, left}, &taken);
}

void buffer_add_number(struct buffer *b, double value, size_t digits)
{
    char *end = buffer_room(b, NUMBER_MAX);
    b->n += digits == 0 ? number_write(end, value) : number_write_digits(end, value, (int)digits);
}

void buffer_add_total(struct buffer *b, double value, size_t digits)
{
    bool whole = value == rint(value);
    if (whole && fabs(value) >= 1e17 && fabs(value) < 1e22)
        buffer_add_format(b, "%.0f", value);
    else
        buffer_add_number(b, value, whole ? 0 : digits);
}

void buffer_free(struct buffer *b)
{
    free(b->p);
    *b = (struct buffer){0};
}
