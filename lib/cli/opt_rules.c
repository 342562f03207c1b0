/* Rules between options (opt_rules.h).
 *
 * 1. parse_term finds the option of a term in the option table, and its choice.
 * 2. holds compares it with the settings, first_that_holds the terms of a list.
 * 3. opt_rules_check tries every subject of every rule; messages are the templates of usage errors.
 *
 * opt_rules_examples lists command lines that break the rules, for the tests. */

#include "cli/opt_rules.h"

#include "cli/usage.h"

#include <string.h>

struct opt_rules_term {
    struct slice text; /* "--l2": as messages show it, with its choice */
    const struct opt *option;
    struct slice choice; /* of the option; empty: any */
    bool positive;       /* the number must not be 0 */
};

/* An option table and what the command line makes of it. */
struct opt_rules_options {
    const struct opt *table;
    size_t n;
    const void *settings;
    const bool *given;
};

static bool is_choice(const struct opt *o, struct slice name)
{
    bool has_parameters = o->type == OPT_TEXT;
    const struct opt_choice *choices = o->type == OPT_CHOICE || has_parameters ? opt_choices(o) : NULL;
    for (; choices != NULL && choices->name != NULL; choices++) {
        size_t n = has_parameters ? strcspn(choices->name, ":") : strlen(choices->name);
        if (slice_equal((struct slice){choices->name, n}, name))
            return true;
    }
    return false;
}

/* False: there is no such option or choice. */
static bool parse_term(const struct opt *table, size_t n, struct slice text, struct opt_rules_term *term)
{
    static const char sign[] = ">0";
    *term = (struct opt_rules_term){.text = text};
    term->positive = text.n > 2 && memcmp(text.p + text.n - 2, sign, 2) == 0;
    term->text.n -= term->positive ? 2 : 0;
    const char *end = text.p + term->text.n, *blank = memchr(text.p, ' ', term->text.n);
    struct slice name = {text.p + 2, (size_t)((blank != NULL ? blank : end) - text.p) - 2};
    for (size_t i = 0; i < n && term->option == NULL; i++)
        if (slice_equal(slice_of(table[i].name), name))
            term->option = &table[i];
    if (term->option == NULL || blank == NULL)
        return term->option != NULL && (!term->positive || term->option->type == OPT_REAL);
    term->choice = (struct slice){blank + 1, (size_t)(end - blank) - 1};
    return is_choice(term->option, term->choice);
}

/* The choice of the settings has the term's name. */
static bool has_choice(const struct opt_rules_term *term, const void *settings)
{
    const char *field = (const char *)settings + term->option->offset;
    if (term->option->type == OPT_CHOICE)
        return slice_equal(slice_of(opt_choices(term->option)[*(const int *)field].name), term->choice);
    const char *text = *(const char *const *)field;
    return text != NULL && slice_equal((struct slice){text, strcspn(text, ":")}, term->choice);
}

static bool holds(const struct opt_rules_term *term, const struct opt_rules_options *o)
{
    if (term->choice.n > 0)
        return has_choice(term, o->settings);
    const double *value = (const double *)((const char *)o->settings + term->option->offset);
    return o->given[term->option - o->table] && (!term->positive || *value != 0);
}

/* The next term of a list, whose rest is behind it; false at the end. */
static bool next_term(const char **rest, struct slice *term)
{
    if (**rest == '\0')
        return false;
    size_t n = strcspn(*rest, "|");
    *term = (struct slice){*rest, n};
    *rest += n + ((*rest)[n] == '|');
    return true;
}

static bool first_that_holds(const char *list, const struct opt_rules_options *o, struct opt_rules_term *term)
{
    struct slice text;
    while (next_term(&list, &text))
        if (parse_term(o->table, o->n, text, term) && holds(term, o))
            return true;
    return false;
}

/* Whether the terms are choices of one option. */
static bool is_of_one(const char *list, const struct opt *table, size_t n)
{
    const struct opt *option = NULL;
    struct opt_rules_term term;
    for (struct slice one; next_term(&list, &one); option = term.option)
        if (!parse_term(table, n, one, &term) || term.choice.n == 0 || (option != NULL && term.option != option))
            return false;
    return true;
}

/* "--a, --b or --c"; choices of one option are "--a x or y" */
static void add_list(struct buffer *text, const char *list, const struct opt *table, size_t n)
{
    bool shortens = is_of_one(list, table, n);
    struct opt_rules_term term;
    struct slice one;
    for (const char *rest = list; next_term(&rest, &one);) {
        bool is_first = one.p == list;
        if (!is_first)
            buffer_add_text(text, *rest == '\0' ? " or " : ", ");
        parse_term(table, n, one, &term);
        struct slice shown = shortens && !is_first ? term.choice : term.text;
        buffer_add(text, shown.p, shown.n);
    }
}

/* ---- checks ---- */

static enum status refuse(const struct opt_rule *rule, const struct opt_rules_term *subject,
                          const struct opt_rules_term *with, const struct opt_rules_term *other,
                          const struct opt_rules_options *o, struct err *err)
{
    struct buffer text = {0}, before = {0};
    buffer_add(&before, subject->text.p, subject->text.n);
    if (rule->with != NULL) {
        buffer_add_text(&before, " with ");
        buffer_add(&before, with->text.p, with->text.n);
    }
    if (rule->relation == OPT_RELATION_REQUIRES)
        add_list(&text, rule->others, o->table, o->n);
    else
        buffer_add(&text, other->text.p, other->text.n);
    buffer_add_text(&text, rule->hint != NULL ? rule->hint : "");
    if (rule->relation == OPT_RELATION_REQUIRES)
        usage_requires(err, buffer_text(&before), "%s", buffer_text(&text));
    else
        usage_conflict(err, buffer_text(&before), "%s", buffer_text(&text));
    buffer_free(&text);
    buffer_free(&before);
    return STATUS_USAGE;
}

static enum status check_rule(const struct opt_rule *rule, const struct opt_rules_options *o, struct err *err)
{
    struct opt_rules_term subject, with, other;
    struct slice text;
    if (rule->with != NULL && !first_that_holds(rule->with, o, &with))
        return STATUS_OK;
    bool found = first_that_holds(rule->others, o, &other);
    if (found == (rule->relation == OPT_RELATION_REQUIRES))
        return STATUS_OK;
    for (const char *rest = rule->subjects; next_term(&rest, &text);)
        if (parse_term(o->table, o->n, text, &subject) && holds(&subject, o))
            return refuse(rule, &subject, &with, &other, o, err);
    return STATUS_OK;
}

enum status opt_rules_check(const struct opt_rule *rules, const struct opt *table, size_t n, const void *settings,
                            const bool *given, struct err *err)
{
    const struct opt_rules_options o = {table, n, settings, given};
    for (const struct opt_rule *rule = rules; rule != NULL && rule->subjects != NULL; rule++)
        if (check_rule(rule, &o, err) != STATUS_OK)
            return err->status;
    return STATUS_OK;
}

static enum status verify_list(const char *list, const struct opt *table, size_t n, struct err *err)
{
    struct opt_rules_term term;
    struct slice text;
    while (next_term(&list, &text))
        if (!parse_term(table, n, text, &term))
            return err_usage(err, "the rules name '%.*s', which the options lack", (int)text.n, text.p);
    return STATUS_OK;
}

enum status opt_rules_verify(const struct opt_rule *rules, const struct opt *table, size_t n, struct err *err)
{
    for (const struct opt_rule *rule = rules; rule != NULL && rule->subjects != NULL; rule++) {
        const char *const lists[] = {rule->subjects, rule->others, rule->with != NULL ? rule->with : ""};
        for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
            if (verify_list(lists[i], table, n, err) != STATUS_OK)
                return err->status;
    }
    return STATUS_OK;
}

/* ---- examples ---- */

/* A term as options with a valid value. */
static void add_example(struct buffer *text, const struct opt *table, size_t n, struct slice one)
{
    struct opt_rules_term term;
    if (!parse_term(table, n, one, &term))
        return;
    const struct opt *o = term.option;
    buffer_add(text, term.text.p, term.text.n);
    buffer_add_char(text, ' ');
    if (term.choice.n > 0 || o->arg == NULL)
        return;
    if (o->type == OPT_CHOICE)
        buffer_add_text(text, opt_choices(o)[0].name);
    else if (o->fallback != NULL)
        buffer_add_text(text, o->fallback);
    else if (o->type == OPT_REAL || o->type == OPT_COUNT)
        buffer_add_number(text, o->min > 0 || o->max < 1 ? o->min : 1, 0);
    else
        buffer_add_char(text, o->type == OPT_CHAR ? ',' : '1');
    buffer_add_char(text, ' ');
}

/* The lines of one subject of a rule. */
static void add_examples(struct buffer *text, const struct opt_rule *rule, struct slice subject,
                         const struct opt *table, size_t n)
{
    struct opt_rules_term term, other, with;
    struct slice one, first = {0};
    bool excludes = rule->relation == OPT_RELATION_EXCLUDES;
    const char *conditions = rule->with != NULL ? rule->with : "";
    parse_term(table, n, subject, &term);
    if (next_term(&conditions, &first))
        parse_term(table, n, first, &with);
    for (const char *rest = rule->others; next_term(&rest, &one);) {
        parse_term(table, n, one, &other);
        buffer_add(text, term.text.p, term.text.n);
        if (first.n > 0)
            buffer_add_format(text, " with %.*s", (int)with.text.n, with.text.p);
        buffer_add_text(text, excludes ? " cannot be used with " : " requires ");
        if (excludes)
            buffer_add(text, other.text.p, other.text.n);
        else
            add_list(text, rule->others, table, n);
        buffer_add_char(text, '\t');
        add_example(text, table, n, subject);
        if (first.n > 0)
            add_example(text, table, n, first);
        if (excludes)
            add_example(text, table, n, one);
        buffer_add_char(text, '\n');
        if (!excludes)
            break;
    }
}

void opt_rules_examples(const struct opt_rule *rules, const struct opt *table, size_t n, struct buffer *text)
{
    for (const struct opt_rule *rule = rules; rule != NULL && rule->subjects != NULL; rule++) {
        struct slice subject;
        for (const char *rest = rule->subjects; next_term(&rest, &subject);)
            add_examples(text, rule, subject, table, n);
    }
}
