/* Tables of results. CSV and TSV are written cell by cell. JSON is an array of one object per row. The aligned table
 * (--to table) keeps all cells until the widths of the columns are known. Numbers have the fewest digits that read back
 * to the same number, unless --precision asks for fewer. */
#include "cli/out.h"

#include "base/mem.h"
#include "data/table/joint.h"
#include "text/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A cell of a table that waits until all widths are known. */
struct cell {
    size_t at, n; /* in the text */
    bool right;   /* aligned: a number */
};

struct out {
    struct sink *sink;
    int to;
    size_t digits;
    size_t n;     /* columns */
    size_t parts; /* of the group, the first of them */
    char **names;
    size_t column, rows;
    struct buffer text;
    struct cell *cell; /* OUT_TABLE only */
    size_t cells, cells_capacity;
};

static char delimiter(const struct out *o)
{
    return o->to == OUT_TSV ? '\t' : ',';
}

/* Control characters, which would break the lines of a table or do worse to a terminal, are escaped. */
static void add_visible(struct buffer *b, struct slice text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c < 0x20 || c == 0x7f)
            buffer_add_format(b, "\\x%02x", c);
        else
            buffer_add_char(b, text.p[i]);
    }
}

static void put_cell(struct out *o, struct slice text, bool right)
{
    if (o->to == OUT_TABLE) {
        o->cell = mem_grow(o->cell, &o->cells_capacity, o->cells + 1, sizeof *o->cell);
        size_t at = o->text.n;
        add_visible(&o->text, text);
        o->cell[o->cells++] = (struct cell){.at = at, .n = o->text.n - at, .right = right};
    } else if (o->n == 1 && text.n == 0) {
        buffer_add_text(&o->text, "\"\""); /* an empty line would be no record */
    } else {
        if (o->column > 0)
            buffer_add_char(&o->text, delimiter(o));
        buffer_add_field(&o->text, text, delimiter(o));
    }
    o->column++;
}

static void put_json_name(struct out *o)
{
    buffer_add_text(&o->text, o->column > 0 ? ", " : o->rows > 0 ? ",\n {" : "[\n {");
    json_add_text(&o->text, slice_of(o->names[o->column++]));
    buffer_add_text(&o->text, ": ");
}

static void header(struct out *o)
{
    if (o->to == OUT_JSON)
        return;
    for (size_t i = 0; i < o->n; i++)
        put_cell(o, slice_of(o->names[i]), false);
    out_end_row(o);
    o->rows = 0;
}

static size_t count_parts(const char *name)
{
    size_t parts = 1;
    for (; *name != '\0'; name++)
        parts += *name == JOINT_SEPARATOR;
    return parts;
}

/* Takes the part of a group before the first separator from it. */
static struct slice next_part(struct slice *group)
{
    struct slice part = *group;
    const char *end = group->n > 0 ? memchr(group->p, JOINT_SEPARATOR, group->n) : NULL;
    if (end != NULL)
        part.n = (size_t)(end - part.p);
    group->p += part.n + (end != NULL);
    group->n -= part.n + (end != NULL);
    return part;
}

void out_begin(struct out **out, struct sink *sink, int to, size_t digits, size_t n, const char *const *names)
{
    struct out *o = mem_zero(1, sizeof *o);
    o->sink = sink;
    o->to = to;
    o->digits = digits;
    o->parts = count_parts(n > 0 ? names[0] : "");
    o->n = n + o->parts - 1;
    o->names = mem_alloc(o->n, sizeof *o->names);
    struct slice group = slice_of(n > 0 ? names[0] : "");
    for (size_t i = 0; i < o->n; i++) {
        struct slice part = i < o->parts ? next_part(&group) : slice_of(names[i - o->parts + 1]);
        o->names[i] = mem_copy(part.p, part.n);
    }
    header(o);
    *out = o;
}

enum status out_open(struct out **out, const struct output_settings *settings, size_t n, const char *const *names,
                     struct err *err)
{
    struct sink *sink;
    enum status status = sink_open(&sink, settings->path, err);
    if (status == STATUS_OK)
        out_begin(out, sink, settings->to, settings->digits, n, names);
    return status;
}

static void put_number(struct out *o, double value, bool total)
{
    if (o->to == OUT_JSON) {
        put_json_name(o);
        json_add_number(&o->text, value, (struct json_numbers){o->digits, total});
        return;
    }
    struct buffer number = {0};
    if (!isnan(value) && total)
        buffer_add_total(&number, value, o->digits);
    else if (!isnan(value))
        buffer_add_number(&number, value, o->digits);
    put_cell(o, (struct slice){number.p, number.n}, true);
    buffer_free(&number);
}

void out_number(struct out *o, double value)
{
    put_number(o, value, false);
}

void out_total(struct out *o, double value)
{
    put_number(o, value, true);
}

void out_count(struct out *o, size_t value)
{
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%zu", value);
    if (o->to != OUT_JSON) {
        put_cell(o, (struct slice){digits, (size_t)n}, true);
        return;
    }
    put_json_name(o);
    buffer_add(&o->text, digits, (size_t)n);
}

void out_text(struct out *o, struct slice text)
{
    if (o->to != OUT_JSON) {
        put_cell(o, text, false);
        return;
    }
    put_json_name(o);
    if (text.p != NULL)
        json_add_text(&o->text, text);
    else
        buffer_add_text(&o->text, "null");
}

void out_group(struct out *o, struct slice group)
{
    if (o->parts == 1)
        out_text(o, group);
    for (size_t i = 0; i < o->parts && o->parts > 1; i++)
        out_text(o, next_part(&group));
}

void out_word(struct out *o, const char *text)
{
    out_text(o, slice_of(text));
}

void out_end_row(struct out *o)
{
    o->column = 0;
    o->rows++;
    if (o->to == OUT_TABLE)
        return;
    buffer_add_text(&o->text, o->to == OUT_JSON ? "}" : "\n");
    sink_write(o->sink, o->text.p, o->text.n);
    o->text.n = 0;
}

/* Characters, not bytes: continuation bytes of UTF-8 take no room. */
static size_t width_of(const char *p, size_t n)
{
    size_t width = 0;
    for (size_t i = 0; i < n; i++)
        width += ((unsigned char)p[i] & 0xc0) != 0x80;
    return width;
}

static void write_table(struct out *o)
{
    size_t *width = mem_zero(o->n, sizeof *width);
    bool *right = mem_zero(o->n, sizeof *right);
    for (size_t i = 0; i < o->cells; i++) {
        size_t w = width_of(o->text.p + o->cell[i].at, o->cell[i].n), column = i % o->n;
        width[column] = w > width[column] ? w : width[column];
        right[column] |= o->cell[i].right;
    }
    struct buffer line = {0};
    for (size_t i = 0; i < o->cells; i++) {
        const char *text = o->text.p + o->cell[i].at;
        size_t column = i % o->n, n = o->cell[i].n, pad = width[column] - width_of(text, n);
        for (size_t k = 0; k < pad && right[column]; k++)
            buffer_add_char(&line, ' ');
        buffer_add(&line, text, n);
        for (size_t k = 0; k < pad && !right[column] && column + 1 < o->n; k++)
            buffer_add_char(&line, ' ');
        buffer_add_text(&line, column + 1 < o->n ? "  " : "\n");
    }
    sink_write(o->sink, line.p, line.n);
    buffer_free(&line);
    free(width);
    free(right);
}

static void release(struct out *o)
{
    for (size_t i = 0; i < o->n; i++)
        free(o->names[i]);
    free(o->names);
    free(o->cell);
    buffer_free(&o->text);
    free(o);
}

void out_finish(struct out *o)
{
    if (o->to == OUT_TABLE)
        write_table(o);
    if (o->to == OUT_JSON)
        sink_text(o->sink, o->rows > 0 ? "\n]\n" : "[]\n");
    release(o);
}

enum status out_close(struct out *o, struct err *err)
{
    struct sink *sink = o->sink;
    out_finish(o);
    return sink_close(sink, err);
}

void out_abandon(struct out *o)
{
    if (o == NULL)
        return;
    sink_abandon(o->sink);
    release(o);
}
