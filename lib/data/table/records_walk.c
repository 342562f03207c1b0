/* The fields of records in any dialect, found from mark to mark.
 *
 * 1. scan_set finds the marks of a window of 16 kB: delimiters, line ends, quotes and escapes (next_mark).
 * 2. records_walk_line passes blanks before a record, and tells records from blank lines and comments.
 * 3. records_walk_field goes from mark to mark to the end of a field: walk_quoted, walk_plain, or walk_blanks for
 *    blank-separated text.
 *
 * With '"' as a quote, doubled in quotes, the fields and faults are those of libcsv in strict mode. A backslash, where
 * it is the escape, stands before a quote, a delimiter, a line end or a backslash; before others it is text. Loose
 * quotes: a quote ends its field only before a delimiter or line end, and is text elsewhere; the opening one is text if
 * another field opens before that, if none ends it within RECORDS_LOOSE bytes, or if none does at all.
 *
 * A walk reads each byte once by the widest instructions of the processor, and bytes beside marks and blanks a second
 * time. Memory: 64 kB for the marks of a window, however long a record is. */

#include "data/table/records_walk.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_at(const struct records_walk *w, size_t at, int mark)
{
    return (unsigned char)w->text[at] == mark;
}

static int quote_of(const struct dialect *d)
{
    bool is_none = d->quote == DIALECT_NO_QUOTE || (d->quote == '\0' && d->delimiter == '\0');
    return is_none ? -1 : d->quote == '\0' ? '"' : (unsigned char)d->quote;
}

void records_walk_start(struct records_walk *w, const struct dialect *dialect, const char *text, size_t n)
{
    bool is_text = dialect->delimiter == '\0';
    w->dialect = dialect;
    w->text = text;
    w->n = n;
    w->is_open = false;
    w->delimiter = dialect->delimiter;
    w->quote = quote_of(dialect);
    w->escape = dialect->escape == DIALECT_ESCAPE_BACKSLASH ? '\\' : -1;
    w->mark_i = w->mark_n = w->scanned = 0;
    memset(w->set, '\n', sizeof w->set);
    w->set[1] = '\r';
    w->set[2] = is_text ? ' ' : w->delimiter;
    if (is_text)
        w->set[3] = '\t';
    if (w->quote >= 0)
        w->set[4] = (char)w->quote;
    if (w->escape >= 0)
        w->set[5] = (char)w->escape;
}

/* The first mark at or behind `at`, which is behind those that were asked for before; n if there is none. */
static size_t next_mark(struct records_walk *w, size_t at)
{
    for (;;) {
        for (; w->mark_i < w->mark_n; w->mark_i++)
            if (w->mark[w->mark_i] >= at)
                return w->mark[w->mark_i];
        if (at > w->scanned)
            w->scanned = at;
        if (w->scanned >= w->n)
            return w->n;
        size_t to = w->n - w->scanned > RECORDS_WINDOW ? w->scanned + RECORDS_WINDOW : w->n;
        w->mark_i = 0;
        w->mark_n = scan_set(w->text, w->scanned, to, w->set, w->mark);
        w->scanned = to;
    }
}

/* Offset of the first byte at or behind `at` that is no blank between fields. */
static size_t past_blanks(const struct records_walk *w, size_t at)
{
    while (at < w->n && is_blank(w->text[at]) && w->text[at] != w->delimiter)
        at++;
    return at;
}

bool records_walk_line(struct records_walk *w, size_t *at)
{
    const char *comments = w->dialect->comments;
    *at = past_blanks(w, *at);
    if (records_walk_ends(w, *at))
        return false;
    if (comments == NULL || w->text[*at] == '\0' || strchr(comments, w->text[*at]) == NULL)
        return true;
    while (!records_walk_ends(w, *at = next_mark(w, *at)))
        ++*at;
    return false;
}

/* Offset behind the escape at `at` and the character or line end behind it. */
static size_t past_escape(const struct records_walk *w, size_t at)
{
    return records_walk_ends(w, at + 1) ? records_walk_past_line_end(w, at + 1) : at + 2;
}

static bool set_fault(struct records_found *f, const char *fault, size_t at, size_t next)
{
    f->fault = fault;
    f->fault_at = at;
    f->next = next;
    return true;
}

/* Whether a field in quotes may end before `at`. */
static bool may_end(const struct records_walk *w, size_t at)
{
    return records_walk_ends(w, at) || (w->delimiter == '\0' ? is_blank(w->text[at]) : w->text[at] == w->delimiter);
}

static size_t walk_plain(struct records_walk *w, size_t at, struct records_found *f);

/* A field of plain text, from `at` on, without the blanks behind it. */
static bool walk_text(struct records_walk *w, size_t at, struct records_found *f)
{
    f->begin = at;
    f->next = f->end = walk_plain(w, at, f);
    while (f->end > at && is_blank(w->text[f->end - 1]) && w->text[f->end - 1] != w->delimiter)
        f->end--;
    return true;
}

/* The quote at `opening` is text, as is seen further on: the field is walked again. */
static bool walk_stray(struct records_walk *w, size_t opening, struct records_found *f)
{
    w->mark_i = w->mark_n = 0;
    w->scanned = opening;
    f->is_escaped = false;
    return walk_text(w, opening, f);
}

/* Whether a quote at `at` opens a field: it stands behind a delimiter or line end. */
static bool may_open(const struct records_walk *w, size_t at)
{
    while (at > 0 && is_blank(w->text[at - 1]) && w->text[at - 1] != w->delimiter)
        at--;
    return at == 0 || may_end(w, at - 1);
}

/* Whether the second of two quotes, at `at`, ends its field: the next one opens. */
static bool ends_field(const struct records_walk *w, size_t at)
{
    size_t next = past_blanks(w, at + 1);
    if (next >= w->n || records_walk_ends(w, next))
        return true;
    next = past_blanks(w, next + 1);
    return may_end(w, past_blanks(w, at + 1)) && next < w->n && is_at(w, next, w->quote);
}

/* Whether three quotes at `at` open a field with a quote in it. */
static bool opens_quoted(const struct records_walk *w, size_t at)
{
    return at + 2 < w->n && is_at(w, at + 1, w->quote) && is_at(w, at + 2, w->quote) && may_open(w, at);
}

/* A field whose opening quote is at `at`. */
static bool walk_quoted(struct records_walk *w, size_t at, struct records_found *f)
{
    size_t opening = at++;
    bool is_loose = w->dialect->loose_quotes;
    f->begin = at;
    for (;;) {
        at = next_mark(w, at);
        if (is_loose && (at - opening > RECORDS_LOOSE || (at >= w->n && !w->is_open)))
            return walk_stray(w, opening, f);
        if (at >= w->n)
            return set_fault(f, "the quoted field that begins here is not closed", opening, w->n);
        if (is_at(w, at, w->escape)) {
            f->is_escaped = true;
            at = past_escape(w, at);
            continue;
        }
        if (!is_at(w, at, w->quote)) {
            at++;
            continue;
        }
        if (is_loose && opens_quoted(w, at))
            return walk_stray(w, opening, f);
        if (at + 1 < w->n && is_at(w, at + 1, w->quote) && !(is_loose && ends_field(w, at + 1))) {
            f->is_escaped = true;
            at += 2;
            continue;
        }
        at += at + 1 < w->n && is_at(w, at + 1, w->quote);
        size_t next = past_blanks(w, at + 1);
        if (may_end(w, w->delimiter == '\0' ? at + 1 : next)) {
            f->end = at;
            f->next = w->delimiter == '\0' ? at + 1 : next;
            return true;
        }
        if (!is_loose)
            return set_fault(f, "text after a closing quote", next, next);
        if (may_open(w, at))
            return walk_stray(w, opening, f);
        at++;
    }
}

/* The mark that ends an unquoted field, at or behind `at`: a delimiter, blank or line end, or a fault. */
static size_t walk_plain(struct records_walk *w, size_t at, struct records_found *f)
{
    for (;;) {
        at = next_mark(w, at);
        if (records_walk_ends(w, at))
            return at;
        if (is_at(w, at, w->escape)) {
            f->is_escaped = true;
            at = past_escape(w, at);
        } else if (!is_at(w, at, w->quote)) {
            return at;
        } else if (w->dialect->loose_quotes) {
            at++;
        } else {
            set_fault(f, "a quote inside an unquoted field", at, at);
            return at;
        }
    }
}

/* The end of the last of the columns of blank-separated text, which extends to the line end. */
static bool walk_rest(struct records_walk *w, size_t at, struct records_found *f)
{
    while (!records_walk_ends(w, at = next_mark(w, at)))
        at++;
    f->next = f->end = at;
    while (is_blank(w->text[f->end - 1]))
        f->end--;
    return true;
}

/* Whether the blanks from `at` on separate fields; *past: behind them. */
static bool separates(const struct records_walk *w, size_t at, size_t *past)
{
    bool has_tab = false;
    size_t end = at;
    for (; end < w->n && is_blank(w->text[end]); end++)
        has_tab |= w->text[end] == '\t';
    *past = end;
    return has_tab || end - at >= w->dialect->min_blanks || records_walk_ends(w, end);
}

static bool walk_blanks(struct records_walk *w, size_t at, size_t number, struct records_found *f)
{
    at = past_blanks(w, at);
    f->next = at;
    f->begin = at;
    if (records_walk_ends(w, at))
        return false;
    if (w->dialect->open_ended && number + 1 == w->dialect->columns)
        return walk_rest(w, at, f);
    if (is_at(w, at, w->quote))
        return walk_quoted(w, at, f);
    size_t past;
    for (at = walk_plain(w, at, f); f->fault == NULL && !records_walk_ends(w, at); at = walk_plain(w, past, f))
        if (separates(w, at, &past))
            break;
    f->next = f->end = at;
    return true;
}

bool records_walk_field(struct records_walk *w, size_t at, size_t number, struct records_found *f)
{
    f->is_escaped = false;
    f->fault = NULL;
    if (w->delimiter == '\0')
        return walk_blanks(w, at, number, f);
    at = past_blanks(w, at);
    if (at < w->n && is_at(w, at, w->quote))
        return walk_quoted(w, at, f);
    return walk_text(w, at, f);
}

/* Whether the second of two characters stands for itself, and the first for nothing. */
static bool is_escape(const struct records_walk *w, unsigned char first, unsigned char second)
{
    if (first == w->quote)
        return second == w->quote;
    bool is_separator = w->delimiter == '\0' ? is_blank((char)second) : (char)second == w->delimiter;
    return first == w->escape &&
           (second == w->quote || second == w->escape || second == '\n' || second == '\r' || is_separator);
}

size_t records_walk_unescape(const struct records_walk *w, char *field, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        i += i + 1 < n && is_escape(w, (unsigned char)field[i], (unsigned char)field[i + 1]);
        field[kept++] = field[i];
    }
    return kept;
}
