#ifndef LIKELY_CLI_OPT_RULES_H
#define LIKELY_CLI_OPT_RULES_H

#include "cli/opt.h"
#include "text/buffer.h"

/* Which options of a command go together, beside the option table. Options that have no effect in a combination are an
 * error, which these rules state once for the parser and the tests. A term is
 *
 *     --layer              the option is given
 *     --predict label      the choice holds, given or by default; of a text "NAME:PARAMETER", NAME
 *     --l2>0               the option is given, and its number is not 0
 *
 * and the arguments of a rule are terms with | between them:
 *
 *     OPT_EXCLUDES("--layer", "--interval|--temperature"),
 *     OPT_REQUIRES("--threshold", "--predict label|--predict all"),
 */
enum opt_relation {
    OPT_RELATION_REQUIRES, /* if a subject holds, one of the other terms must hold */
    OPT_RELATION_EXCLUDES, /* if a subject holds, none of the other terms may hold */
};

struct opt_rule {
    const char *subjects; /* NULL ends the rules */
    enum opt_relation relation;
    const char *others;
    const char *with; /* the rule applies if one of these terms holds; NULL: always */
    const char *hint; /* behind the message: "; use --weights"; NULL: none */
};

/* clang-format off */
#define OPT_REQUIRES(subjects, others) {subjects, OPT_RELATION_REQUIRES, others, NULL, NULL}
#define OPT_REQUIRES_HINT(subjects, others, hint) {subjects, OPT_RELATION_REQUIRES, others, NULL, hint}
#define OPT_REQUIRES_WITH(subjects, with, others, hint) {subjects, OPT_RELATION_REQUIRES, others, with, hint}
#define OPT_EXCLUDES(subjects, others) {subjects, OPT_RELATION_EXCLUDES, others, NULL, NULL}
#define OPT_EXCLUDES_HINT(subjects, others, hint) {subjects, OPT_RELATION_EXCLUDES, others, NULL, hint}
#define OPT_RULES_END {NULL, OPT_RELATION_REQUIRES, NULL, NULL, NULL}
/* clang-format on */

/* STATUS_OK, or the usage error of the first rule that is broken. rules: NULL: none. */
enum status opt_rules_check(const struct opt_rule *rules, const struct opt *table, size_t n, const void *settings,
                            const bool *given, struct err *err);

/* Checks the rules themselves: every term names an option of the table, and a choice of it. */
enum status opt_rules_verify(const struct opt_rule *rules, const struct opt *table, size_t n, struct err *err);

/* Appends a line for each way to break a rule: the start of the message, a tab, and options that break it, separated by
 * blanks, with sample values. For tests. */
void opt_rules_examples(const struct opt_rule *rules, const struct opt *table, size_t n, struct buffer *text);

#endif
