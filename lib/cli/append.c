/* New columns behind the rows of a table, or alone. A row is appended to the text of its block without looking at the
 * cells that are there, so that quoting and line ends stay byte for byte. Threads make the text of their blocks; the
 * thread that writes them in order writes the header before the first. */
#include "cli/append.h"

void append_begin(struct append *a)
{
    if (a->rows)
        a->delimiter = table_delimiter(a->table);
    a->header_is_due = !a->rows || table_has_header(a->table);
    if (a->rows) {
        struct slice row = table_header_text(a->table);
        buffer_add(&a->header, row.p, row.n);
    }
}

enum status append_column(struct append *a, const char *name, struct err *err)
{
    for (size_t c = 0; a->rows && c < table_width(a->table); c++) {
        if (strcmp(table_name(a->table, c), name) != 0)
            continue;
        char echo[ERR_ECHO];
        err_data(err, "the column '%s' exists already; %s would add another", err_echo(echo, slice_of(name)), a->what);
        return err_at(err, table_file(a->table), 0);
    }
    if (a->header.n > 0)
        buffer_add_char(&a->header, a->delimiter);
    buffer_add_field(&a->header, slice_of(name), a->delimiter);
    return STATUS_OK;
}

void append_start_row(const struct append *a, struct buffer *text, const struct block *block, size_t row, size_t *cells)
{
    *cells = 0;
    if (!a->rows)
        return;
    struct slice raw = block_row_text(block, row);
    buffer_add(text, raw.p, raw.n);
    *cells = 1;
}

void append_next_cell(const struct append *a, struct buffer *text, size_t *cells)
{
    if ((*cells)++ > 0)
        buffer_add_char(text, a->delimiter);
}

void append_end_row(const struct append *a, struct buffer *text, const struct block *block, size_t row)
{
    struct slice end = a->rows ? block_row_line_end(block, row) : slice_of("\n");
    buffer_add(text, end.p, end.n);
}

static void write_header(struct append *a)
{
    if (a->header_is_due) {
        sink_write(a->sink, a->header.p, a->header.n);
        struct slice end = a->rows ? table_line_end(a->table) : slice_of("\n");
        sink_write(a->sink, end.p, end.n);
    }
    a->header_is_due = false;
}

enum status append_write(struct append *a, const struct buffer *text, struct err *err)
{
    write_header(a);
    sink_write(a->sink, text->p, text->n);
    return sink_flush(a->sink, err);
}

void append_end(struct append *a)
{
    write_header(a);
}

void append_free(struct append *a)
{
    buffer_free(&a->header);
}
