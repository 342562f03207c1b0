/* Rules between options (opt_rules.h): each term is found in the option table and compared with the settings. The
 * messages are the templates of usage errors. */

#include "cli/opt_rules.h"

#include "cli/usage.h"
#include "text/buffer.h"

#include <string.h>

/* A term: its option, and the index of its choice, or OPT_RULES_ANY. */
struct opt_rules_term {
    const struct opt *option;
    size_t choice;
};
#define OPT_RULES_ANY ((size_t)-1)

/* False: there is no such option or choice. */
static bool find_term(const struct opt *table, size_t n, struct slice text, struct opt_rules_term *term)
{
    const char *blank = memchr(text.p, ' ', text.n);
    struct slice name = {text.p + 2, (blank != NULL ? (size_t)(blank - text.p) : text.n) - 2};
    *term = (struct opt_rules_term){NULL, OPT_RULES_ANY};
    for (size_t i = 0; i < n && term->option == NULL; i++)
        if (slice_equal(slice_of(table[i].name), name))
            term->option = &table[i];
    if (term->option == NULL || blank == NULL)
        return term->option != NULL;
    const struct opt_choice *choices = term->option->type == OPT_CHOICE ? opt_choices(term->option) : NULL;
    struct slice value = {blank + 1, text.n - (size_t)(blank + 1 - text.p)};
    for (size_t k = 0; choices != NULL && choices[k].name != NULL; k++)
        if (slice_equal(slice_of(choices[k].name), value))
            term->choice = k;
    return term->choice != OPT_RULES_ANY;
}

static bool holds(const struct opt_rules_term *term, const struct opt *table, const void *settings, const bool *given)
{
    if (term->choice == OPT_RULES_ANY)
        return given[term->option - table];
    return *(const int *)((const char *)settings + term->option->offset) == (int)term->choice;
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

/* "--a, --b or --c" */
static void add_list(struct buffer *text, const char *others)
{
    struct slice term;
    for (const char *rest = others; next_term(&rest, &term);) {
        if (term.p != others)
            buffer_add_text(text, *rest == '\0' ? " or " : ", ");
        buffer_add(text, term.p, term.n);
    }
}

static enum status broken(const struct opt_rule *rule, struct slice other, struct err *err)
{
    struct buffer text = {0};
    if (rule->relation == OPT_REQUIRES)
        add_list(&text, rule->others);
    else
        buffer_add(&text, other.p, other.n);
    buffer_add_text(&text, rule->hint != NULL ? rule->hint : "");
    if (rule->relation == OPT_REQUIRES)
        usage_requires(err, rule->subject, "%s", buffer_text(&text));
    else
        usage_conflict(err, rule->subject, "%s", buffer_text(&text));
    buffer_free(&text);
    return STATUS_USAGE;
}

enum status opt_rules_check(const struct opt_rule *rules, const struct opt *table, size_t n, const void *settings,
                            const bool *given, struct err *err)
{
    for (const struct opt_rule *rule = rules; rule != NULL && rule->subject != NULL; rule++) {
        struct opt_rules_term term;
        struct slice text;
        bool found = false;
        if (!find_term(table, n, slice_of(rule->subject), &term) || !holds(&term, table, settings, given))
            continue;
        for (const char *rest = rule->others; !found && next_term(&rest, &text);)
            found = find_term(table, n, text, &term) && holds(&term, table, settings, given);
        if (found != (rule->relation == OPT_REQUIRES))
            return broken(rule, text, err);
    }
    return STATUS_OK;
}

enum status opt_rules_verify(const struct opt_rule *rules, const struct opt *table, size_t n, struct err *err)
{
    for (const struct opt_rule *rule = rules; rule != NULL && rule->subject != NULL; rule++) {
        struct opt_rules_term term;
        struct slice text;
        if (!find_term(table, n, slice_of(rule->subject), &term))
            return err_usage(err, "the rules name '%s', which the options lack", rule->subject);
        for (const char *rest = rule->others; next_term(&rest, &text);)
            if (!find_term(table, n, text, &term))
                return err_usage(err, "the rules name '%.*s', which the options lack", (int)text.n, text.p);
    }
    return STATUS_OK;
}

/* ---- examples ---- */

/* A term as options with a valid value. */
static void add_example(struct buffer *text, const struct opt *table, size_t n, struct slice term)
{
    struct opt_rules_term found;
    buffer_add(text, term.p, term.n);
    if (!find_term(table, n, term, &found) || found.choice != OPT_RULES_ANY || found.option->arg == NULL)
        return;
    const struct opt *o = found.option;
    buffer_add_char(text, ' ');
    if (o->type == OPT_CHOICE)
        buffer_add_text(text, opt_choices(o)[0].name);
    else if (o->fallback != NULL)
        buffer_add_text(text, o->fallback);
    else if (o->type == OPT_REAL || o->type == OPT_COUNT)
        buffer_add_number(text, o->min, 0);
    else
        buffer_add_char(text, '1');
}

void opt_rules_examples(const struct opt_rule *rules, const struct opt *table, size_t n, struct buffer *text)
{
    for (const struct opt_rule *rule = rules; rule != NULL && rule->subject != NULL; rule++) {
        struct slice term;
        bool excludes = rule->relation == OPT_EXCLUDES;
        for (const char *rest = rule->others; next_term(&rest, &term);) {
            buffer_add_format(text, "%s %s ", rule->subject, excludes ? "cannot be used with" : "requires");
            if (excludes)
                buffer_add(text, term.p, term.n);
            else
                add_list(text, rule->others);
            buffer_add_char(text, '\t');
            add_example(text, table, n, slice_of(rule->subject));
            buffer_add_char(text, ' ');
            if (excludes)
                add_example(text, table, n, term);
            buffer_add_char(text, '\n');
            if (!excludes)
                break;
        }
    }
}
