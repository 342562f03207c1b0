/* A field of CSV on its way out. Most need no quotes and are copied while they are looked at; libcsv quotes the
 * others. */

#include "text/field.h"

#include <csv.h>
#include <stdbool.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

size_t field_write(char *out, struct slice text, char delimiter)
{
    bool is_quoted = text.n > 0 && (is_blank(text.p[0]) || is_blank(text.p[text.n - 1]));
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        is_quoted |= c == delimiter || c == '"' || c == '\n' || c == '\r';
        out[i] = c;
    }
    return is_quoted ? csv_write(out, field_room(text.n), text.p, text.n) : text.n;
}
