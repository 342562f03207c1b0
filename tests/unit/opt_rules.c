/* Rules between options, held against messages written by hand. */

#include "cli/opt_rules.h"

#include "test.h"

#include <string.h>

struct settings {
    double l2;
    const char *loss, *offset, *labels;
    int solver;
    bool errors;
};

static const struct opt_choice solvers[] = {{"auto", "chosen"}, {"newton", "fast"}, {"online", "once"}, {NULL, NULL}};

static const struct opt_choice *losses(void)
{
    static const struct opt_choice names[] = {{"l2", "squared"}, {"huber:DELTA", "both"}, {NULL, NULL}};
    return names;
}

/* clang-format off */
static const struct opt rows[] = {
    {REAL(struct settings, l2), .name = "l2", .arg = "LAMBDA", .min = 0, .max = 1e300, .help = "penalty"},
    {TEXT(struct settings, loss), .name = "loss", .arg = "LOSS", .fallback = "l2", .choices_of = losses,
     .help = "loss"},
    {TEXT(struct settings, offset), .name = "offset", .arg = "COLUMN", .help = "offset"},
    {TEXT(struct settings, labels), .name = "labels", .arg = "LIST", .help = "labels"},
    {CHOICE(struct settings, solver), .name = "solver", .arg = "NAME", .fallback = "auto", .choices = solvers,
     .help = "solver"},
    {FLAG(struct settings, errors), .name = "errors", .help = "errors"},
};

static const struct opt_rule rules[] = {
    OPT_REQUIRES("--errors", "--solver auto|--solver newton|--labels"),
    OPT_EXCLUDES_HINT("--errors|--labels", "--l2>0|--loss huber", ", which is biased"),
    OPT_REQUIRES_WITH("--offset", "--solver online", "--labels", "; list them"),
    OPT_RULES_END,
};
/* clang-format on */
enum { ROWS = sizeof rows / sizeof *rows, WORDS = 16 };

/* The message about blank-separated options; "" if none is refused. */
static const char *message(const char *line)
{
    static struct err err;
    static char text[128];
    struct settings settings = {0};
    const char *words[WORDS], *operands[WORDS];
    bool given[ROWS] = {false};
    size_t n_operands;
    int n = 0;
    err = (struct err){0};
    snprintf(text, sizeof text, "%s", line);
    for (char *rest = text, *word; (word = strtok_r(rest, " ", &rest)) != NULL;)
        words[n++] = word;
    if (opt_parse(rows, ROWS, &settings, n, words, operands, &n_operands, given, &err) == STATUS_OK)
        opt_rules_check(rules, rows, ROWS, &settings, given, &err);
    return err.reason;
}

static void check(const char *line, const char *expected)
{
    const char *actual = message(line);
    CHECK(strcmp(actual, expected) == 0, "'%s': %s", line, actual);
}

static void check_rules(void)
{
    check("", "");
    check("--errors", "");
    check("--errors --solver newton", "");
    check("--errors --solver online", "--errors requires --solver auto, --solver newton or --labels");
    check("--errors --solver online --labels a", "");
    check("--errors --l2 1", "--errors cannot be used with --l2, which is biased");
    check("--errors --l2 0", "");
    check("--labels a --loss huber:2", "--labels cannot be used with --loss huber, which is biased");
    check("--labels a --loss hubert", "");
    check("--offset o", "");
    check("--offset o --solver online", "--offset with --solver online requires --labels; list them");
    check("--offset o --solver online --labels a", "");
}

/* A rule must not name what the table lacks. */
static void check_verification(void)
{
    static const char *const wrong[] = {"--l3", "--solver sgd", "--loss l1", "--labels>0", "--l2 0"};
    struct err err = {0};
    CHECK(opt_rules_verify(rules, rows, ROWS, &err) == STATUS_OK, "%s", err.reason);
    CHECK(opt_rules_verify(NULL, rows, ROWS, &err) == STATUS_OK, "%s", err.reason);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const struct opt_rule bad[] = {OPT_EXCLUDES("--errors", wrong[i]), OPT_RULES_END};
        CHECK(opt_rules_verify(bad, rows, ROWS, &err) == STATUS_USAGE, "%s", wrong[i]);
    }
}

static void check_examples(void)
{
    static const char expected[] = "--errors requires --solver auto, --solver newton or --labels\t--errors \n"
                                   "--errors cannot be used with --l2\t--errors --l2 1 \n"
                                   "--errors cannot be used with --loss huber\t--errors --loss huber \n"
                                   "--labels cannot be used with --l2\t--labels 1 --l2 1 \n"
                                   "--labels cannot be used with --loss huber\t--labels 1 --loss huber \n"
                                   "--offset with --solver online requires --labels\t--offset 1 --solver online \n";
    struct buffer text = {0};
    opt_rules_examples(rules, rows, ROWS, &text);
    CHECK(strcmp(buffer_text(&text), expected) == 0, "%s", buffer_text(&text));
    buffer_free(&text);
}

int main(void)
{
    check_rules();
    check_verification();
    check_examples();
    return test_report("opt_rules");
}
