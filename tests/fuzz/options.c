/* A command line, one word per line, is parsed by a table with an option of every type. What is refused has a reason
 * and the status of a usage error. What is accepted lies within the bounds of the table, and means the same when it is
 * written out again as "--name=value" for every option given, then "--" and the operands. */

#include "base/mem.h"
#include "cli/opt.h"
#include "fuzz.h"

#include <string.h>

enum { MAX = 512, WORDS = 64, ROWS = 8, WRITTEN = MAX + 64 };

struct settings {
    double l2;
    size_t threads, memory;
    const char *target;
    int to;
    char delimiter;
    bool quiet;
    struct opt_texts models;
};

static const struct opt_choice formats[] = {{"csv", "commas"}, {"tsv", "tabs"}, {"table", "columns"}, {NULL, NULL}};

/* clang-format off */
static const struct opt table[ROWS] = {
    { REAL(struct settings, l2), .letter = 'r', .name = "l2", .arg = "LAMBDA", .fallback = "0.5", .min = 0,
      .max = 1e9 },
    { COUNT(struct settings, threads), .letter = 'j', .name = "threads", .arg = "N", .min = 1, .max = 64 },
    { SIZE(struct settings, memory), .name = "memory", .arg = "SIZE" },
    { TEXT(struct settings, target), .letter = 't', .name = "target", .arg = "COLUMN" },
    { CHOICE(struct settings, to), .name = "to", .arg = "FORMAT", .fallback = "tsv", .choices = formats },
    { CHAR(struct settings, delimiter), .letter = 'd', .name = "delimiter", .arg = "CHAR" },
    { FLAG(struct settings, quiet), .letter = 'q', .name = "quiet" },
    { TEXTS(struct settings, models), .letter = 'm', .name = "model", .arg = "MODEL" },
};
/* clang-format on */

struct line {
    struct settings settings;
    const char *words[2 * WORDS], *operands[2 * WORDS];
    size_t n, n_operands;
    bool given[ROWS];
};

static enum status parse(struct line *line, struct err *err)
{
    return opt_parse(table, ROWS, &line->settings, (int)line->n, line->words, line->operands, &line->n_operands,
                     line->given, err);
}

static void lies_within_the_table(const struct line *line)
{
    const struct settings *s = &line->settings;
    demand(s->l2 >= 0 && s->l2 <= 1e9, "a real number lies within its bounds");
    demand(!line->given[1] || (s->threads >= 1 && s->threads <= 64), "a count lies within its bounds");
    demand(!line->given[2] || s->memory >= 1, "a size is 1 at least");
    demand(!line->given[3] || s->target != NULL, "a text is there");
    demand(s->to >= 0 && s->to <= 2, "a choice is one of the choices");
    demand(!line->given[5] || s->delimiter != '\0', "a delimiter is a byte");
    demand(s->models.n <= OPT_TEXTS_MAX && line->given[7] == (s->models.n > 0), "texts are counted");
    demand(line->n_operands <= line->n, "operands are words of the command line");
}

static void add(struct line *line, const char *format, const char *value)
{
    char *word = mem_alloc(WRITTEN, 1);
    snprintf(word, WRITTEN, format, value);
    line->words[line->n++] = word;
}

static void add_number(struct line *line, const char *format, double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.17g", value);
    add(line, format, text);
}

/* Writes `from` out in full. */
static void write_out(struct line *line, const struct line *from)
{
    const struct settings *s = &from->settings;
    if (from->given[0])
        add_number(line, "--l2=%s", s->l2);
    if (from->given[1])
        add_number(line, "--threads=%s", (double)s->threads);
    if (from->given[3])
        add(line, "--target=%s", s->target);
    if (from->given[4])
        add(line, "--to=%s", formats[s->to].name);
    if (from->given[5])
        add(line, "--delimiter=%s", (const char[]){s->delimiter, '\0'});
    if (from->given[6])
        add(line, "--%s", "quiet");
    for (size_t i = 0; i < s->models.n; i++)
        add(line, "--model=%s", s->models.text[i]);
    add(line, "-%s", "-");
    for (size_t i = 0; i < from->n_operands; i++)
        add(line, "%s", from->operands[i]);
}

static void means_the_same(const struct line *a, const struct line *b)
{
    const struct settings *s = &a->settings, *t = &b->settings;
    demand(s->l2 == t->l2 && s->threads == t->threads && s->to == t->to && s->delimiter == t->delimiter &&
               s->quiet == t->quiet,
           "values are the same when they are written out");
    demand(!a->given[3] || strcmp(s->target, t->target) == 0, "a text is the same when it is written out");
    demand(s->models.n == t->models.n && a->n_operands == b->n_operands, "no text and no operand is lost");
    for (size_t i = 0; i < s->models.n; i++)
        demand(strcmp(s->models.text[i], t->models.text[i]) == 0, "texts keep their order");
    for (size_t i = 0; i < a->n_operands; i++)
        demand(strcmp(a->operands[i], b->operands[i]) == 0, "operands keep their order");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > MAX)
        return 0;
    char text[MAX + 1];
    memcpy(text, data, size);
    text[size] = '\0';
    struct line line = {0}, again = {0};
    struct err err = {0};
    char *rest = text;
    for (char *word; line.n < WORDS && (word = strtok_r(rest, "\n", &rest)) != NULL;)
        line.words[line.n++] = word;
    enum status status = parse(&line, &err);
    if (status != STATUS_OK) {
        demand(status == STATUS_USAGE && err.reason[0] != '\0', "what is refused has a reason");
        return 0;
    }
    lies_within_the_table(&line);
    write_out(&again, &line);
    demand(parse(&again, &err) == STATUS_OK, "what is written out is accepted");
    means_the_same(&line, &again);
    for (size_t i = 0; i < again.n; i++)
        free((char *)again.words[i]);
    return 0;
}
