/* JSON out: the one writer of texts, numbers and arrays for the results of commands (cli/out) and for models
 * (app/show/model_view). It writes values only; the objects around them are the caller's.
 *
 * Numbers are the shortest decimals that read back to the same double. Missing values are null; infinities are the
 * texts "inf" and "-inf", because a reader that takes null for them would lose their sign. */

#include "text/json.h"

#include "base/utf8.h"

#include <math.h>

void json_add_text(struct buffer *b, struct slice text)
{
    buffer_add_char(b, '"');
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '"' || c == '\\') {
            buffer_add_char(b, '\\');
            buffer_add_char(b, (char)c);
        } else if (c < 0x20) {
            buffer_add_format(b, "\\u%04x", c);
        } else if (c < 0x80) {
            buffer_add_char(b, (char)c);
        } else {
            size_t n = utf8_length((struct slice){text.p + i, text.n - i});
            buffer_add(b, n > 0 ? text.p + i : "\xef\xbf\xbd", n > 0 ? n : 3);
            i += n > 0 ? n - 1 : 0;
        }
    }
    buffer_add_char(b, '"');
}

void json_add_number(struct buffer *b, double value, struct json_numbers how)
{
    if (isnan(value))
        buffer_add_text(b, "null");
    else if (isinf(value))
        buffer_add_text(b, value > 0 ? "\"inf\"" : "\"-inf\"");
    else if (how.totals)
        buffer_add_total(b, value, how.digits);
    else
        buffer_add_number(b, value, how.digits);
}

void json_add_texts(struct buffer *b, size_t n, const char *const *texts)
{
    buffer_add_char(b, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_add_text(b, ", ");
        json_add_text(b, slice_of(texts[i]));
    }
    buffer_add_char(b, ']');
}

/* Returns the first value that it did not write. */
static const double *add_level(struct buffer *b, size_t dimensions, const size_t *shape, const double *values,
                               struct json_numbers how)
{
    buffer_add_char(b, '[');
    for (size_t i = 0; i < shape[0]; i++) {
        if (i > 0)
            buffer_add_text(b, ", ");
        if (dimensions > 1)
            values = add_level(b, dimensions - 1, shape + 1, values, how);
        else
            json_add_number(b, *values++, how);
    }
    buffer_add_char(b, ']');
    return values;
}

void json_add_array(struct buffer *b, size_t dimensions, const size_t *shape, const double *values,
                    struct json_numbers how)
{
    add_level(b, dimensions, shape, values, how);
}
