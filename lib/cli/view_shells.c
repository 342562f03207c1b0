/* Completions for bash, zsh and fish. Columns are those of the first input file on the command line, which the command
 * itself finds and reads (--complete-columns WORD...); everything else comes from the option table. Names of columns
 * are never evaluated by the shell. */
#include "cli/views.h"

#include <ctype.h>
#include <string.h>

/* The command's name as part of an identifier. */
static void add_identifier(const char *name, struct buffer *out)
{
    for (; *name != '\0'; name++)
        buffer_add_char(out, isalnum((unsigned char)*name) ? *name : '_');
}

static bool is_list(const struct opt *o)
{
    return o->completes == OPT_COMPLETES_COLUMNS || (o->type == OPT_TEXT && o->choices_of != NULL);
}

static bool names_columns(const struct opt *o)
{
    return o->completes == OPT_COMPLETES_COLUMN || o->completes == OPT_COMPLETES_COLUMNS;
}

static void add_choice_names(struct buffer *out, const struct opt_choice *choices)
{
    for (size_t i = 0; choices[i].name != NULL; i++)
        buffer_add_format(out, "%s%s", i > 0 ? " " : "", choices[i].name);
}

/* ---- bash ---- */

static void bash_case(const struct opt *o, struct buffer *out)
{
    const struct opt_choice *choices = opt_choices(o);
    bool is_file = o->completes == OPT_COMPLETES_FILE || o->completes == OPT_COMPLETES_MODEL;
    buffer_add_text(out, "    ");
    if (o->letter != '\0')
        buffer_add_format(out, "-%c | ", o->letter);
    buffer_add_format(out, "--%s)", o->name);
    if (choices != NULL) {
        buffer_add_text(out, " words=(");
        add_choice_names(out, choices);
        buffer_add_text(out, ") ;;\n");
    } else if (names_columns(o)) {
        buffer_add_text(out,
                        " mapfile -t words < <(\"${COMP_WORDS[0]}\" --complete-columns \"${line[@]}\" 2>/dev/null)");
        if (o->word != NULL)
            buffer_add_format(out, "; words+=(%s)", o->word);
        buffer_add_text(out, " ;;\n");
    } else if (o->word != NULL) {
        buffer_add_format(out, " words=(%s) ;;\n", o->word);
    } else {
        buffer_add_text(out, is_file ? " files=1 ;;\n" : " return ;;\n");
    }
}

/* The command line in `line`, with what bash cuts at equals signs put together again and without quoting. */
static const char bash_begin[] =
    "()\n{\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD-1]} head= files= word quoted\n"
    "    local -a words=() line=()\n"
    "    for word in \"${COMP_WORDS[@]:1}\"; do\n"
    "        word=${word//[\\\\\\\"\\']/}\n"
    "        if (( ${#line[@]} )) && [[ $word == = || ${line[-1]} == --*= ]]; then\n"
    "            line[-1]+=$word\n"
    "        else\n"
    "            line+=(\"$word\")\n"
    "        fi\n"
    "    done\n"
    "    if [[ $cur == = ]]; then\n"
    "        cur=\n"
    "    elif [[ $option == = ]]; then\n"
    "        option=${COMP_WORDS[COMP_CWORD-2]}\n"
    "    fi\n"
    "    COMPREPLY=()\n"
    "    case $option in\n";

static const char bash_end[] =
    "    if [[ $files ]]; then\n"
    "        compopt -o filenames 2>/dev/null\n"
    "        mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
    "        return\n"
    "    fi\n"
    "    for word in \"${words[@]}\"; do\n"
    "        printf -v quoted %q \"$word\"\n"
    "        [[ $word == \"$cur\"* || $quoted == \"$cur\"* ]] && COMPREPLY+=(\"$head$quoted\")\n"
    "    done\n"
    "}\n"
    "complete -F _likely_";

static void bash_lists(const struct command *c, struct buffer *out)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_options; i++) {
        const struct opt *o = &c->options[i];
        if (!is_list(o))
            continue;
        buffer_add_text(out, n++ == 0 ? "    case $option in\n    " : " | ");
        if (o->letter != '\0')
            buffer_add_format(out, "-%c | ", o->letter);
        buffer_add_format(out, "--%s", o->name);
    }
    if (n > 0)
        buffer_add_text(out, ")\n        compopt -o nospace 2>/dev/null\n"
                             "        [[ $cur == *,* ]] && head=${cur%,*}, cur=${cur##*,} ;;\n    esac\n");
}

void view_bash(const struct command *c, struct buffer *out)
{
    buffer_add_format(out, "# Completion of %s for bash, made from its option table; do not edit.\n_likely_", c->name);
    add_identifier(c->name, out);
    buffer_add_text(out, bash_begin);
    for (size_t i = 0; i < c->n_options; i++)
        if (c->options[i].type != OPT_FLAG)
            bash_case(&c->options[i], out);
    buffer_add_text(
        out, "    *)\n        if [[ $cur != -* ]]; then\n            files=1\n        else\n            words=(");
    for (size_t i = 0; i < c->n_options; i++) {
        if (c->options[i].letter != '\0')
            buffer_add_format(out, "-%c ", c->options[i].letter);
        buffer_add_format(out, "--%s%s", c->options[i].name, i + 1 < c->n_options ? " " : "");
    }
    buffer_add_text(out, ")\n        fi ;;\n    esac\n");
    bash_lists(c, out);
    buffer_add_text(out, bash_end);
    add_identifier(c->name, out);
    buffer_add_format(out, " %s\n", c->name);
}

/* ---- zsh ---- */

/* Help inside '[...]' of a single-quoted word. */
static void zsh_text(const char *text, struct buffer *out)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            buffer_add_text(out, "'\\''");
        else if (strchr("[]:\\\"$`", *text) != NULL)
            buffer_add_format(out, "\\%c", *text);
        else
            buffer_add_char(out, *text);
    }
}

static void zsh_action(const struct command *c, const struct opt *o, struct buffer *out)
{
    const struct opt_choice *choices = opt_choices(o);
    buffer_add_format(out, ":%s:", o->arg);
    if (choices != NULL && is_list(o)) {
        buffer_add_text(out, "_sequence compadd - ");
        add_choice_names(out, choices);
    } else if (choices != NULL) {
        buffer_add_text(out, "((");
        for (size_t i = 0; choices[i].name != NULL; i++) {
            buffer_add_format(out, "%s%s\\:\"", i > 0 ? " " : "", choices[i].name);
            zsh_text(choices[i].help != NULL ? choices[i].help : "", out);
            buffer_add_char(out, '"');
        }
        buffer_add_text(out, "))");
    } else if (names_columns(o)) {
        if (o->word != NULL)
            buffer_add_format(out, "{ compadd - %s; ", o->word);
        buffer_add_text(out, is_list(o) ? "_sequence _likely_" : "_likely_");
        add_identifier(c->name, out);
        buffer_add_text(out, o->word != NULL ? "_columns }" : "_columns");
    } else if (o->word != NULL) {
        buffer_add_format(out, "(%s)", o->word);
    } else if (o->completes == OPT_COMPLETES_FILE || o->completes == OPT_COMPLETES_MODEL) {
        buffer_add_text(out, "_files");
    }
}

void view_zsh(const struct command *c, struct buffer *out)
{
    buffer_add_format(out,
                      "#compdef %s\n# Completion of %s for zsh, made from its option table; do not edit.\n\n_likely_",
                      c->name, c->name);
    add_identifier(c->name, out);
    buffer_add_text(out,
                    "_columns() {\n"
                    "    local -a names\n"
                    "    names=(${(f)\"$(${(Q)words[1]} --complete-columns \"${(@Q)words[2,-1]}\" 2>/dev/null)\"})\n"
                    "    compadd \"$@\" -a names\n"
                    "}\n\n_arguments -s -S \\\n");
    for (size_t i = 0; i < c->n_options; i++) {
        const struct opt *o = &c->options[i];
        const char *value = o->type == OPT_FLAG ? "" : "=";
        if (o->letter != '\0' && o->type == OPT_TEXTS)
            buffer_add_format(out, "    '*'{-%c+,--%s=}'[", o->letter, o->name);
        else if (o->letter != '\0')
            buffer_add_format(out, "    '(-%c --%s)'{-%c%s,--%s%s}'[", o->letter, o->name, o->letter,
                              o->type == OPT_FLAG ? "" : "+", o->name, value);
        else if (o->type == OPT_TEXTS)
            buffer_add_format(out, "    '*--%s=[", o->name);
        else
            buffer_add_format(out, "    '--%s%s[", o->name, value);
        zsh_text(o->help, out);
        buffer_add_char(out, ']');
        if (o->type != OPT_FLAG)
            zsh_action(c, o, out);
        buffer_add_text(out, "' \\\n");
    }
    buffer_add_text(out, "    '*:file:_files'\n");
}

/* ---- fish ---- */

static void fish_text(const char *text, struct buffer *out)
{
    buffer_add_char(out, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '\'' || *text == '\\')
            buffer_add_char(out, '\\');
        buffer_add_char(out, *text);
    }
    buffer_add_char(out, '\'');
}

/* A choice's help: a double-quoted word inside a single-quoted one. */
static void fish_choice(const struct opt_choice *choice, struct buffer *out)
{
    buffer_add_text(out, choice->name);
    if (choice->help == NULL)
        return;
    buffer_add_text(out, "\\t\"");
    for (const char *p = choice->help; *p != '\0'; p++) {
        if (*p == '\'')
            buffer_add_char(out, '\\');
        else if (strchr("\"$\\", *p) != NULL)
            buffer_add_text(out, *p == '\\' ? "\\\\\\" : "\\\\");
        buffer_add_char(out, *p);
    }
    buffer_add_char(out, '"');
}

static void fish_argument(const struct command *c, const struct opt *o, struct buffer *out)
{
    const struct opt_choice *choices = opt_choices(o);
    bool is_file = o->completes == OPT_COMPLETES_FILE || o->completes == OPT_COMPLETES_MODEL;
    buffer_add_text(out, is_file ? " -r -F" : " -x");
    if (choices == NULL && !names_columns(o)) {
        if (o->word != NULL)
            buffer_add_format(out, " -a %s", o->word);
        return;
    }
    buffer_add_text(out, " -a '");
    if (o->word != NULL)
        buffer_add_format(out, "%s ", o->word);
    buffer_add_text(out, is_list(o) ? "(__fish_append , " : choices != NULL ? "" : "(");
    if (choices != NULL && is_list(o)) {
        add_choice_names(out, choices);
    } else if (choices != NULL) {
        for (size_t i = 0; choices[i].name != NULL; i++) {
            buffer_add_text(out, i > 0 ? " " : "");
            fish_choice(&choices[i], out);
        }
    } else {
        buffer_add_text(out, is_list(o) ? "(__likely_" : "__likely_");
        add_identifier(c->name, out);
        buffer_add_text(out, is_list(o) ? "_columns)" : "_columns");
    }
    buffer_add_text(out, is_list(o) || names_columns(o) ? ")'" : "'");
}

void view_fish(const struct command *c, struct buffer *out)
{
    buffer_add_format(
        out, "# Completion of %s for fish, made from its option table; do not edit.\n\nfunction __likely_", c->name);
    add_identifier(c->name, out);
    buffer_add_text(out, "_columns\n"
                         "    set -l words (commandline -op)\n"
                         "    $words[1] --complete-columns $words[2..] 2>/dev/null\n"
                         "end\n\n");
    for (size_t i = 0; i < c->n_options; i++) {
        const struct opt *o = &c->options[i];
        buffer_add_format(out, "complete -c %s", c->name);
        if (o->letter != '\0')
            buffer_add_format(out, " -s %c", o->letter);
        buffer_add_format(out, " -l %s", o->name);
        if (o->type != OPT_FLAG)
            fish_argument(c, o, out);
        buffer_add_text(out, " -d ");
        fish_text(o->help, out);
        buffer_add_char(out, '\n');
    }
}
