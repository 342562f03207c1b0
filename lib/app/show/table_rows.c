/* The rows of a table as CSV, TSV, JSON or aligned text. Blocks of rows become text on all threads (rows_map), and are
 * written in order (rows_reduce), so that memory is constant.
 *
 * The text of a value is passed on. What is changed: missing values become empty cells, or null in JSON; quotes are set
 * where CSV needs them, and nowhere else; a number that JSON cannot spell, such as 007, is written anew there. A table
 * without header is written without. */

#include "app/show/table_show_work.h"

#include "app/show/table_aligned.h"
#include "base/mem.h"
#include "cli/out.h"
#include "cli/sink.h"
#include "data/keys/dict.h"
#include "text/field.h"
#include "text/json.h"
#include "text/number.h"

#include <stdlib.h>

struct table_rows {
    const struct table_show *show;
    struct sink *sink;
    int to; /* enum out_format */
    char delimiter;
    bool is_alike;                 /* clean records of the input are those of the output */
    struct buffer *member;         /* JSON, for each column: the text before its value */
    struct table_aligned *aligned; /* OUT_TABLE only */
    bool has_begun;
};

/* One thread's. */
struct rows_part {
    struct buffer text;
};

/* A record that is as long as its values and the delimiters between them has no quotes, no blanks around its values and
 * no words for missing ones: its text is passed on. */
static void add_separated(const struct table_rows *w, struct buffer *text, const struct block *b, size_t row)
{
    size_t n = w->show->n, length = 0;
    for (size_t i = 0; i < n; i++)
        length += b->texts[i][row].n;
    char *begin = buffer_room(text, 2 * length + 3 * n + 2), *end = begin;
    struct slice record = block_row_text(b, row);
    if (w->is_alike && record.n == length + n - 1) {
        memcpy(begin, record.p, record.n);
        begin[record.n] = '\n';
        text->n += record.n + 1;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        end += field_write(end, b->texts[i][row], w->delimiter);
        *end++ = w->delimiter;
    }
    if (n == 1 && end == begin + 1) { /* an empty line would be no record */
        memcpy(begin, "\"\"", 2);
        end = begin + 3;
    }
    end[-1] = '\n';
    text->n += (size_t)(end - begin);
}

/* Whether the text is a number as JSON spells it: -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)? */
static bool is_json_number(struct slice text)
{
    const char *p = text.p, *end = text.p + text.n;
    p += p < end && *p == '-';
    const char *whole = p;
    while (p < end && *p >= '0' && *p <= '9')
        p++;
    if (p == whole || (*whole == '0' && p > whole + 1))
        return false;
    if (p < end && *p == '.') {
        const char *fraction = ++p;
        while (p < end && *p >= '0' && *p <= '9')
            p++;
        if (p == fraction)
            return false;
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        p += 1 + (p + 1 < end && (p[1] == '-' || p[1] == '+'));
        const char *exponent = p;
        while (p < end && *p >= '0' && *p <= '9')
            p++;
        if (p == exponent)
            return false;
    }
    return p == end;
}

static void add_json_value(struct buffer *text, struct slice field, enum column_kind kind)
{
    double value;
    if (field.p == NULL)
        buffer_add_text(text, "null");
    else if (kind == COLUMN_TEXT || !number_parse(field, &value))
        json_add_text(text, field);
    else if (is_json_number(field))
        buffer_add(text, field.p, field.n);
    else
        json_add_number(text, value, (struct json_numbers){0});
}

/* A row as an object behind another one; before the first row of the table stands a bracket instead of the comma. */
static void add_object(const struct table_rows *w, struct buffer *text, const struct block *b, size_t row)
{
    buffer_add_text(text, ",\n {");
    for (size_t i = 0; i < w->show->n; i++) {
        buffer_add(text, w->member[i].p, w->member[i].n);
        add_json_value(text, b->texts[i][row], table_kind(w->show->table, w->show->columns[i]));
    }
    buffer_add_char(text, '}');
}

static enum status rows_map(void *context, void *state, struct block *b, struct err *err)
{
    const struct table_rows *w = context;
    struct buffer *text = &((struct rows_part *)state)->text;
    (void)err;
    text->n = 0;
    for (size_t row = 0; row < b->rows && w->to != OUT_TABLE; row++)
        if (w->to == OUT_JSON)
            add_object(w, text, b, row);
        else
            add_separated(w, text, b, row);
    return STATUS_OK;
}

/* The header of CSV and TSV, if the table has one. */
static void write_header(const struct table_rows *w)
{
    struct buffer text = {0};
    const struct table_show *show = w->show;
    for (size_t i = 0; i < show->n; i++) {
        if (i > 0)
            buffer_add_char(&text, w->delimiter);
        buffer_add_field(&text, slice_of(table_name(show->table, show->columns[i])), w->delimiter);
    }
    buffer_add_char(&text, '\n');
    sink_write(w->sink, text.p, text.n);
    buffer_free(&text);
}

static void align_rows(const struct table_rows *w, const struct block *b)
{
    for (size_t row = 0; row < b->rows; row++)
        for (size_t i = 0; i < w->show->n; i++)
            table_aligned_add(w->aligned, b->texts[i][row]);
}

/* Before the first rows, or where there are none. */
static void rows_begin(struct table_rows *w, struct buffer *text)
{
    if (w->has_begun)
        return;
    w->has_begun = true;
    if (w->to == OUT_JSON && text->n > 0)
        text->p[0] = '[';
    else if (w->to == OUT_JSON)
        sink_text(w->sink, "[");
    else if (w->to != OUT_TABLE && table_has_header(w->show->table))
        write_header(w);
}

static enum status rows_reduce(void *context, void *state, struct block *b, struct err *err)
{
    struct table_rows *w = context;
    struct buffer *text = &((struct rows_part *)state)->text;
    rows_begin(w, text);
    if (w->to == OUT_TABLE)
        align_rows(w, b);
    sink_write(w->sink, text->p, text->n);
    return sink_flush(w->sink, err);
}

static void rows_end(struct table_rows *w)
{
    bool is_empty = !w->has_begun;
    rows_begin(w, &(struct buffer){0});
    if (w->to == OUT_JSON)
        sink_text(w->sink, is_empty ? "]\n" : "\n]\n");
    if (w->to == OUT_TABLE)
        table_aligned_finish(w->aligned);
}

static void part_release(void *state)
{
    buffer_free(&((struct rows_part *)state)->text);
}

/* The names of the columns as members of an object. Names that occur again are followed by @ and the position of their
 * column, as no reader of JSON keeps two members of one name. */
static void name_members(struct table_rows *w)
{
    const struct table_show *show = w->show;
    struct dict *names = dict_new();
    char echo[ERR_ECHO];
    w->member = mem_zero(show->n, sizeof *w->member);
    for (size_t i = 0; i < show->n; i++) {
        const char *name = table_name(show->table, show->columns[i]);
        bool is_new = dict_count(names) == dict_add(names, slice_of(name));
        char *unique = is_new ? mem_copy_text(name) : mem_format("%s@%zu", name, show->columns[i] + 1);
        if (!is_new)
            notice(show->run, "two columns are named '%s'; the second one is '%s@%zu' in JSON",
                   err_echo(echo, slice_of(name)), echo, show->columns[i] + 1);
        buffer_add_text(&w->member[i], i > 0 ? ", " : "");
        json_add_text(&w->member[i], slice_of(unique));
        buffer_add_text(&w->member[i], ": ");
        free(unique);
    }
    dict_free(names);
}

static void align_columns(struct table_rows *w)
{
    const struct table_show *show = w->show;
    const char **names = mem_alloc(show->n, sizeof *names);
    bool *right = mem_alloc(show->n, sizeof *right);
    for (size_t i = 0; i < show->n; i++) {
        names[i] = table_name(show->table, show->columns[i]);
        right[i] = table_kind(show->table, show->columns[i]) == COLUMN_NUMBER;
    }
    w->aligned = table_aligned_new(w->sink, show->n, names, right);
    free(names);
    free(right);
}

/* Whether all columns are shown, in their order, of a table that is written as the output is. */
static bool is_alike(const struct table_rows *w)
{
    const struct table_show *show = w->show;
    const struct dialect *d = table_dialect(show->table);
    bool has_all = show->n == table_width(show->table);
    for (size_t i = 0; i < show->n; i++)
        has_all &= show->columns[i] == i;
    return has_all && dialect_is_plain(d) && d->delimiter == w->delimiter;
}

static void rows_prepare(struct table_rows *w)
{
    w->is_alike = is_alike(w);
    if (w->to == OUT_JSON)
        name_members(w);
    if (w->to == OUT_TABLE)
        align_columns(w);
}

static void rows_free(struct table_rows *w)
{
    for (size_t i = 0; w->member != NULL && i < w->show->n; i++)
        buffer_free(&w->member[i]);
    free(w->member);
    table_aligned_free(w->aligned);
}

enum status table_rows_write(const struct table_show *show, struct err *err)
{
    int to = show->settings->to;
    struct table_rows w = {.show = show, .to = to, .delimiter = to == OUT_TSV ? '\t' : ','};
    enum status status = sink_open(&w.sink, show->settings->path, err);
    if (status != STATUS_OK)
        return status;
    rows_prepare(&w);
    struct table_fold fold = {sizeof(struct rows_part), rows_map, rows_reduce, part_release};
    status = table_head_fold(show, &fold, &w, err);
    if (status == STATUS_OK) {
        rows_end(&w);
        status = sink_close(w.sink, err);
    } else {
        sink_abandon(w.sink);
    }
    rows_free(&w);
    return status;
}
