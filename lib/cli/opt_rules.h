#ifndef LIKELY_CLI_OPT_RULES_H
#define LIKELY_CLI_OPT_RULES_H

#include "cli/opt.h"
#include "text/buffer.h"

/* Which options of a command go together, beside the option table. A term is an option that is given, "--layer", or a
 * choice that holds, given or by default, "--predict label". Options that have no effect in a combination are an error,
 * which these rules state once for the parser and the tests.
 *
 *     { "--threshold", OPT_REQUIRES, "--predict label|--predict all" },
 *     { "--layer", OPT_EXCLUDES, "--interval|--temperature" },
 */
enum opt_relation {
    OPT_REQUIRES, /* one of the other terms must hold */
    OPT_EXCLUDES, /* none of them may hold */
};

struct opt_rule {
    const char *subject; /* a term; NULL ends the rules */
    enum opt_relation relation;
    const char *others; /* terms, with | between them */
    const char *hint;   /* behind the message: "; use --weights"; NULL: none */
};

/* STATUS_OK, or the usage error of the first rule that is broken. rules: NULL: none. */
enum status opt_rules_check(const struct opt_rule *rules, const struct opt *table, size_t n, const void *settings,
                            const bool *given, struct err *err);

/* Checks the rules themselves: every term names an option of the table, and a choice of it. */
enum status opt_rules_verify(const struct opt_rule *rules, const struct opt *table, size_t n, struct err *err);

/* Appends a line for each way to break a rule: the start of the message, a tab, and options that break it, separated by
 * blanks, with sample values. For tests. */
void opt_rules_examples(const struct opt_rule *rules, const struct opt *table, size_t n, struct buffer *text);

#endif
