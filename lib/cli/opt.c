#include "cli/opt.h"

#include "base/mem.h"
#include "base/nearest.h"
#include "base/slice.h"
#include "text/number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_NAME = 63 };

const struct opt_choice *opt_choices(const struct opt *opt)
{
    return opt->choices_of != NULL ? opt->choices_of() : opt->choices;
}

const struct opt_choice *opt_choices_make(const struct opt_choice **made, struct opt_choice (*at)(size_t index))
{
    if (*made != NULL)
        return *made;
    size_t n = 0;
    while (at(n).name != NULL)
        n++;
    struct opt_choice *choices = mem_alloc(n + 1, sizeof *choices);
    for (size_t i = 0; i <= n; i++)
        choices[i] = at(i);
    return *made = choices;
}

/* ---- values ---- */

/* Whether a number lies in the row's range; echo is the number as it was typed. */
static enum status check_range(const struct opt *opt, double value, const char *echo, struct err *err)
{
    char limit[NUMBER_MAX + 1];
    if (value < opt->min) {
        limit[number_write(limit, opt->min)] = '\0';
        return err_usage(err, "--%s: %s is below %s", opt->name, echo, limit);
    }
    if (value > opt->max) {
        limit[number_write(limit, opt->max)] = '\0';
        return err_usage(err, "--%s: %s is above %s", opt->name, echo, limit);
    }
    return STATUS_OK;
}

static enum status set_number(const struct opt *opt, const char *text, void *field, struct err *err)
{
    double value;
    char echo[ERR_ECHO];
    err_echo(echo, slice_of(text));
    if (!number_parse(slice_of(text), &value))
        return err_usage(err, "--%s: '%s' is not a number", opt->name, echo);
    enum status status = check_range(opt, value, echo, err);
    if (status != STATUS_OK)
        return status;
    if (opt->type == OPT_REAL)
        *(double *)field = value;
    else if (value == (double)(size_t)value)
        *(size_t *)field = (size_t)value;
    else
        return err_usage(err, "--%s: '%s' is not a whole number", opt->name, echo);
    return STATUS_OK;
}

/* "csv, tsv or json" */
static void list_choices(const struct opt_choice *choices, char *out, size_t capacity)
{
    size_t n = 0, at = 0;
    while (choices[n].name != NULL)
        n++;
    for (size_t i = 0; i < n && at < capacity; i++) {
        const char *between = i == 0 ? "" : i + 1 == n ? " or " : ", ";
        at += (size_t)snprintf(out + at, capacity - at, "%s%s", between, choices[i].name);
    }
}

static enum status set_choice(const struct opt *opt, const char *text, int *field, struct err *err)
{
    const struct opt_choice *choices = opt_choices(opt);
    for (int i = 0; choices[i].name != NULL; i++) {
        if (strcmp(choices[i].name, text) == 0) {
            *field = i;
            return STATUS_OK;
        }
    }
    char echo[ERR_ECHO], list[512] = "";
    list_choices(choices, list, sizeof list);
    return err_usage(err, "--%s: there is no '%s'; choose %s", opt->name, err_echo(echo, slice_of(text)), list);
}

static enum status set_size(const struct opt *opt, const char *text, size_t *field, struct err *err)
{
    static const char units[] = "KMGT";
    struct slice number = slice_of(text);
    const char *unit = number.n > 0 ? strchr(units, text[number.n - 1]) : NULL;
    double value, factor = 1;
    char echo[ERR_ECHO];
    for (const char *u = units; unit != NULL && u <= unit; u++)
        factor *= 1024;
    number.n -= unit != NULL;
    if (!number_parse(number, &value) || !(value * factor >= 1 && value * factor < 0x1p62))
        return err_usage(err, "--%s: '%s' is not a size such as 500M or 4G", opt->name, err_echo(echo, slice_of(text)));
    *field = (size_t)(value * factor);
    return STATUS_OK;
}

static enum status set_char(const struct opt *opt, const char *text, char *field, struct err *err)
{
    bool tab = strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0;
    char echo[ERR_ECHO];
    if (!tab && strlen(text) != 1)
        return err_usage(err, "--%s: '%s' is not a single character", opt->name, err_echo(echo, slice_of(text)));
    if (!tab && strchr("\"\n\r", text[0]) != NULL)
        return err_usage(err, "--%s: quotes and line ends separate no fields", opt->name);
    *field = tab ? '\t' : text[0];
    return STATUS_OK;
}

static enum status add_text(const struct opt *opt, const char *text, struct opt_texts *field, struct err *err)
{
    if (field->n == OPT_TEXTS_MAX)
        return err_usage(err, "--%s: it may be given %d times at most", opt->name, OPT_TEXTS_MAX);
    field->text[field->n++] = text;
    return STATUS_OK;
}

static enum status set_value(const struct opt *opt, const char *text, void *settings, struct err *err)
{
    void *field = (char *)settings + opt->offset;
    switch (opt->type) {
    case OPT_FLAG:
        *(bool *)field = true;
        return STATUS_OK;
    case OPT_REAL:
    case OPT_COUNT:
        return set_number(opt, text, field, err);
    case OPT_TEXT:
        *(const char **)field = text;
        return STATUS_OK;
    case OPT_TEXTS:
        return add_text(opt, text, field, err);
    case OPT_CHOICE:
        return set_choice(opt, text, field, err);
    case OPT_SIZE:
        return set_size(opt, text, field, err);
    case OPT_CHAR:
        return set_char(opt, text, field, err);
    }
    return STATUS_OK;
}

/* ---- the command line ---- */

struct parse {
    const struct opt *table;
    size_t n;
    void *settings;
    bool *given;
    int argc, at; /* argv[at] is read next */
    const char *const *argv;
    struct err *err;
};

static enum status unknown_option(const struct parse *p, const char *word, const char *name)
{
    const char **names = mem_alloc(p->n, sizeof *names);
    for (size_t i = 0; i < p->n; i++)
        names[i] = p->table[i].name;
    const char *near = name != NULL ? nearest_word(names, p->n, name) : NULL;
    char echo[ERR_ECHO];
    err_echo(echo, (struct slice){word, name != NULL ? strlen(name) + 2 : strlen(word)});
    free(names);
    if (near != NULL)
        return err_usage(p->err, "unknown option '%s'; did you mean '--%s'?", echo, near);
    return err_usage(p->err, "unknown option '%s'", echo);
}

static enum status ambiguous_option(const struct parse *p, const char *name)
{
    const char *last = NULL;
    char list[512];
    size_t at = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (strncmp(p->table[i].name, name, strlen(name)) != 0)
            continue;
        if (last != NULL && at < sizeof list)
            at += (size_t)snprintf(list + at, sizeof list - at, "%s'--%s'", at > 0 ? ", " : "", last);
        last = p->table[i].name;
    }
    return err_usage(p->err, "option '--%s' is ambiguous: %s or '--%s'", name, list, last);
}

/* The option of that name, or the only one that begins so; NULL: none does. */
static enum status find_long(const struct parse *p, const char *name, const struct opt **found)
{
    size_t length = strlen(name), n = 0;
    *found = NULL;
    for (size_t i = 0; i < p->n; i++) {
        if (strncmp(p->table[i].name, name, length) != 0)
            continue;
        *found = &p->table[i];
        if (p->table[i].name[length] == '\0')
            return STATUS_OK;
        n++;
    }
    return n > 1 ? ambiguous_option(p, name) : STATUS_OK;
}

static enum status accept(struct parse *p, const struct opt *opt, const char *value)
{
    if (p->given != NULL)
        p->given[opt - p->table] = true;
    return set_value(opt, value, p->settings, p->err);
}

static enum status read_long(struct parse *p, const char *word)
{
    char name[LONGEST_NAME + 1];
    const char *equals = strchr(word, '=');
    size_t length = equals != NULL ? (size_t)(equals - word) : strlen(word);
    if (length - 2 > LONGEST_NAME || length == 2)
        return unknown_option(p, word, NULL);
    memcpy(name, word + 2, length - 2);
    name[length - 2] = '\0';
    const struct opt *opt;
    enum status status = find_long(p, name, &opt);
    if (status != STATUS_OK)
        return status;
    if (opt == NULL)
        return unknown_option(p, word, name);
    if (opt->type == OPT_FLAG && equals != NULL)
        return err_usage(p->err, "option '--%s' takes no argument", opt->name);
    if (opt->type == OPT_FLAG)
        return accept(p, opt, NULL);
    if (equals == NULL && p->at == p->argc)
        return err_usage(p->err, "option '--%s' needs an argument", opt->name);
    return accept(p, opt, equals != NULL ? equals + 1 : p->argv[p->at++]);
}

static const struct opt *find_short(const struct parse *p, char letter)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->table[i].letter == letter)
            return &p->table[i];
    return NULL;
}

/* A cluster of short options: -qv, -j4, -qj 4. */
static enum status read_short(struct parse *p, const char *word)
{
    for (const char *c = word + 1; *c != '\0'; c++) {
        const struct opt *opt = find_short(p, *c);
        if (opt == NULL) {
            char name[3] = {'-', *c, '\0'};
            return unknown_option(p, (unsigned char)*c < 0x80 ? name : word, NULL);
        }
        if (opt->type != OPT_FLAG && c[1] == '\0' && p->at == p->argc)
            return err_usage(p->err, "option '-%c' needs an argument", *c);
        if (opt->type != OPT_FLAG)
            return accept(p, opt, c[1] != '\0' ? c + 1 : p->argv[p->at++]);
        enum status status = accept(p, opt, NULL);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status opt_parse(const struct opt *table, size_t n, void *settings, int argc, const char *const *argv,
                      const char **operands, size_t *n_operands, bool *given, struct err *err)
{
    struct parse p = {table, n, settings, given, argc, 0, argv, err};
    *n_operands = 0;
    for (size_t i = 0; i < n; i++) {
        enum status status =
            table[i].fallback != NULL ? set_value(&table[i], table[i].fallback, settings, err) : STATUS_OK;
        if (status != STATUS_OK)
            return status;
    }
    bool options_end = false;
    while (p.at < argc) {
        const char *word = argv[p.at++];
        enum status status = STATUS_OK;
        if (options_end || word[0] != '-' || word[1] == '\0')
            operands[(*n_operands)++] = word;
        else if (strcmp(word, "--") == 0)
            options_end = true;
        else if (word[1] == '-')
            status = read_long(&p, word);
        else
            status = read_short(&p, word);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

bool opt_takes_next(const struct opt *table, size_t n, const char *word)
{
    struct err ignored = {0};
    struct parse p = {.table = table, .n = n, .err = &ignored};
    const struct opt *opt = NULL;
    if (word[0] != '-' || word[1] == '\0')
        return false;
    if (word[1] == '-')
        return word[2] != '\0' && strchr(word, '=') == NULL && find_long(&p, word + 2, &opt) == STATUS_OK &&
               opt != NULL && opt->type != OPT_FLAG;
    for (const char *c = word + 1; *c != '\0'; c++) {
        opt = find_short(&p, *c);
        if (opt == NULL || opt->type != OPT_FLAG)
            return opt != NULL && c[1] == '\0';
    }
    return false;
}

enum status opt_check_required(const struct opt *table, size_t n, const bool *given, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        if (!table[i].required || given[i])
            continue;
        return err_usage(err, "option --%s is required", table[i].name);
    }
    return STATUS_OK;
}

/* ---- the table itself ---- */

static bool is_name(const char *name)
{
    size_t n = strlen(name);
    return n > 0 && n <= LONGEST_NAME && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == n && name[0] != '-';
}

static const char *row_problem(const struct opt *table, size_t i)
{
    const struct opt *o = &table[i];
    for (size_t j = 0; j < i; j++) {
        if (strcmp(table[j].name, o->name) == 0)
            return "its name is there twice";
        if (o->letter != '\0' && table[j].letter == o->letter)
            return "its letter is there twice";
    }
    size_t help = o->help != NULL ? strlen(o->help) : 0;
    if (help == 0 || o->help[help - 1] == '.')
        return "its help is missing or ends in a full stop";
    if ((o->type == OPT_FLAG) != (o->arg == NULL))
        return "flags have no argument, and all others have";
    if (o->type == OPT_FLAG && (o->fallback != NULL || o->required))
        return "a flag has neither default nor need";
    if ((o->type == OPT_REAL || o->type == OPT_COUNT) && !(o->min < o->max))
        return "its range is empty";
    if (o->type == OPT_COUNT && (o->min < 0 || o->max > 0x1p53))
        return "a count lies between 0 and 2^53";
    if (o->type == OPT_TEXTS && o->fallback != NULL)
        return "what may be given several times has no default";
    if (o->type == OPT_CHOICE && opt_choices(o) == NULL)
        return "it has no choices";
    return NULL;
}

enum status opt_check(const struct opt *table, size_t n, struct err *err)
{
    union {
        double number;
        size_t count;
        const char *text;
        int choice;
        char c;
        bool flag;
    } field;
    for (size_t i = 0; i < n; i++) {
        if (table[i].name == NULL || !is_name(table[i].name))
            return err_usage(err, "row %zu of the option table has no proper name", i);
        const char *problem = row_problem(table, i);
        if (problem != NULL)
            return err_usage(err, "option --%s: %s", table[i].name, problem);
        struct opt alone = table[i];
        alone.offset = 0;
        if (alone.fallback != NULL && set_value(&alone, alone.fallback, &field, err) != STATUS_OK)
            return err->status;
    }
    return STATUS_OK;
}
