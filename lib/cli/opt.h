#ifndef LIKELY_CLI_OPT_H
#define LIKELY_CLI_OPT_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* One declarative table per command is the only truth about its options: parser, --help, man page and completions are
 * made from it. Rows are written with designated initialisers behind a type macro, which checks at compile time that
 * the settings field has the type the option writes:
 *
 *     { REAL(struct settings, l2), .letter = 'r', .name = "l2", .arg = "LAMBDA", .fallback = "0", .min = 0, .max =
 * 1e300, .help = "weight of the squared-norm penalty" },
 */

enum opt_type {
    OPT_FLAG,   /* bool; no argument */
    OPT_REAL,   /* double within [min, max] */
    OPT_COUNT,  /* size_t within [min, max] */
    OPT_TEXT,   /* const char * */
    OPT_TEXTS,  /* struct opt_texts: the option may be given several times */
    OPT_CHOICE, /* int: index into the choices */
    OPT_SIZE,   /* size_t: bytes, 1 at least; K, M, G or T behind the number means 1024 of them and its powers */
    OPT_CHAR,   /* char: one byte, no line end; "\t" and "tab" are a tab; the row's word is OPT_NO_CHAR */
};

#define OPT_NO_CHAR '\n'

/* What an argument names, for completion. */
enum opt_completes {
    OPT_COMPLETES_NOTHING,
    OPT_COMPLETES_FILE,
    OPT_COMPLETES_MODEL,
    OPT_COMPLETES_COLUMN,
    OPT_COMPLETES_COLUMNS
};

struct opt_choice {
    const char *name, *help;
};

enum { OPT_TEXTS_MAX = 128 };
struct opt_texts {
    size_t n;
    const char *text[OPT_TEXTS_MAX];
};

enum opt_group { OPT_MAIN, OPT_MODEL_GROUP, OPT_SOLVER, OPT_INPUT_GROUP, OPT_OUTPUT_GROUP, OPT_GENERAL };

struct opt {
    enum opt_type type;
    size_t offset;                    /* of the field in the settings */
    char letter;                      /* 0 = none */
    const char *name;                 /* long name without dashes, required */
    const char *arg;                  /* metavariable; NULL for flags */
    const char *fallback;             /* default as the user would type it; NULL = zero/NULL ("unset") */
    double min, max;                  /* for REAL and COUNT */
    const struct opt_choice *choices; /* for CHOICE: ends with a NULL name; may be computed, see choices_of */
    const struct opt_choice *(*choices_of)(void); /* for choices from a registry (losses); for TEXT: completion only */
    enum opt_completes completes;
    const char *word;    /* that may stand for what completes, or among other texts; NULL = none */
    const char *accepts; /* for CHAR: the characters that it may be; NULL = any but a quote, which needs a word */
    enum opt_group group;
    const char *help; /* one sentence without a full stop, lower case first */
    bool required;
};

#define OPT_FIELD(settings, field, ctype)                                                                              \
    .offset = offsetof(settings, field) + 0 * sizeof(char[_Generic(((settings *)0)->field, ctype : 1)])
#define FLAG(settings, field) .type = OPT_FLAG, OPT_FIELD(settings, field, bool)
#define REAL(settings, field) .type = OPT_REAL, OPT_FIELD(settings, field, double)
#define COUNT(settings, field) .type = OPT_COUNT, OPT_FIELD(settings, field, size_t)
#define TEXT(settings, field) .type = OPT_TEXT, OPT_FIELD(settings, field, const char *)
#define TEXTS(settings, field) .type = OPT_TEXTS, OPT_FIELD(settings, field, struct opt_texts)
#define CHOICE(settings, field) .type = OPT_CHOICE, OPT_FIELD(settings, field, int)
#define SIZE(settings, field) .type = OPT_SIZE, OPT_FIELD(settings, field, size_t)
#define CHAR(settings, field) .type = OPT_CHAR, OPT_FIELD(settings, field, char)

/* Parses argv (GNU long and short, clustered, --name=value, unambiguous prefixes, any order, "--" ends options) into
 * settings, after setting every fallback. operands receives argv's other words (argc of them at most). `given`, one
 * bool per row, tells which options were on the command line; may be NULL. Errors are STATUS_USAGE. */
enum status opt_parse(const struct opt *table, size_t n, void *settings, int argc, const char *const *argv,
                      const char **operands, size_t *n_operands, bool *given, struct err *err);

/* Whether the word is an option whose argument is the next word. */
bool opt_takes_next(const struct opt *table, size_t n, const char *word);

/* Whether all required options were given. */
enum status opt_check_required(const struct opt *table, size_t n, const bool *given, struct err *err);

/* The choices of a row, wherever they come from; NULL = none. */
const struct opt_choice *opt_choices(const struct opt *opt);

/* For choices_of: the choices at(0), at(1), … of a registry, up to and including one whose name is NULL. They are made
 * once, in as much memory as they need, and kept in *made, a static variable of the caller that starts NULL. */
const struct opt_choice *opt_choices_make(const struct opt_choice **made, struct opt_choice (*at)(size_t index));

/* Checks a table itself: names unique and lower-case, letters unique, fallbacks parse and lie in range, choices end,
 * help present. Used by the tests for every command (bin/NAME --view=check). */
enum status opt_check(const struct opt *table, size_t n, struct err *err);

#endif
