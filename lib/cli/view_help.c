/* --help: usage, purpose, a line or more per option by group, and the example, wrapped to 80 columns. */
#include "cli/views.h"

#include <string.h>

enum { WIDTH = 80, HELP_COLUMN = 28 };

const char *const view_group_titles[OPT_GENERAL + 1] = {
    [OPT_MAIN] = "Options",      [OPT_MODEL_GROUP] = "Model",   [OPT_SOLVER] = "Solver",
    [OPT_INPUT_GROUP] = "Input", [OPT_OUTPUT_GROUP] = "Output", [OPT_GENERAL] = "General",
};

/* Help of a row with its choices and default: "format of the result: csv, tsv, json (default csv)"; a default that is
 * described stays at the end: "loss to minimise: l2, l1; default: l2 for numbers". */
static void describe(const struct opt *opt, struct buffer *out)
{
    const char *described = strstr(opt->help, "; default: ");
    buffer_add(out, opt->help, described != NULL ? (size_t)(described - opt->help) : strlen(opt->help));
    const struct opt_choice *choices = opt->type == OPT_CHOICE || opt->choices_of != NULL ? opt_choices(opt) : NULL;
    for (size_t i = 0; choices != NULL && choices[i].name != NULL; i++) {
        buffer_add_text(out, i == 0 ? ": " : ", ");
        buffer_add_text(out, choices[i].name);
    }
    if (described != NULL)
        buffer_add_text(out, described);
    if (opt->fallback != NULL)
        buffer_add_format(out, " (default %s)", opt->fallback);
}

/* Words of text in lines that begin at column `indent` and end before WIDTH; the cursor stands at `column`. */
static void wrap(struct buffer *out, struct slice text, size_t column, size_t indent)
{
    for (size_t i = 0; i < text.n;) {
        size_t end = i;
        while (end < text.n && text.p[end] != ' ')
            end++;
        size_t length = end - i;
        if (column > indent && column + 1 + length >= WIDTH) {
            buffer_add_format(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            buffer_add_char(out, ' ');
            column++;
        }
        buffer_add(out, text.p + i, length);
        column += length;
        i = end < text.n ? end + 1 : end;
    }
    buffer_add_char(out, '\n');
}

static void describe_row(const struct opt *opt, struct buffer *out)
{
    size_t begin = out->n;
    if (opt->letter != '\0')
        buffer_add_format(out, "  -%c, --%s", opt->letter, opt->name);
    else
        buffer_add_format(out, "      --%s", opt->name);
    if (opt->arg != NULL)
        buffer_add_format(out, " %s", opt->arg);
    size_t column = out->n - begin;
    if (column + 2 > HELP_COLUMN) {
        buffer_add_char(out, '\n');
        column = 0;
    }
    buffer_add_format(out, "%*s", (int)(HELP_COLUMN - column), "");
    struct buffer text = {0};
    describe(opt, &text);
    wrap(out, (struct slice){text.p, text.n}, HELP_COLUMN, HELP_COLUMN);
    buffer_free(&text);
}

static void synopsis(const struct command *c, struct buffer *out)
{
    buffer_add_format(out, "Usage: %s", c->name);
    for (size_t i = 0; i < c->n_options; i++) {
        const struct opt *o = &c->options[i];
        if (o->required && o->letter != '\0')
            buffer_add_format(out, " -%c %s", o->letter, o->arg);
        else if (o->required)
            buffer_add_format(out, " --%s %s", o->name, o->arg);
    }
    buffer_add_format(out, " [OPTION...] %s\n", c->operands);
}

static void describe_columns(const struct command *c, struct buffer *out)
{
    bool takes_columns = false;
    for (size_t i = 0; i < c->n_options; i++)
        takes_columns |= c->options[i].completes == OPT_COMPLETES_COLUMNS;
    if (takes_columns)
        buffer_add_text(out, "\nCOLUMNS are names, positions (3 or @3), ranges (2-5, age..sex) and patterns\n"
                             "(px*), with commas between them.\n");
}

void view_help(const struct command *c, struct buffer *out)
{
    synopsis(c, out);
    struct buffer purpose = {0};
    buffer_add_format(&purpose, "%s.", c->purpose);
    wrap(out, (struct slice){purpose.p, purpose.n}, 0, 0);
    buffer_free(&purpose);
    for (int group = OPT_MAIN; group <= OPT_GENERAL; group++) {
        bool titled = false;
        for (size_t i = 0; i < c->n_options; i++) {
            if ((int)c->options[i].group != group)
                continue;
            if (!titled)
                buffer_add_format(out, "\n%s:\n", view_group_titles[group]);
            titled = true;
            describe_row(&c->options[i], out);
        }
    }
    describe_columns(c, out);
    buffer_add_format(out, "\nExample:\n  %s\n", c->example);
}
