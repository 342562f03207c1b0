/* The dialect of a table as options that state it: pasted into a command, they make it read the table alike without
 * detecting anything. */

#include "app/show/table_show_work.h"

#include "cli/sink.h"
#include "text/buffer.h"

static void add_option(struct buffer *line, const char *option, const char *value)
{
    if (line->n > 0)
        buffer_add_char(line, ' ');
    buffer_add_format(line, "--%s %s", option, value);
}

/* A character as the shell needs it. */
static void add_char_option(struct buffer *line, const char *option, char c)
{
    char quoted[4] = {'\'', c, '\'', '\0'};
    add_option(line, option, c == '\t' ? "tab" : c == '\'' ? "\"'\"" : quoted);
}

static void add_dialect(struct buffer *line, const struct table *table)
{
    const struct dialect *d = table_dialect(table);
    add_option(line, "input", input_formats[d->format].name);
    if (d->format == DIALECT_CSV)
        add_char_option(line, "delimiter", d->delimiter);
    add_option(line, "header", table_has_header(table) ? "yes" : "no");
}

enum status table_dialect_write(const struct table_show *show, struct err *err)
{
    struct sink *sink;
    struct buffer line = {0};
    enum status status = sink_open(&sink, show->settings->path, err);
    if (status != STATUS_OK)
        return status;
    add_dialect(&line, show->table);
    buffer_add_char(&line, '\n');
    sink_write(sink, line.p, line.n);
    buffer_free(&line);
    return sink_close(sink, err);
}
