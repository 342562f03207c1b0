/* The lines before a table, and comments among its lines.
 *
 * 1. find_comments: lines that begin with a sign of comments and are no records: they have another width, or text above
 *    or among numbers.
 * 2. find_titles: records at the head that are empty, have one text, or begin with text and have another width than the
 *    table, before records of its width. A record of several fields that data follow at once is a header instead.
 *
 * A header behind the sign of a comment ("# time,value") is kept if it has the width of the table: the lines before it
 * are titles then. */

#include "data/table/detect_state.h"

enum { TITLES_MOST = 100 };

static char first_char(const struct sample *s, size_t row)
{
    return s->text[s->row[row].at];
}

static bool begins_with(const struct sample *s, size_t row, const char *sign)
{
    return first_char(s, row) == sign[0] && (sign[0] != '/' || s->text[s->row[row].at + 1] == '/');
}

/* Records that begin with a sign: all, those that have the width of the table, those before any other record. */
struct head_comments {
    size_t n, records, before, last; /* last: the last one of those before */
};

static struct head_comments count_comments(const struct detect *d, const char *sign)
{
    const struct sample *s = &d->sample;
    struct head_comments c = {0};
    for (size_t row = 0; row < s->rows; row++) {
        if (!begins_with(s, row, sign) || detect_cell_at(d, row, 0) == CELL_EMPTY)
            continue;
        c.n++;
        c.records += s->row[row].width == d->width && !s->row[row].has_fault;
        if (row == c.before)
            c.last = c.before++;
    }
    return c;
}

/* Whether the first column has values of a type in the records that do not begin with the sign. */
static bool is_typed_without(const struct detect *d, const char *sign)
{
    size_t typed = 0, texts = 0;
    for (size_t row = 0; row < d->sample.rows; row++) {
        if (begins_with(&d->sample, row, sign))
            continue;
        bool is_typed = detect_is_typed(detect_cell_at(d, row, 0));
        typed += is_typed;
        texts += !is_typed;
    }
    return typed > 0 && typed >= 4 * texts;
}

/* Whether the first field of a record is more than signs: "#id", but not "# id" between blanks. */
static bool has_name(const struct detect *d, size_t row)
{
    struct slice field = sample_field(&d->sample, row, 0);
    size_t n = 0;
    while (n < field.n && field.p[n] == field.p[0])
        n++;
    return n < field.n;
}

/* Whether the records that begin with the sign are comments. Some signs begin values, too: they need more evidence. */
static bool are_comments(const struct detect *d, const char *sign, const struct head_comments *c)
{
    size_t comments = c->n - c->records;
    bool is_usual = sign[0] == '#' || sign[0] == '%';
    if (c->n == 0 || c->n == d->sample.rows || sign[0] == d->found->delimiter)
        return false;
    if (d->width == 1)
        return c->n > 1 ? is_typed_without(d, sign) : false;
    bool has_names = c->before > 0 && has_name(d, c->last);
    if (c->records == 0 || (c->before == c->n && !has_names))
        return is_usual || c->before == c->n || comments > 1;
    bool is_header = c->records == 1 && c->before > 0 && d->sample.row[c->last].width == d->width && has_names;
    return !is_header && comments > 0 && is_typed_without(d, sign);
}

static void find_comments(struct detect *d)
{
    static const char *const signs[] = {"#", "%", "!", ";", "*", "/"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs && d->given->comments == NULL; i++) {
        struct head_comments c = count_comments(d, signs[i]);
        if (!are_comments(d, signs[i], &c))
            continue;
        d->found->comments = signs[i];
        detect_say(d->facts, "%zu comment line%s skipped", c.n, c.n == 1 ? " is" : "s are");
        detect_split(d);
        return;
    }
}

static size_t count_values(const struct detect *d, size_t row)
{
    size_t n = 0;
    for (size_t f = 0; f < d->sample.row[row].width; f++)
        n += sample_field(&d->sample, row, f).n > 0;
    return n;
}

static size_t first_value(const struct detect *d, size_t row)
{
    size_t f = 0;
    while (f + 1 < d->sample.row[row].width && sample_field(&d->sample, row, f).n == 0)
        f++;
    return f;
}

static size_t count_typed(const struct detect *d, size_t row)
{
    size_t n = 0;
    for (size_t f = 0; f < d->sample.row[row].width; f++)
        n += detect_is_typed(detect_cell_at(d, row, f));
    return n;
}

/* Whether a record has the width of the table; a delimiter may end it, or the header lack the first name. */
static bool is_of_table(const struct detect *d, size_t row)
{
    size_t width = d->sample.row[row].width;
    return width == d->width || (width == d->width + 1 && sample_field(&d->sample, row, d->width).n == 0) ||
           (width > 1 && width + 1 == d->width && count_typed(d, row) == 0);
}

/* Whether the record may be a title: empty, one text, or fields of another number than the table's that begin with text
 * and are text for the most part. */
static bool is_title(const struct detect *d, size_t row)
{
    size_t width = d->sample.row[row].width, values = count_values(d, row), typed = count_typed(d, row);
    if (values == 0)
        return true;
    enum detect_cell first = detect_cell_at(d, row, values == 1 ? first_value(d, row) : 0);
    if (first == CELL_NUMBER || first == CELL_EMPTY)
        return false;
    bool is_padded = values == 1 && d->width > 2;
    return (is_padded || !is_of_table(d, row)) && 2 * typed <= width;
}

/* Whether blank lines stand between a record and the next one. */
static bool is_apart(const struct detect *d, size_t row)
{
    return d->sample.row[row + 1].line > d->sample.row[row].line + 1;
}

/* A short first line before two columns is a title, or a header that names one of them. */
static enum status refuse_title(const struct detect *d, struct err *err)
{
    err_data(err, "the line has one field and those behind it have %zu: it is a title, or a header that lacks a name",
             d->width);
    err_because(err, ERR_TITLE, NULL);
    return err_at(err, "", d->sample.row[0].line + d->lines_before);
}

/* Number of titles at the head, 0 if what stands there is none beyond doubt. */
static size_t count_titles(const struct detect *d)
{
    const struct sample *s = &d->sample;
    size_t titles = 0;
    while (titles < TITLES_MOST && titles < s->rows && is_title(d, titles))
        titles++;
    bool is_table = titles < s->rows && is_of_table(d, titles) && (titles + 1 == s->rows || is_of_table(d, titles + 1));
    if (titles == 0 || !is_table)
        return 0;
    size_t last = titles - 1;
    bool is_alone = s->row[last].width == 1 || count_values(d, last) == 0;
    return count_typed(d, titles) == 0 || is_alone || is_apart(d, last) ? titles : 0;
}

static enum status find_titles(struct detect *d, struct err *err)
{
    const struct sample *s = &d->sample;
    if (d->given->skip_lines_given || d->width < 2)
        return STATUS_OK;
    size_t titles = count_titles(d);
    if (titles == 0)
        return STATUS_OK;
    if (titles == 1 && d->width == 2 && s->row[0].width == 1 && d->given->header != DIALECT_HEADER_NO &&
        count_typed(d, 1) > 0 && !is_apart(d, 0))
        return d->given->header == DIALECT_HEADER_YES ? STATUS_OK : refuse_title(d, err);
    size_t lines = s->row[titles].line - 1;
    d->found->skip_lines += lines;
    detect_say(d->facts, "%zu title line%s skipped", lines, lines == 1 ? " is" : "s are");
    detect_split(d);
    return STATUS_OK;
}

enum status detect_head(struct detect *d, struct err *err)
{
    find_comments(d);
    return find_titles(d, err);
}
