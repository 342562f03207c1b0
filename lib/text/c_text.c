/* Writes C99 source for models that are exported as C functions: indented lines, numbers that have exactly the
 * value of a double, and strings and comments in which no byte of the data can end a literal or a comment, start
 * a trigraph or turn the direction of writing. */
#include "text/c_text.h"

#include "base/utf8.h"
#include "text/number.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

enum {
    NUMBERS_A_LINE = 5,
    LITERAL_MAX = 4095, /* the length every compiler must support (C99, 5.2.4.1) */
};

void c_text_add(struct c_text *t, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    buffer_add_arguments(&t->text, format, arguments);
    va_end(arguments);
}

static void add_line(struct c_text *t, const char *format, va_list arguments)
{
    c_text_add(t, "%*s", (int)(4 * t->depth), "");
    buffer_add_arguments(&t->text, format, arguments);
    buffer_add(&t->text, "\n", 1);
}

void c_text_line(struct c_text *t, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_line(t, format, arguments);
    va_end(arguments);
}

void c_text_open(struct c_text *t, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_line(t, format, arguments);
    va_end(arguments);
    t->depth++;
}

void c_text_close(struct c_text *t, const char *line)
{
    t->depth--;
    c_text_line(t, "%s", line);
}

void c_text_number(struct c_text *t, double value)
{
    char number[NUMBER_MAX];
    if (isinf(value)) {
        c_text_add(t, "%sINFINITY", value < 0 ? "-" : "");
        return;
    }
    size_t n = number_write(number, value);
    buffer_add(&t->text, number, n);
    if (memchr(number, '.', n) == NULL && memchr(number, 'e', n) == NULL)
        buffer_add(&t->text, ".0", 2);
}

void c_text_string(struct c_text *t, struct slice bytes)
{
    buffer_add(&t->text, "\"", 1);
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        if (c < ' ' || c > '~')
            c_text_add(t, "\\%03o", c);
        else if (c == '"' || c == '\\' || c == '?') /* two question marks can begin a trigraph */
            c_text_add(t, "\\%c", c);
        else
            buffer_add(&t->text, &bytes.p[i], 1);
    }
    buffer_add(&t->text, "\"", 1);
}

/* Whether a UTF-8 character begins that is general punctuation (U+2000 to U+207F), which includes the marks that
 * turn the direction of writing. */
static bool is_punctuation(const char *p)
{
    return p[0] == '\xe2' && (p[1] == '\x80' || p[1] == '\x81');
}

void c_text_comment(struct c_text *t, struct slice words)
{
    for (size_t i = 0; i < words.n;) {
        const char *p = words.p + i;
        unsigned char c = (unsigned char)*p;
        size_t length = utf8_length((struct slice){p, words.n - i});
        if (length > 0 && c > '~' && !is_punctuation(p)) {
            buffer_add(&t->text, p, length);
            i += length;
            continue;
        }
        i++;
        if (c < ' ' || c > '~')
            c_text_add(t, "\\x%02x", c);
        else if (c == '\\' || c == '?')
            c_text_add(t, "\\%c", c);
        else if (c == '/' && t->text.n > 0 && t->text.p[t->text.n - 1] == '*')
            buffer_add(&t->text, "\\/", 2);
        else if (c == '*' && t->text.n > 0 && t->text.p[t->text.n - 1] == '/')
            buffer_add(&t->text, "\\*", 2);
        else
            buffer_add(&t->text, p, 1);
    }
}

void c_text_numbers(struct c_text *t, const char *name, size_t n, const double *values)
{
    c_text_open(t, "static const double %s[%zu] = {", name, n);
    for (size_t i = 0; i < n; i++) {
        bool first = i % NUMBERS_A_LINE == 0, last = i % NUMBERS_A_LINE == NUMBERS_A_LINE - 1 || i + 1 == n;
        c_text_add(t, "%*s", first ? (int)(4 * t->depth) : 1, "");
        c_text_number(t, values[i]);
        c_text_add(t, last ? ",\n" : ",");
    }
    c_text_close(t, "};");
}

/* Defines a string that is too long for a literal, as a table of its own. */
static void add_long(struct c_text *t, const char *name, size_t i, struct slice string)
{
    c_text_open(t, "static const char %s_%zu[%zu] = {", name, i, string.n + 1);
    for (size_t k = 0; k < string.n; k++)
        c_text_line(t, "(char)%u,", (unsigned char)string.p[k]);
    c_text_close(t, "};");
}

void c_text_strings(struct c_text *t, const char *name, size_t n, struct slice (*string)(const void *context, size_t i),
                    const void *context)
{
    for (size_t i = 0; i < n; i++)
        if (string(context, i).n > LITERAL_MAX)
            add_long(t, name, i, string(context, i));
    c_text_open(t, "static const char *const %s[%zu] = {", name, n);
    for (size_t i = 0; i < n; i++) {
        struct slice s = string(context, i);
        c_text_add(t, "%*s", (int)(4 * t->depth), "");
        if (s.n > LITERAL_MAX)
            c_text_add(t, "%s_%zu", name, i);
        else
            c_text_string(t, s);
        buffer_add(&t->text, ",\n", 2);
    }
    c_text_close(t, "};");
}

void c_text_free(struct c_text *t)
{
    buffer_free(&t->text);
    t->depth = 0;
}
