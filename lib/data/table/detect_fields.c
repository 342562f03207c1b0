/* The separator of fields and the quotes around them, by which the records come out alike and the cells clean.
 *
 * 1. try_quotes: a separator is tried with the quotes that the text may have: doubled quotes, escaped by a backslash,
 *    loose ones; double or single. The first one without a fault is taken.
 * 2. rate: records of the width w that most have, as a fraction of all, times (w - 1)/w, times the fraction of cells
 *    that no other separator would split. This is the consistency measure of van den Burg, Nazabal and Sutton 2019
 *    (Wrangling messy CSV files by detecting row and type patterns, eq. 1), with fewer types.
 * 3. detect_fields: the separator that the first record shows is kept unless another one is better by far. */

#include "data/table/detect_state.h"

#include <string.h>

enum { RATED_BYTES = 1 << 16 };

struct rating {
    struct dialect dialect;
    double rate, clean;
    size_t width, rows, common; /* common: records of that width */
    size_t faults;
};

/* Whether the field stands in quotes. */
static bool is_quoted(const struct sample *s, size_t i, char quote)
{
    return s->begin[i] > 0 && s->text[s->begin[i] - 1] == quote;
}

static double clean_fraction(const struct detect *d, const struct sample *s, char quote)
{
    size_t dirty = 0;
    for (size_t i = 0; i < s->fields; i++) {
        struct slice cell = {s->text + s->begin[i], s->end[i] - s->begin[i]};
        dirty += !is_quoted(s, i, quote) && detect_cell(d->missing, cell) == CELL_DIRTY;
    }
    return s->fields > 0 ? 1 - (double)dirty / (double)s->fields : 0;
}

static struct rating rate(const struct detect *d, const struct dialect *dialect)
{
    struct slice text = {d->text.p, d->text.n < RATED_BYTES ? d->text.n : RATED_BYTES};
    struct sample s = {.text = NULL};
    struct rating r = {.dialect = *dialect};
    sample_split(&s, dialect, text, d->is_whole && text.n == d->text.n, DETECT_MOST);
    r.rows = s.rows;
    r.faults = s.faults;
    r.width = sample_mode(&s, 0, &r.common);
    if (s.rows > 0 && r.width > 0) {
        double width = (double)r.width, alike = (double)r.common / (double)s.rows;
        r.clean = clean_fraction(d, &s, dialect->quote != '\0' ? dialect->quote : '"');
        r.rate = alike * (r.width > 1 ? (width - 1) / width : 0.01) * r.clean;
        r.rate *= 1 - 0.5 * (double)r.faults / (double)r.rows;
    }
    sample_free(&s);
    return r;
}

static bool contains(struct slice text, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = text.p; text.n >= n && (p = memchr(p, word[0], text.n - (size_t)(p - text.p))) != NULL; p++)
        if ((size_t)(p - text.p) + n <= text.n && memcmp(p, word, n) == 0)
            return true;
    return false;
}

/* Whether single quotes stand around fields: behind and before this separator. */
static bool may_be_single(const struct detect *d, char delimiter)
{
    char open[3] = {delimiter, '\'', '\0'}, close[3] = {'\'', delimiter, '\0'};
    return delimiter != '\0' && contains(d->text, open) && (contains(d->text, close) || contains(d->text, "'\n"));
}

/* The dialect with those quotes, if they were not given otherwise. */
static struct rating try_quotes(const struct detect *d, struct dialect dialect)
{
    const struct dialect *given = d->given;
    if (given->quote == DIALECT_NO_QUOTE)
        return rate(d, &dialect);
    struct rating best = rate(d, &dialect);
    if (given->escape == DIALECT_ESCAPE_AUTO && contains(d->text, "\\\"") && best.faults > 0) {
        dialect.escape = DIALECT_ESCAPE_BACKSLASH;
        struct rating other = rate(d, &dialect);
        best = other.faults < best.faults ? other : best;
        dialect.escape = best.dialect.escape;
    }
    if (given->quote == '\0' && may_be_single(d, dialect.delimiter)) {
        struct dialect single = dialect;
        single.quote = '\'';
        single.loose_quotes = true;
        struct rating other = rate(d, &single);
        best = other.rate > 1.05 * best.rate ? other : best;
    }
    if (best.faults > 0 && 4 * best.faults <= best.rows && dialect.delimiter != '\0') {
        dialect = best.dialect;
        dialect.loose_quotes = true;
        struct rating other = rate(d, &dialect);
        best = other.rate >= best.rate ? other : best;
    }
    return best;
}

/* A colon separates the parts of times and of names with a colon; a record needs two, and a text. */
static bool is_plausible(const struct rating *r)
{
    return r->width > 1 && (r->dialect.delimiter != ':' || r->width > 2);
}

static void say_fields(struct detect *d)
{
    const struct dialect *g = d->given, *f = d->found;
    if (g->delimiter == '\0' && g->format == DIALECT_AUTO && (f->delimiter == '|' || f->delimiter == ':'))
        detect_say(d->facts, "fields separated by '%c'", f->delimiter);
    if (g->quote == '\0' && f->quote == '\'')
        detect_say(d->facts, "single quotes around fields");
    if (g->escape == DIALECT_ESCAPE_AUTO && f->escape == DIALECT_ESCAPE_BACKSLASH)
        detect_say(d->facts, "quotes escaped by a backslash");
    if (!g->loose_quotes && f->loose_quotes && f->quote != '\'')
        detect_say(d->facts, "stray quotes are text");
}

void detect_fields(struct detect *d)
{
    static const char delimiters[] = {',', ';', '\t', '|', ':', '\0'};
    bool is_free = d->given->format == DIALECT_AUTO && d->given->delimiter == '\0';
    struct rating best = try_quotes(d, *d->found);
    bool is_clear =
        best.rows > 0 && best.width > 1 && best.common == best.rows && best.faults == 0 && !best.dialect.loose_quotes;
    for (size_t i = 0; i < sizeof delimiters && is_free && !is_clear; i++) {
        struct dialect other = *d->found;
        other.delimiter = delimiters[i];
        other.format = other.delimiter == '\t' ? DIALECT_TSV : other.delimiter == '\0' ? DIALECT_TEXT : DIALECT_CSV;
        if (other.delimiter == '\0' && d->given->quote == '\0' && contains(d->text, "\""))
            other.quote = '"';
        bool occurs =
            other.delimiter == '\0' ? contains(d->text, " ") : memchr(d->text.p, other.delimiter, d->text.n) != NULL;
        if (other.delimiter == d->found->delimiter || !occurs)
            continue;
        struct rating r = try_quotes(d, other);
        if (is_plausible(&r) && r.rate > 1.25 * best.rate)
            best = r;
    }
    *d->found = best.dialect;
    say_fields(d);
    sample_split(&d->sample, d->found, d->text, d->is_whole, DETECT_MOST);
    size_t common;
    d->width = sample_mode(&d->sample, 0, &common);
}
