/* The lines around the rows of a table: comments, titles, header, lines at the end; and records
 * of another width than most.
 *
 * 1. find_comments: lines that begin with # or % and have another width than the table.
 * 2. find_titles: records at the head with one value, or with fewer fields than half the width, are titles, if the
 *    records behind them have the width of the table. Rows of empty fields between them belong to them.
 * 3. find_header: the columns whose values are numbers, dates and the like (typed) tell. Text above them names the
 *    columns. Numbers above numbers are data, unless they count up, as years do. Without such columns, a first record
 *    whose value occurs again in its column is data.
 * 4. find_more_headers: more records of text above typed columns are header lines, or units.
 * 5. find_second_table: a header that is repeated, or records of another width behind an empty line, are an error.
 * 6. find_footer: records of one field behind the last row of a file that was seen to its end.
 * 7. find_widths: a delimiter at the end of all rows, names of rows without a name in the header, ragged records. */

#include "data/table/detect_state.h"

#include "base/mem.h"
#include "text/number.h"

#include <stdlib.h>
#include <string.h>

enum { TITLES_MOST = 30, HEADERS_MOST = 3, TYPED_ROWS = 200 };

static size_t count_values(const struct detect *d, size_t row)
{
    size_t n = 0;
    for (size_t f = 0; f < d->sample.row[row].width; f++)
        n += sample_field(&d->sample, row, f).n > 0;
    return n;
}

/* Splits the text behind skip_lines anew. */
static void split_again(struct detect *d)
{
    size_t at = 0, common;
    for (size_t lines = d->found->skip_lines - d->base_lines; lines > 0; at++)
        lines -= d->text.p[at] == '\n' || (d->text.p[at] == '\r' && d->text.p[at + 1] != '\n');
    sample_split(&d->sample, d->found, (struct slice){d->text.p + at, d->text.n - at}, d->is_whole, DETECT_MOST);
    d->lines_before = d->found->skip_lines;
    d->width = sample_mode(&d->sample, 0, &common);
}

static char first_char(const struct sample *s, size_t row)
{
    return s->text[s->row[row].at];
}

static void find_comments(struct detect *d)
{
    static const char *const signs[] = {"#", "%"};
    const struct sample *s = &d->sample;
    for (size_t i = 0; i < 2 && d->given->comments == NULL; i++) {
        size_t comments = 0, rows = 0;
        for (size_t row = 0; row < s->rows; row++) {
            bool begins = first_char(s, row) == signs[i][0];
            comments += begins && (s->row[row].width != d->width || s->row[row].has_fault);
            rows += begins && s->row[row].width == d->width && !s->row[row].has_fault;
        }
        if (comments > 0 && (rows == 0 || comments > 1) && comments + rows < s->rows && d->width > 1) {
            d->found->comments = signs[i];
            detect_say(d->facts, "lines that begin with '%s' are skipped", signs[i]);
            split_again(d);
            return;
        }
    }
}

static bool is_title(const struct detect *d, size_t row)
{
    size_t width = d->sample.row[row].width, values = count_values(d, row);
    if (values == 0)
        return true;
    enum detect_cell first = detect_cell_at(d, row, 0);
    bool is_text = first == CELL_TEXT || first == CELL_DIRTY;
    return is_text && ((values == 1 && d->width > 2) || 2 * width <= d->width);
}

static void find_titles(struct detect *d)
{
    size_t titles = 0, more = 0;
    const struct sample *s = &d->sample;
    if (d->given->skip_lines_given || d->width < 2)
        return;
    while (titles < TITLES_MOST && titles < s->rows && is_title(d, titles))
        titles++;
    for (size_t row = titles; row < s->rows && row < titles + 3; row++)
        more += s->row[row].width == d->width;
    if (titles == 0 || more < 2)
        return;
    size_t lines = s->row[titles].line - 1;
    d->found->skip_lines += lines;
    detect_say(d->facts, "%zu title line%s skipped", lines, lines == 1 ? " is" : "s are");
    split_again(d);
}

static bool is_typed(enum detect_cell cell)
{
    return cell == CELL_NUMBER || cell == CELL_VALUE;
}

/* Whether nearly all values of a column from row `from` on are typed. */
static bool has_type(const struct detect *d, size_t from, size_t column)
{
    size_t typed = 0, texts = 0, last = d->sample.rows < from + TYPED_ROWS ? d->sample.rows : from + TYPED_ROWS;
    for (size_t row = from; row < last; row++) {
        enum detect_cell cell = detect_cell_at(d, row, column);
        typed += is_typed(cell);
        texts += cell == CELL_TEXT || cell == CELL_DIRTY;
    }
    return typed > 0 && typed >= 9 * texts;
}

/* Whether the numbers of the record count up by one step, as years and other labels of columns do, and are unlike those
 * of the next record. */
static bool counts_up(const struct detect *d, size_t row)
{
    double last = 0, step = 0, value, next;
    size_t n = 0, texts = 0, alike = 0;
    for (size_t f = 0; f < d->sample.row[row].width; f++) {
        struct slice cell = sample_field(&d->sample, row, f);
        if (!number_parse(cell, &value)) {
            texts += cell.n > 0;
            continue;
        }
        if (value != (double)(long)value || (n > 0 && value <= last) || (n > 1 && value - last != step))
            return false;
        step = value - last;
        last = value;
        n++;
        alike += row + 1 < d->sample.rows && f < d->sample.row[row + 1].width &&
                 number_parse(sample_field(&d->sample, row + 1, f), &next) && next >= value - 50 && next <= value + 50;
    }
    return n > 1 && texts > 0 && alike == 0;
}

/* Whether the value of the first record occurs again in a column. */
static bool recurs(const struct detect *d, size_t column)
{
    struct slice first = sample_field(&d->sample, 0, column);
    for (size_t row = 1; row < d->sample.rows; row++)
        if (column < d->sample.row[row].width && slice_equal(sample_field(&d->sample, row, column), first))
            return true;
    return false;
}

/* Without typed columns. */
static bool is_text_header(const struct detect *d)
{
    size_t width = d->sample.row[0].width, again = 0;
    for (size_t f = 0; f < width; f++) {
        enum detect_cell cell = detect_cell_at(d, 0, f);
        if (is_typed(cell))
            return false;
        again += cell != CELL_EMPTY && recurs(d, f);
    }
    return again == 0 || (width > 1 && again == width);
}

static bool find_header(const struct detect *d)
{
    size_t named = 0, typed = 0, columns = 0, empty = 0, width = d->sample.row[0].width;
    for (size_t f = 0; f < width; f++) {
        enum detect_cell cell = detect_cell_at(d, 0, f);
        empty += cell == CELL_EMPTY;
        if (cell == CELL_NUMBER && d->sample.rows == 1)
            typed++;
        if (!has_type(d, 1, f))
            continue;
        columns++;
        named += cell == CELL_TEXT || cell == CELL_DIRTY;
        typed += is_typed(cell);
    }
    if (empty == width)
        return false;
    if (columns == 0)
        return is_text_header(d);
    return named > 0 && (typed == 0 || counts_up(d, 0)) ? true : typed > 0 && counts_up(d, 0);
}

/* Whether the record has text above every typed column that it has a value for, two of them at least. */
static bool is_header_too(const struct detect *d, size_t row)
{
    size_t texts = 0, typed = 0;
    for (size_t f = 0; f < d->sample.row[row].width; f++) {
        if (!has_type(d, row + 1, f))
            continue;
        enum detect_cell cell = detect_cell_at(d, row, f);
        texts += cell == CELL_TEXT || cell == CELL_DIRTY;
        typed += is_typed(cell);
    }
    return texts > 1 && typed == 0;
}

/* Whether the text is a unit: in brackets, or short with a sign or a letter of units. */
static bool is_unit(struct slice cell)
{
    static const char *const units[] = {"m",   "s", "h",  "kg",  "g",  "cm",  "mm",  "km", "min", "EUR", "USD",
                                        "GBP", "K", "Pa", "hPa", "V",  "A",   "W",   "kW", "Hz",  "%",   "C",
                                        "F",   "N", "J",  "l",   "mg", "sec", "deg", "ms", "ppm", "kWh"};
    char last = cell.n > 0 ? cell.p[cell.n - 1] : '\0', first = cell.n > 0 ? cell.p[0] : '\0';
    if ((first == '(' && last == ')') || (first == '[' && last == ']'))
        return true;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (slice_equal(cell, slice_of(units[i])))
            return true;
    return cell.n <= 12 && (memchr(cell.p, '/', cell.n) != NULL || memchr(cell.p, '%', cell.n) != NULL ||
                            (cell.n > 4 && memcmp(cell.p, "yyyy", 4) == 0) || memchr(cell.p, '\xb0', cell.n) != NULL);
}

static bool has_units(const struct detect *d, size_t row)
{
    size_t units = 0, others = 0;
    for (size_t f = 0; f < d->sample.row[row].width; f++) {
        struct slice cell = sample_field(&d->sample, row, f);
        if (cell.n > 1 || (cell.n == 1 && cell.p[0] != '-')) {
            units += is_unit(cell);
            others += !is_unit(cell);
        }
    }
    return units > 0 && units >= 2 * others;
}

static void find_more_headers(struct detect *d)
{
    size_t headers = 1;
    while (headers < HEADERS_MOST && headers + 1 < d->sample.rows && d->sample.row[headers].width == d->width &&
           is_header_too(d, headers))
        headers++;
    if (headers == 2 && has_units(d, 1)) {
        d->found->units_row = true;
        detect_say(d->facts, "a line of units is skipped");
    } else if (headers > 1) {
        d->found->header_lines = headers;
        detect_say(d->facts, "%zu header lines are joined", headers);
    }
}

static void find_footer(struct detect *d)
{
    struct sample *s = &d->sample;
    size_t rows = s->rows, lines = 0;
    if (!d->is_whole || s->rows == DETECT_MOST || d->width < 3 || d->given->footer_lines > 0)
        return;
    while (rows > 2 && s->row[rows - 1].width == 1 && detect_cell_at(d, rows - 1, 0) > CELL_VALUE)
        rows--;
    if (rows == s->rows || s->rows - rows > 20 || rows < 3)
        return;
    for (const char *p = s->text + s->row[rows - 1].end; p < d->text.p + d->text.n; p++)
        lines += *p == '\n' || (*p == '\r' && p[1] != '\n');
    lines -= d->text.p[d->text.n - 1] == '\n' || d->text.p[d->text.n - 1] == '\r';
    d->found->footer_lines = lines;
    s->rows = rows;
    detect_say(d->facts, "%zu line%s at the end skipped", lines, lines == 1 ? " is" : "s are");
}

/* Records from `from` on whose last field is empty, of those that have `width` fields. */
static size_t count_empty_ends(const struct detect *d, size_t from, size_t width, size_t *n)
{
    size_t empty = 0;
    *n = 0;
    for (size_t row = from; row < d->sample.rows; row++) {
        if (d->sample.row[row].width != width)
            continue;
        empty += sample_field(&d->sample, row, width - 1).n == 0;
        ++*n;
    }
    return empty;
}

static void find_ragged(struct detect *d, size_t width)
{
    size_t ragged = 0, first = 0;
    for (size_t row = 0; row < d->sample.rows; row++) {
        size_t found = d->sample.row[row].width;
        if (found == width || (d->found->trailing_delimiter && found == width + 1) ||
            (d->found->row_names && row == 0 && found + 1 == width))
            continue;
        if (ragged++ == 0)
            first = d->sample.row[row].line;
    }
    if (ragged == 0 || 4 * ragged > d->sample.rows || d->width < 2)
        return;
    d->found->ragged = DIALECT_RAGGED_PAD;
    detect_say(d->facts, "records of other width are padded, the first in line %zu", first + d->lines_before);
}

static void find_widths(struct detect *d)
{
    size_t n, head = d->sample.row[0].width, width = d->width;
    size_t empty = count_empty_ends(d, 1, width, &n);
    bool has_header = d->found->header == DIALECT_HEADER_YES;
    if (has_header && n > 0 && width == head + 1 && empty == n) {
        d->found->trailing_delimiter = true;
        width = head;
        detect_say(d->facts, "records end in a delimiter");
    } else if (has_header && n > 1 && n + 1 == d->sample.rows && width == head + 1 &&
               d->given->ragged == DIALECT_RAGGED_AUTO && d->given->columns == 0) {
        d->found->row_names = true;
        detect_say(d->facts, "the first column has no name in the header");
    } else if (has_header && width > 2 && n > 1 && empty == n && width == head &&
               sample_field(&d->sample, 0, width - 1).n == 0) {
        d->found->trailing_delimiter = true;
        width--;
        detect_say(d->facts, "records end in a delimiter");
    }
    if (d->given->ragged == DIALECT_RAGGED_AUTO && d->found->delimiter != '\0')
        find_ragged(d, has_header && width < head && !d->found->row_names ? head : width);
}

/* Whether the fields of a record are the names above them, two at least. */
static bool repeats_header(const struct detect *d, size_t row)
{
    size_t head = d->sample.row[0].width, width = d->sample.row[row].width, n = width < head ? width : head;
    size_t same = 0;
    for (size_t f = 0; f < n; f++) {
        struct slice cell = sample_field(&d->sample, row, f);
        if (!slice_equal(cell, sample_field(&d->sample, 0, f)))
            return false;
        same += cell.n > 0;
    }
    return same > 1;
}

/* Whether a table of another width begins at the record: it follows an empty line, and so on to the end. */
static bool begins_table(const struct detect *d, size_t row)
{
    const struct sample_row *r = d->sample.row;
    size_t rows = d->sample.rows, width = r[row].width;
    bool is_apart = r[row].line > r[row - 1].line + 1 && width != d->width && width > 1 && row + 1 < rows;
    for (size_t i = row + 1; i < rows && is_apart; i++)
        is_apart = r[i].width == width;
    return is_apart;
}

/* Two tables in one file: which rows are wanted is not for us to say. */
static enum status find_second_table(const struct detect *d, struct err *err)
{
    size_t row = 1 + (d->found->header_lines > 1 ? d->found->header_lines - 1 : 0);
    bool repeats = false;
    for (; row < d->sample.rows; row++)
        if ((repeats = repeats_header(d, row)) || begins_table(d, row))
            break;
    if (row >= d->sample.rows)
        return STATUS_OK;
    err_data(err, repeats ? "the header is repeated here, as if another table began"
                          : "another table seems to begin here, behind an empty line");
    err_because(err, ERR_SECOND_TABLE, NULL);
    return err_at(err, "", d->sample.row[row].line + d->lines_before);
}

enum status detect_lines(struct detect *d, struct err *err)
{
    find_comments(d);
    find_titles(d);
    if (d->sample.rows == 0)
        return STATUS_OK;
    if (detect_rest(d))
        split_again(d);
    if (d->given->header == DIALECT_HEADER_AUTO && d->given->header_lines > 0)
        d->found->header = DIALECT_HEADER_YES;
    else if (d->given->header == DIALECT_HEADER_AUTO && d->given->names == NULL)
        d->found->header = find_header(d) ? DIALECT_HEADER_YES : DIALECT_HEADER_NO;
    if (d->found->header == DIALECT_HEADER_YES && d->found->skip_lines > 0 && !d->given->skip_lines_given)
        detect_say(d->facts, "header in line %zu", d->sample.row[0].line + d->lines_before);
    if (d->found->header == DIALECT_HEADER_YES && d->given->header_lines == 0)
        find_more_headers(d);
    if (d->found->header == DIALECT_HEADER_YES && d->given->ragged == DIALECT_RAGGED_AUTO &&
        d->given->footer_lines == 0 && d->width > 1 && find_second_table(d, err) != STATUS_OK)
        return err->status;
    find_footer(d);
    find_widths(d);
    return STATUS_OK;
}
