#include "cli/version.h"
#include "cli/views.h"

#include <ctype.h>
#include <string.h>

/* Text of mdoc: a backslash is escaped, and so is a first character that would make the line a macro. */
static void add_text(struct buffer *out, struct slice text)
{
    if (text.n > 0 && (text.p[0] == '.' || text.p[0] == '\''))
        buffer_add_text(out, "\\&");
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\\')
            buffer_add_text(out, "\\e");
        else
            buffer_add_char(out, text.p[i]);
    }
}

static void add_option(struct buffer *out, const struct opt *o)
{
    buffer_add_text(out, ".It");
    if (o->letter != '\0')
        buffer_add_format(out, " Fl %c ,", o->letter);
    buffer_add_format(out, " Fl \\-%s", o->name);
    if (o->arg != NULL)
        buffer_add_format(out, " Ar %s", o->arg);
    buffer_add_char(out, '\n');
    struct buffer text = {0};
    view_describe(o, &text);
    if (text.n > 0)
        text.p[0] = (char)toupper((unsigned char)text.p[0]);
    buffer_add_char(&text, '.');
    add_text(out, (struct slice){text.p, text.n});
    buffer_add_char(out, '\n');
    buffer_free(&text);
}

static void add_options(struct buffer *out, const struct command *c)
{
    buffer_add_text(out, ".Sh OPTIONS\n");
    for (int group = OPT_MAIN; group <= OPT_GENERAL; group++) {
        bool open = false;
        for (size_t i = 0; i < c->n_options; i++) {
            if ((int)c->options[i].group != group)
                continue;
            if (!open && group != OPT_MAIN)
                buffer_add_format(out, ".Ss %s\n", view_group_titles[group]);
            if (!open)
                buffer_add_text(out, ".Bl -tag -width Ds\n");
            open = true;
            add_option(out, &c->options[i]);
        }
        if (open)
            buffer_add_text(out, ".El\n");
    }
    buffer_add_text(out, ".Sh ENVIRONMENT\n.Bl -tag -width LIKELY_THREADS\n"
                         ".It Ev LIKELY_THREADS\nHow many threads to use where\n.Fl j\nis not given.\n"
                         ".It Ev NO_COLOR\nWhere it is set, progress on a terminal has no colour.\n.El\n"
                         ".Sh EXIT STATUS\n.Bl -tag -width Ds -compact\n.It 0\nDone.\n"
                         ".It 1\nThe data are bad, or something could not be read or written.\n"
                         ".It 2\nThe command line makes no sense.\n"
                         ".It 3\nA result was written, but the optimiser did not reach its tolerance or the classes are separable.\n"
                         ".El\n");
}

static void add_see_also(struct buffer *out, const char *others)
{
    buffer_add_text(out, ".Sh SEE ALSO\n");
    while (*others != '\0') {
        size_t n = strcspn(others, ",");
        bool last = others[n] == '\0';
        buffer_add_format(out, ".Xr %.*s 1%s\n", (int)n, others, last ? "" : " ,");
        others += last ? n : n + 1;
    }
}

static void add_head(struct buffer *out, const struct command *c)
{
    buffer_add_text(out, ".Dt ");
    for (const char *p = c->name; *p != '\0'; p++)
        buffer_add_char(out, (char)toupper((unsigned char)*p));
    buffer_add_format(out, " 1\n.Os likely %s\n.Sh NAME\n.Nm %s\n.Nd ", LIKELY_VERSION, c->name);
    buffer_add_char(out, (char)tolower((unsigned char)c->purpose[0]));
    add_text(out, slice_of(c->purpose + 1));
    buffer_add_text(out, "\n.Sh SYNOPSIS\n.Nm\n");
    for (size_t i = 0; i < c->n_options; i++) {
        const struct opt *o = &c->options[i];
        if (!o->required)
            continue;
        if (o->letter != '\0')
            buffer_add_format(out, ".Fl %c Ar %s\n", o->letter, o->arg);
        else
            buffer_add_format(out, ".Fl \\-%s Ar %s\n", o->name, o->arg);
    }
    buffer_add_text(out, ".Op Ar OPTION ...\n");
    if (c->operands[0] != '\0')
        buffer_add_format(out, ".Op Ar %s\n", strstr(c->operands, "...") != NULL ? "FILE ..." : "FILE");
}

void view_man(const struct command *c, struct slice prose, struct buffer *out)
{
    buffer_add_format(out, ".\\\" Made from man/%s.in and the option table of cmd/%s.c; do not edit.\n", c->name, c->name);
    bool headed = false;
    for (size_t i = 0; i < prose.n;) {
        const char *lf = memchr(prose.p + i, '\n', prose.n - i);
        size_t end = lf != NULL ? (size_t)(lf - prose.p) : prose.n;
        struct slice line = {prose.p + i, end - i};
        if (slice_equal(line, slice_of("@OPTIONS@"))) {
            add_options(out, c);
        } else {
            buffer_add(out, line.p, line.n);
            buffer_add_char(out, '\n');
        }
        if (!headed)
            add_head(out, c); /* behind the first line, which is the date */
        headed = true;
        i = end + 1;
    }
    add_see_also(out, c->see_also);
}
