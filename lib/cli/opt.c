/* The command line: GNU long and short options, clusters, abbreviations, "--", and operands in any order, into the
 * settings that the rows of an option table point to. An unknown option is answered with what is probably meant
 * (synonyms.c, else the nearest name). opt_check is the test of a table itself. */

#include "cli/opt.h"

#include "base/mem.h"
#include "base/nearest.h"
#include "base/slice.h"
#include "cli/opt_value.h"
#include "cli/synonyms.h"
#include "cli/usage.h"
#include "text/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_NAME = 63 };

struct parse {
    const struct opt *table;
    size_t n;
    void *settings;
    bool *given;
    int argc, at; /* argv[at] is read next */
    const char *const *argv;
    struct err *err;
};

/* An option that the table lacks, and the one that is probably meant: a synonym, else the nearest name. */
static enum status unknown_option(const struct parse *p, const char *word, const char *name)
{
    char echo[ERR_ECHO], letter[2] = {word[1], '\0'};
    err_echo(echo, (struct slice){word, name != NULL ? strlen(name) + 2 : strlen(word)});
    const char *meant = synonyms_find(p->table, p->n, name != NULL ? name : letter);
    if (meant != NULL)
        return err_usage(p->err,
                         strstr(meant, " with ") != NULL ? "unknown option '%s'; use %s"
                                                         : "unknown option '%s'; did you mean '%s'?",
                         echo, meant);
    const char **names = mem_alloc(p->n, sizeof *names);
    for (size_t i = 0; i < p->n; i++)
        names[i] = p->table[i].name;
    const char *near = name != NULL ? nearest_word(names, p->n, name) : NULL;
    free(names);
    return near != NULL ? err_usage(p->err, "unknown option '%s'; did you mean '--%s'?", echo, near)
                        : err_usage(p->err, "unknown option '%s'", echo);
}

static enum status ambiguous_option(const struct parse *p, const char *name)
{
    const char *last = NULL;
    struct buffer list = {0};
    for (size_t i = 0; i < p->n; i++) {
        if (strncmp(p->table[i].name, name, strlen(name)) != 0)
            continue;
        if (last != NULL)
            buffer_add_format(&list, "%s'--%s'", list.n > 0 ? ", " : "", last);
        last = p->table[i].name;
    }
    err_usage(p->err, "ambiguous option '--%s': %s or '--%s'", name, buffer_text(&list), last);
    buffer_free(&list);
    return p->err->status;
}

/* The option of that name, or the only one that begins so; NULL: none does, or the name is known to mean another. */
static enum status find_long(const struct parse *p, const char *name, const struct opt **found)
{
    size_t length = strlen(name), n = 0;
    const char *meant = synonyms_find(p->table, p->n, name);
    *found = NULL;
    for (size_t i = 0; i < p->n; i++) {
        if (strncmp(p->table[i].name, name, length) != 0)
            continue;
        *found = &p->table[i];
        if (p->table[i].name[length] == '\0')
            return STATUS_OK;
        n++;
    }
    if (n > 1 && meant == NULL)
        return ambiguous_option(p, name);
    if (n > 0 && meant != NULL && strcmp((*found)->name, meant + 2) != 0)
        *found = NULL;
    return STATUS_OK;
}

static enum status accept(struct parse *p, const struct opt *opt, const char *value)
{
    bool is_list = opt->type == OPT_TEXT && opt->completes == OPT_COMPLETES_COLUMNS;
    if (p->given != NULL && p->given[opt - p->table] && is_list)
        return err_usage(p->err, "--%s is given twice; list the columns: --%s A,B", opt->name, opt->name);
    if (p->given != NULL)
        p->given[opt - p->table] = true;
    return opt_value_set(opt, value, p->settings, p->err);
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
        return err_usage(p->err, "--%s takes no value", opt->name);
    if (opt->type == OPT_FLAG)
        return accept(p, opt, NULL);
    if (equals == NULL && p->at == p->argc)
        return err_usage(p->err, "--%s requires a value", opt->name);
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
            return err_usage(p->err, "-%c requires a value", *c);
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
            table[i].fallback != NULL ? opt_value_set(&table[i], table[i].fallback, settings, err) : STATUS_OK;
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
        return usage_missing(err, "--%s", table[i].name);
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
        if (alone.fallback != NULL && opt_value_set(&alone, alone.fallback, &field, err) != STATUS_OK)
            return err->status;
    }
    return STATUS_OK;
}
