/* Command lines, held against the settings or the message written by hand. */

#include "cli/opt.h"

#include "base/mem.h"
#include "test.h"

#include <string.h>

struct settings {
    double l2;
    size_t threads, memory;
    const char *target, *losses;
    int to;
    char delimiter;
    bool quiet, verbose;
    struct opt_texts models;
};

static const struct opt_choice formats[] = {{"csv", "commas"}, {"tsv", "tabs"}, {"json", "objects"}, {NULL, NULL}};

static const struct opt_choice *loss_names(void)
{
    static const struct opt_choice names[] = {{"l1", "absolute"}, {"l2", "squared"}, {NULL, NULL}};
    return names;
}

/* clang-format off */
static const struct opt rows[] = {
    { REAL(struct settings, l2), .name = "l2", .arg = "LAMBDA", .fallback = "0.5", .min = 0, .max = 1e300,
      .help = "penalty" },
    { COUNT(struct settings, threads), .letter = 'j', .name = "threads", .arg = "N", .min = 1, .max = 64,
      .help = "threads" },
    { TEXT(struct settings, target), .letter = 't', .name = "target", .arg = "COLUMN", .help = "target" },
    { TEXT(struct settings, losses), .name = "losses", .arg = "LIST", .choices_of = loss_names, .help = "losses" },
    { CHOICE(struct settings, to), .name = "to", .arg = "FORMAT", .fallback = "tsv", .choices = formats,
      .help = "format" },
    { CHAR(struct settings, delimiter), .letter = 'd', .name = "delimiter", .arg = "CHAR", .help = "delimiter" },
    { FLAG(struct settings, quiet), .letter = 'q', .name = "quiet", .help = "less" },
    { FLAG(struct settings, verbose), .letter = 'v', .name = "verbose", .help = "more" },
    { TEXTS(struct settings, models), .letter = 'm', .name = "model", .arg = "MODEL", .help = "models" },
    { SIZE(struct settings, memory), .name = "memory", .arg = "SIZE", .help = "memory" },
};
/* clang-format on */
enum { ROWS = sizeof rows / sizeof *rows, WORDS = 160 };

static struct settings settings;
static const char *operands[WORDS];
static size_t n_operands;
static bool given[ROWS];
static struct err err;

/* Parses blank-separated words; "''" is an empty one. */
static enum status parse(const char *line)
{
    static char *text;
    const char *words[WORDS];
    int n = 0;
    free(text);
    text = mem_copy_text(line);
    for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " "))
        words[n++] = strcmp(word, "''") == 0 ? "" : word;
    settings = (struct settings){0};
    memset(given, 0, sizeof given);
    err = (struct err){0};
    return opt_parse(rows, ROWS, &settings, n, words, operands, &n_operands, given, &err);
}

static void check_refused(const char *line, const char *reason)
{
    enum status status = parse(line);
    CHECK(status == STATUS_USAGE && err.status == STATUS_USAGE, "%s: status %d", line, (int)status);
    CHECK(strcmp(err.reason, reason) == 0, "%s:\n  said   %s\n  wanted %s", line, err.reason, reason);
}

static void test_fallbacks(void)
{
    CHECK(parse("") == STATUS_OK);
    CHECK(settings.l2 == 0.5 && settings.to == 1 && settings.threads == 0 && settings.target == NULL &&
          !settings.quiet);
    CHECK(n_operands == 0 && !given[0] && !given[4]);
}

static void test_spellings(void)
{
    static const char *const same[] = {
        "-j4 -qv -t y --l2 1e-3 a b",
        "-j 4 -q -v -ty --l2=1e-3 a b",
        "a -qvj4 b -t y --l2 .001",
        "a b -qvj 4 -t y --l2 0.001",
        "--threads=4 --quiet --verbose --target=y --l2=+1E-3 a b",
        "--th 4 --q --v --ta y a --l2 0.0010 -- b",
        "--to csv --to tsv -j 2 -j 4 a -vq b --target x --target y --l2 1e-03",
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        CHECK(parse(same[i]) == STATUS_OK, "%s: %s", same[i], err.reason);
        CHECK(settings.threads == 4 && settings.quiet && settings.verbose && settings.l2 == 1e-3, "%s", same[i]);
        CHECK(settings.to == 1 && strcmp(settings.target, "y") == 0, "%s", same[i]);
        CHECK(n_operands == 2 && strcmp(operands[0], "a") == 0 && strcmp(operands[1], "b") == 0, "%s", same[i]);
        CHECK(given[0] && given[1] && given[2] && given[6] && given[7] && !given[5], "%s", same[i]);
    }
}

static void test_operands(void)
{
    CHECK(parse("- -- -q --l2 - --") == STATUS_OK);
    CHECK(n_operands == 5 && !settings.quiet && strcmp(operands[0], "-") == 0 && strcmp(operands[1], "-q") == 0);
    CHECK(strcmp(operands[4], "--") == 0);
    CHECK(parse("-t - --target=-- ''") == STATUS_OK);
    CHECK(n_operands == 1 && operands[0][0] == '\0' && strcmp(settings.target, "--") == 0);
    CHECK(parse("-t -q") == STATUS_OK && strcmp(settings.target, "-q") == 0 && !settings.quiet);
}

static void test_values(void)
{
    CHECK(parse("-d tab") == STATUS_OK && settings.delimiter == '\t');
    CHECK(parse("-d \\t") == STATUS_OK && settings.delimiter == '\t');
    CHECK(parse("-d;") == STATUS_OK && settings.delimiter == ';');
    CHECK(parse("-d=") == STATUS_OK && settings.delimiter == '=');
    CHECK(parse("--delimiter==") == STATUS_OK && settings.delimiter == '=');
    CHECK(parse("--target=") == STATUS_OK && settings.target[0] == '\0');
    CHECK(parse("--losses l7") == STATUS_OK, "choices of a text are for completion only");
    CHECK(parse("--l2 1e300 -j 64 --to json") == STATUS_OK && settings.to == 2);
    CHECK(parse("-j 1e1") == STATUS_OK && settings.threads == 10);
}

static void test_several(void)
{
    CHECK(parse("-ma x --model b --model=c -qm d") == STATUS_OK && settings.models.n == 4 && given[8]);
    for (size_t i = 0; i < 4; i++)
        CHECK(settings.models.text[i][0] == "abcd"[i] && settings.models.text[i][1] == '\0', "%zu", i);
    CHECK(parse("") == STATUS_OK && settings.models.n == 0);
    char line[OPT_TEXTS_MAX * 4 + 8] = "";
    for (size_t i = 0; i <= OPT_TEXTS_MAX; i++)
        strcat(line, "-ma ");
    check_refused(line, "--model: given more than 128 times");
}

static void test_refusals(void)
{
    check_refused("--tagret y", "unknown option '--tagret'; did you mean '--target'?");
    check_refused("--tagret=y", "unknown option '--tagret'; did you mean '--target'?");
    check_refused("--zzzzzzzz", "unknown option '--zzzzzzzz'");
    check_refused("-qz", "unknown option '-z'");
    check_refused("--=3", "unknown option '--=3'");
    check_refused("---", "unknown option '---'");
    check_refused("--ta\x1b[31m", "unknown option '--ta\\x1b[31m'");
    check_refused("--t 3", "ambiguous option '--t': '--threads', '--target' or '--to'");
    check_refused("--l 3", "ambiguous option '--l': '--l2' or '--losses'");
    check_refused("--l2", "--l2 requires a value");
    check_refused("-qj", "-j requires a value");
    check_refused("--quiet=yes", "--quiet takes no value");
    check_refused("--l2 abc", "--l2: invalid value 'abc': expected a number");
    check_refused("--l2=", "--l2: invalid value '': expected a number");
    check_refused("--l2 nan", "--l2: invalid value 'nan': expected a number");
    check_refused("--l2 0x10", "--l2: invalid value '0x10': expected a number");
    check_refused("--l2 -1", "--l2: invalid value '-1': expected a number of at least 0");
    check_refused("--l2 inf", "--l2: invalid value 'inf': expected a finite number");
    check_refused("-j 0", "--threads: invalid value '0': expected a number of at least 1");
    check_refused("-j 65", "--threads: invalid value '65': expected a number of at most 64");
    check_refused("-j -3", "--threads: invalid value '-3': expected a number of at least 1");
    check_refused("-j 1e30", "--threads: invalid value '1e30': expected a number of at most 64");
    check_refused("-j 2.5", "--threads: invalid value '2.5': expected a whole number");
    check_refused("--to xml", "--to: invalid value 'xml': expected csv, tsv or json");
    check_refused("--to cvs", "--to: invalid value 'cvs': expected csv, tsv or json; did you mean 'csv'?");
    check_refused("--to=", "--to: invalid value '': expected csv, tsv or json");
    check_refused("-d ab",
                  "--delimiter: invalid value 'ab': expected one character, neither a quote nor a line end, or 'tab'");
    check_refused("-d ''",
                  "--delimiter: invalid value '': expected one character, neither a quote nor a line end, or 'tab'");
}

static void test_takes_next(void)
{
    static const char *const taking[] = {"-j", "-qj", "--l2", "--th", "--target", "-d"};
    static const char *const alone[] = {"-",       "--",  "-q",    "-qv", "-j4", "-jq", "--l2=3",
                                        "--quiet", "--t", "--xyz", "-z",  "-zj", "x",   ""};
    for (size_t i = 0; i < sizeof taking / sizeof *taking; i++)
        CHECK(opt_takes_next(rows, ROWS, taking[i]), "%s", taking[i]);
    for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
        CHECK(!opt_takes_next(rows, ROWS, alone[i]), "%s", alone[i]);
}

static void test_required(void)
{
    struct opt table[2] = {rows[2], rows[0]};
    bool have[2] = {true, false};
    table[0].required = true;
    CHECK(opt_check_required(table, 2, have, &err) == STATUS_OK);
    have[0] = false;
    CHECK(opt_check_required(table, 2, have, &err) == STATUS_USAGE);
    CHECK(strcmp(err.reason, "missing --target") == 0, "%s", err.reason);
}

static void test_synonyms(void)
{
    check_refused("--json", "unknown option '--json'; did you mean '--to json'?");
    check_refused("--lambda 1", "unknown option '--lambda'; did you mean '--l2'?");
    check_refused("--ridge=1", "unknown option '--ridge'; did you mean '--l2'?");
    check_refused("--C 1", "unknown option '--C'; use --l2 with the value 1/C");
    check_refused("--y a", "unknown option '--y'; did you mean '--target'?");
    check_refused("-n 4", "unknown option '-n'; did you mean '-j'?");
    check_refused("-F ,", "unknown option '-F'; did you mean '-d'?");
    check_refused("--batch-size 1", "unknown option '--batch-size'"); /* there is no --batch */
    check_refused("--table", "unknown option '--table'");             /* nor that format */
    CHECK(parse("--mem 4K") == STATUS_OK && settings.memory == 4096, "an abbreviation of what is meant is accepted");
}

static void check_faulty(struct opt row, const char *reason)
{
    struct opt table[2] = {rows[6], row};
    CHECK(opt_check(table, 2, &err) == STATUS_USAGE && strcmp(err.reason, reason) == 0, "said %s, wanted %s",
          err.reason, reason);
}

static void test_tables(void)
{
    CHECK(opt_check(rows, ROWS, &err) == STATUS_OK, "%s", err.reason);
    struct opt row = rows[6];
    check_faulty(row, "option --quiet: its name is there twice");
    row.name = "silent";
    check_faulty(row, "option --silent: its letter is there twice");
    row.name = "Silent";
    check_faulty(row, "row 1 of the option table has no proper name");
    row = rows[0];
    row.fallback = "x";
    check_faulty(row, "--l2: invalid value 'x': expected a number");
    row.fallback = "-2";
    check_faulty(row, "--l2: invalid value '-2': expected a number of at least 0");
    row.fallback = "1";
    row.max = -1;
    check_faulty(row, "option --l2: its range is empty");
    row = rows[1];
    row.max = 1e300;
    check_faulty(row, "option --threads: a count lies between 0 and 2^53");
    row = rows[0];
    row.help = "penalty.";
    check_faulty(row, "option --l2: its help is missing or ends in a full stop");
    row.help = NULL;
    check_faulty(row, "option --l2: its help is missing or ends in a full stop");
    row = rows[0];
    row.arg = NULL;
    check_faulty(row, "option --l2: flags have no argument, and all others have");
    row = rows[8];
    row.fallback = "one";
    check_faulty(row, "option --model: what may be given several times has no default");
    row = rows[4];
    row.choices = NULL;
    check_faulty(row, "option --to: it has no choices");
    row = rows[4];
    row.fallback = "xml";
    check_faulty(row, "--to: invalid value 'xml': expected csv, tsv or json");
}

static void test_sizes(void)
{
    CHECK(parse("--memory 4G") == STATUS_OK && settings.memory == (size_t)4 << 30);
    CHECK(parse("--memory 1.5K") == STATUS_OK && settings.memory == 1536);
    CHECK(parse("--memory 77") == STATUS_OK && settings.memory == 77);
    CHECK(parse("x") == STATUS_OK && settings.memory == 0);
    CHECK(parse("--memory 0.9") == STATUS_USAGE && parse("--memory K") == STATUS_USAGE &&
          parse("--memory ''") == STATUS_USAGE);
}

enum { MANY = 1000 };

static struct opt_choice numbered(size_t i)
{
    static char names[MANY][8];
    if (i == MANY)
        return (struct opt_choice){NULL, NULL};
    snprintf(names[i], sizeof names[i], "n%zu", i);
    return (struct opt_choice){names[i], "help"};
}

/* A registry of any size is taken whole, once. */
static void test_choices_of_registries(void)
{
    static const struct opt_choice *made; /* kept until the end, as a command keeps it */
    const struct opt_choice *choices = opt_choices_make(&made, numbered);
    CHECK(made == choices && opt_choices_make(&made, numbered) == choices);
    size_t n = 0;
    while (choices[n].name != NULL)
        n++;
    CHECK(n == MANY && strcmp(choices[MANY - 1].name, "n999") == 0, "%zu", n);
}

int main(void)
{
    test_fallbacks();
    test_spellings();
    test_operands();
    test_values();
    test_several();
    test_refusals();
    test_synonyms();
    test_takes_next();
    test_required();
    test_tables();
    test_sizes();
    test_choices_of_registries();
    return test_report("opt");
}
