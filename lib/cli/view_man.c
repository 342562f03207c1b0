/* The manual page in mdoc: NAME, SYNOPSIS and the options from the option table, the rest from the prose of
 * man/NAME.in, in which the line @OPTIONS@ marks the place of the options. */
#include "cli/views.h"

#include <ctype.h>
#include <string.h>

enum { WIDTH = 78 };

/* One line of text as mdoc: a backslash is escaped, and so is a first character that would make the line a macro. */
static void add_line(struct buffer *out, struct slice text)
{
    if (text.n > 0 && (text.p[0] == '.' || text.p[0] == '\''))
        buffer_add_text(out, "\\&");
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\\')
            buffer_add_text(out, "\\e");
        else
            buffer_add_char(out, text.p[i]);
    }
    buffer_add_char(out, '\n');
}

/* Text in lines of at most WIDTH bytes, where its words allow that. */
static void add_text(struct buffer *out, struct slice text)
{
    while (text.n > 0) {
        size_t end = text.n;
        if (end > WIDTH) {
            for (end = WIDTH; end > 0 && text.p[end] != ' ';)
                end--;
            while (end == 0 || (end < text.n && text.p[end] != ' '))
                end++;
        }
        add_line(out, (struct slice){text.p, end});
        end += end < text.n;
        text = (struct slice){text.p + end, text.n - end};
    }
}

static void add_sentence(struct buffer *out, const char *words, const char *behind)
{
    struct buffer text = {0};
    buffer_add_format(&text, "%s%s", words, behind);
    text.p[0] = (char)toupper((unsigned char)text.p[0]);
    add_text(out, (struct slice){text.p, text.n});
    buffer_free(&text);
}

static void add_choices(struct buffer *out, const struct opt_choice *choices)
{
    buffer_add_text(out, ".Bl -tag -width Ds -compact\n");
    for (size_t i = 0; choices[i].name != NULL; i++) {
        buffer_add_format(out, ".It Cm %s\n", choices[i].name);
        if (choices[i].help != NULL)
            add_sentence(out, choices[i].help, "");
    }
    buffer_add_text(out, ".El\n");
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
    const struct opt_choice *choices = opt_choices(o);
    add_sentence(out, o->help, choices != NULL ? ":" : ".");
    if (choices != NULL)
        add_choices(out, choices);
    if (o->fallback != NULL) {
        buffer_add_text(out, "The default is\n.Ql ");
        add_line(out, slice_of(o->fallback));
        out->n--;
        bool stop =
            strchr(".,:;()[]?!", o->fallback[strlen(o->fallback) - 1]) != NULL; /* a mark that mdoc would set apart */
        buffer_add_format(out, "%s .\n", stop ? "\\&" : "");
    }
}

static void add_options(struct buffer *out, const struct command *c)
{
    buffer_add_text(
        out, ".Sh OPTIONS\n.Xr likely 7\ndescribes what all commands have in common, such as input formats and the\n"
             "names of columns.\n");
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
                         ".It Ev LIKELY_THREADS\nThe number of threads if\n.Fl j\nis not given.\n"
                         ".It Ev NO_COLOR\nIf this variable is set, progress on a terminal is shown without colour.\n");
    for (size_t i = 0; i < c->n_options; i++)
        if (strcmp(c->options[i].name, "memory") == 0)
            buffer_add_text(out, ".It Ev TMPDIR\nThe directory for temporary files.\nThe default is\n.Pa /var/tmp .\n");
    buffer_add_text(out, ".El\n");
}

/* The statuses of every command, and status 3 of a command whose prose has this section. */
static void add_exit_status(struct buffer *out, struct slice unconverged)
{
    buffer_add_text(out, ".Sh EXIT STATUS\n.Bl -tag -width Ds -compact\n.It 0\nSuccess.\n"
                         ".It 1\nThe data are invalid, or reading or writing failed.\n"
                         ".It 2\nInvalid usage.\n");
    if (unconverged.n > 0)
        buffer_add_format(out, ".It 3\n%.*s", (int)unconverged.n, unconverged.p);
    buffer_add_text(out, ".El\n");
}

/* Takes the next line, without its end, off the text. */
static struct slice take_line(struct slice *text)
{
    const char *lf = text->n > 0 ? memchr(text->p, '\n', text->n) : NULL;
    struct slice line = {text->p, lf != NULL ? (size_t)(lf - text->p) : text->n};
    size_t used = line.n + (lf != NULL);
    *text = (struct slice){text->p + used, text->n - used};
    return line;
}

static bool begins(struct slice line, const char *with)
{
    return line.n >= strlen(with) && memcmp(line.p, with, strlen(with)) == 0;
}

/* Takes what stands before the next section head off the text. */
static struct slice take_section(struct slice *text)
{
    struct slice section = {text->p, 0};
    while (text->n > 0 && !begins(*text, ".Sh "))
        take_line(text);
    section.n = (size_t)(text->p - section.p);
    return section;
}

static struct slice find_section(struct slice prose, const char *head)
{
    while (prose.n > 0)
        if (slice_equal(take_line(&prose), slice_of(head)))
            return take_section(&prose);
    return (struct slice){NULL, 0};
}

/* The least of comma-separated names that is greater than `after`, which may be empty; n = 0: there is none. */
static struct slice next_name(const char *names, struct slice after)
{
    struct slice least = {NULL, 0};
    while (*names != '\0') {
        struct slice name = {names, strcspn(names, ",")};
        if (slice_compare(name, after) > 0 && (least.p == NULL || slice_compare(name, least) < 0))
            least = name;
        names += name.n + (names[name.n] == ',');
    }
    return least;
}

/* In the order of the alphabet, as is the convention, and the page about all commands. */
static void add_see_also(struct buffer *out, const char *others)
{
    struct slice name = {"", 0};
    buffer_add_text(out, ".Sh SEE ALSO\n");
    while ((name = next_name(others, name)).n > 0)
        buffer_add_format(out, ".Xr %.*s 1 ,\n", (int)name.n, name.p);
    buffer_add_text(out, ".Xr likely 7\n");
}

/* "MODEL [FILE...]" */
static void add_operands(struct buffer *out, const char *operands)
{
    while (*operands != '\0') {
        size_t n = strcspn(operands, " ");
        bool optional = operands[0] == '[';
        size_t name = strcspn(operands + optional, ".] ");
        bool several = operands[optional + name] == '.';
        buffer_add_format(out, "%s %.*s%s\n", optional ? ".Op Ar" : ".Ar", (int)name, operands + optional,
                          several ? " ..." : "");
        operands += n + strspn(operands + n, " ");
    }
}

static void add_head(struct buffer *out, const struct command *c)
{
    buffer_add_text(out, ".Dt ");
    for (const char *p = c->name; *p != '\0'; p++)
        buffer_add_char(out, (char)toupper((unsigned char)*p));
    buffer_add_format(out, " 1\n.Os\n.Sh NAME\n.Nm %s\n.Nd %c", c->name, tolower((unsigned char)c->purpose[0]));
    add_line(out, slice_of(c->purpose + 1));
    buffer_add_text(out, ".Sh SYNOPSIS\n.Nm\n");
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
    add_operands(out, c->operands);
}

/* Lines of prose: @OPTIONS@ stands for the table, lines of a literal display are taken as they are, and EXIT STATUS
 * moves to its conventional place before the examples. */
void view_man(const struct command *c, struct slice prose, struct buffer *out)
{
    static const char status_head[] = ".Sh EXIT STATUS";
    struct slice unconverged = find_section(prose, status_head);
    bool literal = false, has_status = false;
    buffer_add_format(out, ".\\\" Made from man/%s.in and the option table of cmd/%s.c; do not edit.\n", c->name,
                      c->name);
    struct slice date = take_line(&prose);
    buffer_add_format(out, "%.*s\n", (int)date.n, date.p);
    add_head(out, c);
    while (prose.n > 0) {
        struct slice line = take_line(&prose);
        literal = literal && !slice_equal(line, slice_of(".Ed"));
        if (slice_equal(line, slice_of(status_head))) {
            take_section(&prose);
            continue;
        }
        if (slice_equal(line, slice_of(".Sh EXAMPLES"))) {
            add_exit_status(out, unconverged);
            has_status = true;
        }
        if (slice_equal(line, slice_of("@OPTIONS@")))
            add_options(out, c);
        else if (literal)
            add_line(out, begins(line, "\\&") ? (struct slice){line.p + 2, line.n - 2} : line);
        else
            buffer_add_format(out, "%.*s\n", (int)line.n, line.p);
        literal = literal || begins(line, ".Bd -literal");
    }
    if (!has_status)
        add_exit_status(out, unconverged);
    add_see_also(out, c->see_also);
}
