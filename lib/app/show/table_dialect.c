/* The dialect of a table as options that state it: pasted into a command, they make it read the table alike without
 * detecting anything. What no option states is a comment behind them. */

#include "app/show/table_show_work.h"

#include "cli/sink.h"
#include "text/shell_word.h"

#include <stdio.h>
#include <string.h>

struct dialect_text {
    const struct invocation *run;
    struct buffer options, comments;
};

static bool has_option(const struct invocation *run, const char *name)
{
    for (size_t i = 0; i < run->n_options; i++)
        if (strcmp(run->options[i].name, name) == 0)
            return true;
    return false;
}

/* --OPTION VALUE, or the option as a comment if the commands lack it. */
static void add_option(struct dialect_text *t, const char *option, const char *value)
{
    struct buffer *b = has_option(t->run, option) ? &t->options : &t->comments;
    if (b->n > 0)
        buffer_add_char(b, ' ');
    buffer_add_format(b, "--%s ", option);
    shell_word_add(b, value);
}

static void add_char(struct dialect_text *t, const char *option, char c)
{
    char word[2] = {c, '\0'};
    add_option(t, option, c == '\t' ? "tab" : c == '\n' ? "none" : word);
}

static void add_count(struct dialect_text *t, const char *option, size_t n)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", n);
    if (n > 0)
        add_option(t, option, digits);
}

static void add_format(struct dialect_text *t, const struct dialect *d)
{
    static const char *const encodings[] = {[DIALECT_UTF8] = "utf-8",
                                            [DIALECT_UTF16LE] = "utf-16le",
                                            [DIALECT_UTF16BE] = "utf-16be",
                                            [DIALECT_LATIN1] = "latin1"};
    add_option(t, "input", input_formats[d->format].name);
    if (d->encoding != DIALECT_ENCODING_AUTO && d->encoding != DIALECT_UTF8)
        add_option(t, "encoding", encodings[d->encoding]);
    add_count(t, "skip-lines", d->skip_lines);
    add_count(t, "footer-lines", d->footer_lines);
    if (d->comments != NULL && d->comments[0] != '\0')
        add_option(t, "comment", d->comments);
}

static void add_fields(struct dialect_text *t, const struct dialect *d)
{
    if (d->format == DIALECT_CSV)
        add_char(t, "delimiter", d->delimiter);
    if (d->quote != '\0' && d->quote != '"')
        add_char(t, "quote", d->quote);
    if (d->escape == DIALECT_ESCAPE_BACKSLASH)
        add_option(t, "escape", "backslash");
    if (d->ragged > DIALECT_RAGGED_ERROR)
        add_option(t, "ragged", input_ragged[d->ragged].name);
}

static void add_header(struct dialect_text *t, const struct table *table)
{
    const struct dialect *d = table_dialect(table);
    add_option(t, "header", table_has_header(table) ? "yes" : "no");
    if (d->header_lines > 1)
        add_count(t, "header-lines", d->header_lines);
    if (d->names != NULL)
        add_option(t, "names", d->names);
}

static void add_values(struct dialect_text *t, const struct dialect *d)
{
    if (d->decimal == ',')
        add_char(t, "decimal", d->decimal);
    if (d->thousands != '\0' && d->thousands != DIALECT_NO_MARK)
        add_char(t, "thousands", d->thousands);
    if (d->na != NULL && strcmp(d->na, DIALECT_NA) != 0)
        add_option(t, "na", d->na);
    if (d->not_numbers == DIALECT_NOT_NUMBERS_MISSING)
        add_option(t, "not-numbers", "missing");
}

enum status table_dialect_write(const struct table_show *show, struct err *err)
{
    struct dialect_text t = {.run = show->run};
    struct sink *sink;
    enum status status = sink_open(&sink, show->settings->path, err);
    if (status != STATUS_OK)
        return status;
    add_format(&t, table_dialect(show->table));
    add_fields(&t, table_dialect(show->table));
    add_header(&t, show->table);
    add_values(&t, table_dialect(show->table));
    sink_write(sink, t.options.p, t.options.n);
    sink_text(sink, t.comments.n > 0 ? " # " : "");
    sink_write(sink, t.comments.p, t.comments.n);
    sink_text(sink, "\n");
    buffer_free(&t.options);
    buffer_free(&t.comments);
    return sink_close(sink, err);
}
