/* The separator of fields and the quotes around them, by which records come out alike and cells clean.
 *
 * 1. The separator that the first record shows is kept if all records have the same width by it, two fields at least,
 *    no quote is wrong and no cell has another separator or a marked number in it (is_plain). So plain CSV and TSV are
 *    known after one pass.
 * 2. Else each separator is rated (rate_all), with the quotes under which it fares best (try_quotes): '"' or, if that
 *    fits better, a single quote; doubled or with a backslash; loose ones where quotes are wrong. A rating is the part
 *    of the records of the width that most have, times the part of their cells that are clean, as the consistency of
 *    van den Burg, Nazabal and Sutton 2019 (Wrangling messy CSV files by detecting row and type patterns, sec. 3) is
 *    the product of a pattern score and a type score.
 *    Lines that begin as comments do are left out of a rating.
 * 3. One column, by a separator that does not occur, is the reading of last resort.
 * 4. Two ratings within a few per cent of each other are an error where numbers have marks (refuse_rivals).
 *
 * Time: one pass over RATED_BYTES at most per separator and kind of quotes. */

#include "data/table/detect_state.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { RATED_BYTES = 1 << 16, RATED_ROWS = 300, FEW_RECORDS = 4 };

/* Of one column; of records of which most have another width; of the reading that the first record shows. */
#define ONE_COLUMN 0.3
#define UNLIKE 0.3
#define FIRST_RECORD 1.03

struct rating {
    struct dialect dialect;
    double rate;
    size_t width, rows, alike; /* alike: records of that width */
    bool is_first_alike;       /* the first record has it */
    size_t faults, unclosed;   /* of quotes */
    size_t cells, dirty, marked, typed;
    size_t single_cut;            /* cells that only begin, or only end, with a single quote */
    size_t single, single_closed; /* cells that begin, and also end, with a single quote; the same for '"' */
    size_t twofold, twofold_closed;
};

static bool is_quoted(const struct sample *s, size_t i, char quote)
{
    return s->begin[i] > 0 && s->text[s->begin[i] - 1] == quote;
}

static void count_quotes(struct slice cell, char quote, size_t *opened, size_t *closed)
{
    bool opens = cell.n > 0 && cell.p[0] == quote;
    *opened += opens;
    *closed += opens && cell.n > 1 && cell.p[cell.n - 1] == quote;
}

/* Whether the cell has one of two quotes, so that the separators cut what is quoted. */
static bool cuts_quotes(struct slice cell, char quote)
{
    return cell.n > 0 && (cell.p[0] == quote) != (cell.p[cell.n - 1] == quote && cell.n > 1);
}

static void rate_cells(const struct detect *d, const struct sample *s, struct rating *r)
{
    char quote = r->dialect.quote != '\0' ? r->dialect.quote : '"';
    bool is_blank = r->dialect.delimiter == '\0';
    for (size_t row = 0; row < s->rows; row++) {
        size_t first = s->row[row].first;
        for (size_t i = first; s->row[row].width == r->width && i < first + r->width; i++) {
            struct slice cell = {s->text + s->begin[i], s->end[i] - s->begin[i]};
            r->cells++;
            enum detect_cell kind = detect_cell(d->missing, cell);
            r->typed += detect_is_typed(kind);
            if (is_quoted(s, i, quote))
                continue;
            r->dirty += kind == CELL_DIRTY || (is_blank && cuts_quotes(cell, '"'));
            r->marked += kind == CELL_MARKED;
            count_quotes(cell, '\'', &r->single, &r->single_closed);
            r->single_cut += cuts_quotes(cell, '\'');
            count_quotes(cell, '"', &r->twofold, &r->twofold_closed);
        }
    }
}

/* Records that have the width w of most or stand for one: the header may lack a field or have one more, and a delimiter
 * may end a record. */
static size_t count_alike(const struct sample *s, size_t width)
{
    size_t alike = 0;
    for (size_t row = 0; row < s->rows; row++) {
        size_t found = s->row[row].width;
        bool has_empty_end = found == width + 1 && sample_field(s, row, width).n == 0;
        alike += found == width || (width > 1 && (has_empty_end || (row == 0 && found > 1 && found + 1 == width)));
    }
    return alike;
}

static struct rating rate(const struct detect *d, const struct dialect *dialect)
{
    struct slice text = {d->text.p, d->text.n < RATED_BYTES ? d->text.n : RATED_BYTES};
    struct sample s = {.text = NULL};
    struct rating r = {.dialect = *dialect};
    size_t common;
    r.dialect.comments = dialect->comments == NULL ? "#%" : dialect->comments;
    sample_split(&s, &r.dialect, text, d->is_whole && text.n == d->text.n, RATED_ROWS);
    r.dialect.comments = dialect->comments;
    r.rows = s.rows;
    r.faults = s.faults;
    r.unclosed = s.unclosed;
    r.width = sample_mode(&s, 0, &common);
    r.alike = count_alike(&s, r.width);
    rate_cells(d, &s, &r);
    if (r.cells > 0) {
        double alike = (double)r.alike / (double)r.rows;
        r.rate = alike * (1 - (double)r.dirty / (double)r.cells) * (1 - 0.5 * (double)r.faults / (double)r.rows);
        r.rate *= r.width == 1 && r.typed + 1 < r.cells ? ONE_COLUMN : 1;
        r.is_first_alike = s.row[0].width == r.width;
        r.rate *= alike < (dialect->delimiter == '\0' ? 0.8 : 0.5) ? UNLIKE : 1;
    }
    sample_free(&s);
    return r;
}

static bool contains(struct slice text, char first, char second)
{
    for (const char *p = text.p, *end = text.p + text.n; (p = memchr(p, first, (size_t)(end - p))) != NULL; p++)
        if (p + 1 < end && p[1] == second)
            return true;
    return false;
}

static bool is_better(const struct rating *a, const struct rating *b)
{
    return a->faults < b->faults || (a->faults == b->faults && a->rate > b->rate);
}

/* Whether a quote stands around fields, and never at their begin alone. */
static bool encloses(const struct rating *r, char quote)
{
    size_t opened = quote == '"' ? r->twofold : r->single, closed = quote == '"' ? r->twofold_closed : r->single_closed;
    return opened > 1 && opened == closed;
}

static void try_quote(const struct detect *d, char quote, struct rating *best)
{
    struct dialect dialect = best->dialect;
    bool opens = d->text.n > 0 && d->text.p[0] == quote;
    opens |=
        contains(d->text, '\n', quote) || contains(d->text, dialect.delimiter == '\0' ? ' ' : dialect.delimiter, quote);
    if (!opens)
        return;
    dialect.quote = quote;
    dialect.loose_quotes = quote == '\'';
    struct rating other = rate(d, &dialect);
    bool mends = quote == '\'' && best->single_cut > 1 && other.single_cut == 0;
    bool is_right = other.rate > 1.05 * best->rate || (other.rate >= best->rate && (mends || encloses(best, quote)));
    if (other.faults == 0 && is_right)
        *best = other;
}

static void try_escape(const struct detect *d, struct rating *best)
{
    struct dialect dialect = best->dialect;
    if (!contains(d->text, '\\', '"') && !contains(d->text, '\\', dialect.delimiter))
        return;
    dialect.escape = DIALECT_ESCAPE_BACKSLASH;
    struct rating other = rate(d, &dialect);
    if (is_better(&other, best))
        *best = other;
}

/* The rating with the quotes that suit the text best, as far as they are not given. */
static struct rating try_quotes(const struct detect *d, struct dialect dialect)
{
    const struct dialect *given = d->given;
    struct rating best = rate(d, &dialect);
    if (given->quote == DIALECT_NO_QUOTE || best.rows == 0)
        return best;
    if (given->quote == '\0' && dialect.delimiter == '\0')
        try_quote(d, '"', &best);
    if (given->quote == '\0')
        try_quote(d, '\'', &best);
    if (given->escape == DIALECT_ESCAPE_AUTO && (best.faults > 0 || best.alike < best.rows))
        try_escape(d, &best);
    if (best.faults > 0 && dialect.delimiter != '\0') {
        dialect = best.dialect;
        dialect.loose_quotes = true;
        struct rating other = rate(d, &dialect);
        bool is_sure = best.faults > best.unclosed || (other.alike == other.rows && other.rows > FEW_RECORDS);
        if (is_sure && is_better(&other, &best))
            best = other;
    }
    return best;
}

/* Whether the reading is that of plain text, beyond doubt. */
static bool is_plain(const struct rating *r)
{
    return r->width > 1 && r->alike == r->rows && r->faults == 0 && r->dirty == 0 && r->marked == 0 && r->single == 0 &&
           r->dialect.delimiter != '\0';
}

static struct dialect with_delimiter(const struct detect *d, char delimiter)
{
    struct dialect dialect = *d->found;
    dialect.delimiter = delimiter;
    dialect.min_blanks = 0;
    dialect.format = delimiter == '\t' ? DIALECT_TSV : delimiter == '\0' ? DIALECT_TEXT : DIALECT_CSV;
    return dialect;
}

/* Colons separate parts of times, and of names that have a colon: they need three fields, and no other reading. */
static bool is_plausible(const struct rating *r, const struct rating *best)
{
    return r->rate > 0 && (r->dialect.delimiter != ':' ||
                           (r->width > 2 && r->alike == r->rows && best->width == 1 && best->marked == 0));
}

/* Rates all separators; best first, then second, of another separator. */
static void rate_all(const struct detect *d, struct rating *best, struct rating *second)
{
    static const char delimiters[] = {',', ';', '\t', '|', '\0', ':'};
    char first = best->dialect.delimiter, unused = '\n';
    best->rate *= best->is_first_alike ? FIRST_RECORD : 1;
    for (size_t i = 0; i < sizeof delimiters; i++) {
        char delimiter = delimiters[i];
        bool occurs = memchr(d->text.p, delimiter == '\0' ? ' ' : delimiter, d->text.n) != NULL;
        unused = !occurs && unused == '\n' ? delimiter : unused;
        if (delimiter == first || !occurs || (delimiter == ',' && d->given->decimal == ','))
            continue;
        struct rating r = try_quotes(d, with_delimiter(d, delimiter));
        if (!is_plausible(&r, best))
            continue;
        if (r.rate > best->rate)
            *second = *best, *best = r;
        else if (r.rate > second->rate)
            *second = r;
    }
    if (best->width == 1 || d->given->ragged != DIALECT_RAGGED_AUTO || unused == '\n' || unused == '\0' ||
        unused == ':')
        return;
    struct rating one = try_quotes(d, with_delimiter(d, unused));
    if (one.rate > best->rate && 5 * one.dirty <= one.cells) {
        *second = *best;
        *best = one;
    }
}

static const char *name_of(char delimiter)
{
    static const char *const names[] = {",", "commas", ";", "semicolons", "\t", "tabs", "|", "bars", ":", "colons"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i += 2)
        if (delimiter == names[i][0])
            return names[i + 1];
    return "blanks";
}

static void say_fields(const struct detect *d, char first)
{
    const struct dialect *g = d->given, *f = d->found;
    bool is_given = g->delimiter != '\0' || g->format != DIALECT_AUTO;
    if (!is_given && (f->delimiter == '|' || f->delimiter == ':' || f->delimiter != first))
        detect_say(d->facts, "fields separated by %s", name_of(f->delimiter));
    if (g->quote == '\0' && f->quote == '\'')
        detect_say(d->facts, "single quotes around fields");
    if (g->quote == '\0' && f->quote == '"' && f->delimiter == '\0')
        detect_say(d->facts, "quotes around fields");
    if (g->escape == DIALECT_ESCAPE_AUTO && f->escape == DIALECT_ESCAPE_BACKSLASH)
        detect_say(d->facts, "characters escaped by a backslash");
    if (!g->loose_quotes && f->loose_quotes && f->quote != '\'')
        detect_say(d->facts, "stray quotes are text");
}

static enum status refuse_rivals(const struct rating *a, const struct rating *b, struct err *err)
{
    err_data(err, "the fields may be separated by %s (%zu in most lines) or by %s (%zu)", name_of(a->dialect.delimiter),
             a->width, name_of(b->dialect.delimiter), b->width);
    return err_because(err, ERR_DELIMITER, NULL);
}

static enum status refuse_commas(const struct rating *commas, struct err *err)
{
    err_data(err, "commas may separate the fields (%zu in most lines) or be decimal marks of one column",
             commas->width);
    return err_because(err, ERR_DELIMITER, NULL);
}

enum status detect_fields(struct detect *d, struct err *err)
{
    bool is_free = d->given->format == DIALECT_AUTO && d->given->delimiter == '\0';
    char first = d->found->delimiter;
    struct rating best = rate(d, d->found), second = {.rate = 0};
    bool is_decimal = is_free && first == ',' && d->given->decimal == ',';
    if (!is_plain(&best) || is_decimal) {
        best = try_quotes(d, *d->found);
        best.rate *= is_decimal ? 0 : 1;
        if (is_free && (!is_plain(&best) || is_decimal))
            rate_all(d, &best, &second);
    }
    bool is_tab = best.dialect.delimiter == '\t' && second.dialect.delimiter == '\0';
    if (second.rate > 0.97 * best.rate && second.width > 1 && best.width > 1 && best.marked > 0 && !is_tab)
        return refuse_rivals(&best, &second, err);
    if (best.width == 1 && best.marked > 0 && second.dialect.delimiter == ',' && second.is_first_alike &&
        second.width > 1 && second.alike > 1)
        return refuse_commas(&second, err);
    *d->found = best.dialect;
    if (best.width == 1 && first != best.dialect.delimiter && is_free)
        detect_say(d->facts, "one column, as no separator fits all lines");
    else
        say_fields(d, first);
    if (second.rate > 0)
        detect_say(d->evidence, "separator %s rated %.2f, %s %.2f", name_of(best.dialect.delimiter), best.rate,
                   name_of(second.dialect.delimiter), second.rate);
    return STATUS_OK;
}
