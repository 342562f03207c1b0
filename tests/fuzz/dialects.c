/* Text in any dialect is split into the records of a plain reference reader, which goes byte by byte: whole, and in two
 * blocks cut at every place. The first four bytes of the input choose the dialect and what stands around the text. */

#include "data/table/records.h"
#include "fuzz.h"

#include <string.h>

enum { MAX = 200 };

static const char unclosed[] = "the quoted field that begins here is not closed",
                  behind[] = "text after a closing quote", inside[] = "a quote inside an unquoted field";

/* ---- the reference ---- */

struct reference {
    const struct dialect *d;
    const char *text;
    size_t n;
    char bytes[MAX]; /* of all fields */
    size_t used;
    struct slice field[MAX * MAX]; /* records may be padded to the width of the longest */
    size_t fields, rows, width, dropped, padded;
    const char *fault; /* "" for a ragged record */
    size_t fault_fields, fault_column, fault_line;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool ends(const struct reference *r, size_t at)
{
    return at >= r->n || r->text[at] == '\n' || r->text[at] == '\r';
}

static size_t next_line(const struct reference *r, size_t at)
{
    if (at + 1 < r->n && r->text[at] == '\r' && r->text[at + 1] == '\n')
        return at + 2;
    return at < r->n ? at + 1 : at;
}

static size_t line_at(const struct reference *r, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at; i++)
        line += r->text[i] == '\n' || (r->text[i] == '\r' && !(i + 1 < r->n && r->text[i + 1] == '\n'));
    return line;
}

static int quote_of(const struct dialect *d)
{
    if (d->quote == DIALECT_NO_QUOTE || (d->quote == '\0' && d->delimiter == '\0'))
        return -1;
    return d->quote == '\0' ? '"' : (unsigned char)d->quote;
}

static bool is_quote_at(const struct reference *r, size_t at)
{
    return (unsigned char)r->text[at] == quote_of(r->d);
}

static bool is_separator(const struct reference *r, char c)
{
    return r->d->delimiter == '\0' ? is_blank(c) : c == r->d->delimiter;
}

static bool is_escape_at(const struct reference *r, size_t at)
{
    return r->d->escape == DIALECT_ESCAPE_BACKSLASH && r->text[at] == '\\';
}

static size_t pass_blanks(const struct reference *r, size_t at)
{
    while (at < r->n && is_blank(r->text[at]) && r->text[at] != r->d->delimiter)
        at++;
    return at;
}

static size_t pass_escape(const struct reference *r, size_t at)
{
    return ends(r, at + 1) ? next_line(r, at + 1) : at + 2;
}

/* Keeps text[begin..end) without its escapes. */
static void keep(struct reference *r, size_t begin, size_t end)
{
    size_t first = r->used;
    for (size_t i = begin; i < end; i++) {
        char c = r->text[i], next = i + 1 < end ? r->text[i + 1] : 'x';
        bool has_next = i + 1 < end, is_quote = has_next && is_quote_at(r, i) && next == c;
        bool is_escape =
            has_next && is_escape_at(r, i) &&
            (next == '\\' || is_quote_at(r, i + 1) || next == '\n' || next == '\r' || is_separator(r, next));
        i += is_quote || is_escape;
        r->bytes[r->used++] = r->text[i];
    }
    r->field[r->fields++] = (struct slice){r->bytes + first, r->used - first};
}

static size_t fail(struct reference *r, const char *fault, size_t at, size_t column)
{
    r->fault = fault;
    r->fault_column = column;
    r->fault_line = line_at(r, at);
    return r->n;
}

static size_t read_quoted(struct reference *r, size_t opening, size_t column)
{
    for (size_t at = opening + 1; at < r->n;) {
        if (is_escape_at(r, at)) {
            at = pass_escape(r, at);
        } else if (!is_quote_at(r, at)) {
            at++;
        } else if (at + 1 < r->n && r->text[at + 1] == r->text[at]) {
            at += 2;
        } else {
            size_t next = r->d->delimiter == '\0' ? at + 1 : pass_blanks(r, at + 1);
            if (!ends(r, next) && !is_separator(r, r->text[next]))
                return fail(r, behind, pass_blanks(r, at + 1), column);
            keep(r, opening + 1, at);
            return next;
        }
    }
    return fail(r, unclosed, opening, column);
}

/* Whether fields end at the blank at `at`. */
static bool is_gap(const struct reference *r, size_t at)
{
    bool tab = false;
    size_t end = at;
    for (; end < r->n && is_blank(r->text[end]); end++)
        tab |= r->text[end] == '\t';
    return tab || end - at >= r->d->min_blanks || ends(r, end);
}

static size_t read_bare(struct reference *r, size_t begin, size_t column, bool is_rest)
{
    size_t at = begin;
    while (!ends(r, at)) {
        if (is_rest) {
            at++;
        } else if (is_escape_at(r, at)) {
            at = pass_escape(r, at);
        } else if (is_quote_at(r, at)) {
            return fail(r, inside, at, column);
        } else if (r->d->delimiter == '\0' && is_blank(r->text[at])) {
            if (is_gap(r, at))
                break;
            while (is_blank(r->text[at]))
                at++;
        } else if (r->d->delimiter != '\0' && r->text[at] == r->d->delimiter) {
            break;
        } else {
            at++;
        }
    }
    size_t end = at;
    while ((r->d->delimiter != '\0' || is_rest) && end > begin && is_blank(r->text[end - 1]) &&
           r->text[end - 1] != r->d->delimiter)
        end--;
    if (is_rest) { /* is taken as it is */
        memcpy(r->bytes + r->used, r->text + begin, end - begin);
        r->field[r->fields++] = (struct slice){r->bytes + r->used, end - begin};
        r->used += end - begin;
    } else {
        keep(r, begin, end);
    }
    return at;
}

/* Makes the record of the fields from `first` on as wide as the table; false if it is ragged. */
static void fit(struct reference *r, size_t first, size_t begin)
{
    const struct dialect *d = r->d;
    size_t found = r->fields - first;
    bool is_head = r->rows == 0 && r->width == 0, is_first = r->rows == 0;
    bool last_is_empty = found > 0 && r->field[r->fields - 1].n == 0;
    if (is_head && d->columns > 0)
        r->width = d->columns;
    else if (is_head)
        r->width = found - (d->trailing_delimiter && found > 1 && last_is_empty) + d->row_names;
    while (found > r->width && r->field[first + found - 1].n == 0 &&
           (d->ragged == DIALECT_RAGGED_PAD || (d->trailing_delimiter && r->fields - first == r->width + 1)))
        found--;
    r->fields = first + found;
    if (is_first && d->row_names && found + 1 == r->width) {
        memmove(r->field + first + 1, r->field + first, found * sizeof *r->field);
        r->field[first] = (struct slice){r->bytes, 0};
        found = r->width;
    }
    r->padded += found < r->width && d->ragged == DIALECT_RAGGED_PAD && !is_first;
    while (found < r->width && d->ragged == DIALECT_RAGGED_PAD)
        r->field[first + found++] = (struct slice){r->bytes, 0};
    r->fields = first + found;
    if (found == r->width) {
        r->rows++;
    } else if (d->ragged == DIALECT_RAGGED_DROP) {
        r->fields = first;
        r->dropped++;
    } else {
        r->fault_fields = found;
        fail(r, "", begin, 0);
    }
}

static void read_all(struct reference *r, const struct dialect *d, const char *text, size_t n)
{
    r->d = d;
    r->text = text;
    r->n = n;
    r->used = r->fields = r->rows = r->width = r->dropped = r->padded = 0;
    r->fault = NULL;
    r->fault_fields = r->fault_column = r->fault_line = 0;
    for (size_t line = 0, at; line < n && r->fault == NULL; line = next_line(r, at)) {
        size_t first = r->fields;
        at = pass_blanks(r, line);
        if (ends(r, at))
            continue;
        if (d->comments != NULL && strchr(d->comments, text[at]) != NULL) {
            while (!ends(r, at))
                at++;
            continue;
        }
        for (size_t column = 1;; column++) {
            at = pass_blanks(r, at);
            if (d->delimiter == '\0' && ends(r, at))
                break;
            bool is_rest = d->open_ended && column == d->columns;
            bool is_quoted = at < n && is_quote_at(r, at) && !is_rest;
            at = is_quoted ? read_quoted(r, at, column) : read_bare(r, at, column, is_rest);
            if (ends(r, at))
                break;
            at += d->delimiter != '\0';
        }
        if (r->fault == NULL)
            fit(r, first, line);
    }
}

/* ---- the comparison ---- */

static struct reference wanted;

/* Compares with rows from `first` on; lines: of the blocks before. */
static void compare(const struct records *r, size_t first, size_t lines)
{
    demand(first + r->rows <= wanted.rows, "no more rows than the reference has");
    demand(r->rows == 0 || r->width == wanted.width, "the width is that of the reference");
    for (size_t row = 0; row < r->rows; row++)
        for (size_t f = 0; f < r->width; f++)
            demand(slice_equal(records_field(r, row, f), wanted.field[(first + row) * wanted.width + f]),
                   "the field is that of the reference");
    if (r->fault.reason == NULL)
        return;
    demand(wanted.fault != NULL && strcmp(wanted.fault, r->fault.reason) == 0, "the reference has the fault");
    demand(wanted.fault_fields == r->fault.fields, "the fault has as many fields");
    demand(wanted.fault_column == r->fault.column, "the fault has the same column");
    demand(wanted.fault_line == lines + records_line(r, r->fault.at), "the fault has the same line");
}

static char *padded(char *memory, const char *text, size_t n, char around)
{
    memset(memory, around, n + 2 * RECORDS_PADDING);
    memcpy(memory + RECORDS_PADDING, text, n);
    return memory + RECORDS_PADDING;
}

static void same_in_blocks(struct records *r, const struct dialect *d, const char *text, size_t n, size_t cut,
                           char around)
{
    static char memory[MAX + 2 * RECORDS_PADDING];
    size_t stop[2] = {cut, n}, from = 0, rows = 0, lines = 0, width = 0, dropped = 0, count = 0;
    bool has_fault = false;
    for (size_t i = 0; i < 2 && !has_fault; from = stop[i++]) {
        records_split(r, d, padded(memory, text + from, stop[i] - from, around), stop[i] - from, width, rows == 0);
        compare(r, rows, lines);
        has_fault = r->fault.reason != NULL;
        rows += r->rows;
        lines += r->lines;
        dropped += r->dropped;
        count += r->padded;
        width = r->width;
    }
    demand(rows == wanted.rows && has_fault == (wanted.fault != NULL), "all rows and the fault are found");
    demand(dropped == wanted.dropped && count == wanted.padded, "the ragged records are counted");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = ",;\t\0|", quotes[] = "\0\"'\n", around[] = "\0\n\"\\,; '";
    static const char *const comments[] = {NULL, "", "#", "#;'"};
    static struct records records;
    static char memory[MAX + 2 * RECORDS_PADDING];
    if (size < 4 || size > MAX || memchr(data + 4, '\0', size - 4) != NULL)
        return 0;
    if (records.memory == NULL)
        records_init(&records);
    struct dialect d = {.delimiter = delimiters[data[0] % 5],
                        .quote = quotes[data[0] / 5 % 4],
                        .escape = data[0] / 20 % 3,
                        .comments = comments[data[1] % 4],
                        .ragged = data[1] / 4 % 4,
                        .trailing_delimiter = data[1] / 16 % 2 != 0,
                        .row_names = data[1] / 32 % 2 != 0,
                        .min_blanks = data[2] % 3,
                        .columns = data[2] / 3 % 4,
                        .open_ended = data[2] / 12 % 2 != 0};
    d.format = d.delimiter == '\0' ? DIALECT_TEXT : d.delimiter == '\t' ? DIALECT_TSV : DIALECT_CSV;
    d.open_ended &= d.delimiter == '\0' && d.columns > 0;
    d.trailing_delimiter &= d.delimiter != '\0';
    if (d.delimiter == quote_of(&d) || (d.comments != NULL && strchr(d.comments, d.delimiter) != NULL))
        d.comments = NULL;
    const char *text = (const char *)data + 4;
    size_t n = size - 4;
    read_all(&wanted, &d, text, n);
    same_in_blocks(&records, &d, text, n, 0, around[data[3] % 8]);
    const char *whole = padded(memory, text, n, around[data[3] % 8]);
    for (size_t upto = 0, before = MAX; upto <= n; upto++) {
        size_t cut = records_cut(&d, whole, upto);
        demand(cut <= upto, "the cut lies in the text");
        if (cut != before)
            same_in_blocks(&records, &d, text, n, cut, around[data[3] % 8]);
        before = cut;
    }
    return 0;
}
