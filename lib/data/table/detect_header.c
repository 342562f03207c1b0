/* Whether the first records name the columns.
 *
 * 1. Typed columns tell: most of their values behind the first record are numbers, dates and the like. Text above
 *    them names the columns; a value of a type is data, unless it is a label (is_label_row), as years are.
 * 2. Without typed columns, text tells (find_text_header): if the first record is one of a kind with the others, its
 *    values occur again, and look like theirs. The chance that it looks as different as it does is at most 1/(n + 1)
 *    for each way in which n records are alike and it is not. If they could be of a kind, it is a header nevertheless,
 *    and this is reported, unless there are too few records to tell.
 * 3. More records of text above typed columns are a line of units, or header lines (find_more). */

#include "data/table/detect_state.h"

#include "text/number.h"

#include <math.h>

enum { HEADERS_MOST = 3, TYPED_ROWS = 200, TEXT_ROWS = 64, FEW_ROWS = 3, MOST_TYPED = 2, NEARLY_TYPED = 9 };

/* The chance below which text is different enough to be a header. */
#define HEADER_CHANCE 0.2

static size_t last_row(const struct detect *d, size_t from)
{
    return d->sample.rows < from + TYPED_ROWS ? d->sample.rows : from + TYPED_ROWS;
}

static size_t last_text(const struct detect *d)
{
    return d->sample.rows < 1 + TEXT_ROWS ? d->sample.rows : 1 + TEXT_ROWS;
}

static bool is_text(enum detect_cell cell)
{
    return cell == CELL_TEXT || cell == CELL_DIRTY;
}

/* Whether there are typed values in a column from row `from` on, and `share` of them for each text at least. */
static bool has_type(const struct detect *d, size_t from, size_t column, size_t share)
{
    size_t typed = 0, texts = 0;
    for (size_t row = from; row < last_row(d, from); row++) {
        enum detect_cell cell = detect_cell_at(d, row, column);
        typed += detect_is_typed(cell);
        texts += is_text(cell);
    }
    return typed > 0 && typed >= share * texts;
}

/* Whether a date or time stands in the first record above other values: it names the column, as months do. */
static bool is_time_label(const struct detect *d, size_t column)
{
    if (detect_cell_at(d, 0, column) != CELL_VALUE)
        return false;
    for (size_t row = 1; row < last_row(d, 1); row++)
        if (detect_cell_at(d, row, column) == CELL_VALUE)
            return false;
    return true;
}

/* ---- numbers that are labels ---- */

/* Whether a value lies among those of its column. */
static bool is_among(const struct detect *d, size_t column, double x)
{
    double low = INFINITY, high = -INFINITY, value;
    for (size_t row = 1; row < last_row(d, 1); row++) {
        if (column < d->sample.row[row].width && number_parse(sample_field(&d->sample, row, column), &value)) {
            low = value < low ? value : low;
            high = value > high ? value : high;
        }
    }
    return x >= low - (high - low) && x <= high + (high - low);
}

/* The first record as labels: years, in steps. */
struct header_labels {
    size_t n, among, texts;
    bool are_years;
};

static struct header_labels find_labels(const struct detect *d)
{
    struct header_labels labels = {.are_years = true};
    double last = 0, step = 0, value;
    for (size_t f = 0; f < d->sample.row[0].width; f++) {
        struct slice cell = sample_field(&d->sample, 0, f);
        if (!number_parse(cell, &value)) {
            labels.texts += is_text(detect_cell_at(d, 0, f));
            continue;
        }
        bool is_year = cell.n == 4 && value >= 1000 && value < 3000 && value == floor(value);
        bool is_in_step = labels.n == 0 || (value != last && (labels.n == 1 || value - last == step));
        labels.are_years &= is_year && is_in_step;
        step = value - last;
        last = value;
        labels.n++;
        labels.among += is_among(d, f, value);
    }
    return labels;
}

/* ---- text above text ---- */

enum header_first { FIRST_EMPTY, FIRST_LOWER, FIRST_UPPER, FIRST_DIGIT, FIRST_OTHER };

static enum header_first first_of(struct slice cell)
{
    char c = cell.n > 0 ? cell.p[0] : '\0';
    return cell.n == 0            ? FIRST_EMPTY
           : c >= 'a' && c <= 'z' ? FIRST_LOWER
           : c >= 'A' && c <= 'Z' ? FIRST_UPPER
           : c >= '0' && c <= '9' ? FIRST_DIGIT
                                  : FIRST_OTHER;
}

static bool has_digit(struct slice cell)
{
    for (size_t i = 0; i < cell.n; i++)
        if (cell.p[i] >= '0' && cell.p[i] <= '9')
            return true;
    return false;
}

/* How the first value of a column compares with the others: whether it occurs among them; how many of them occur once;
 * ways in which they are alike. */
struct header_column {
    size_t n, singles;
    bool recurs, is_different;
};

static size_t count_equal(const struct detect *d, size_t column, struct slice cell)
{
    size_t n = 0;
    for (size_t row = 1; row < last_text(d); row++)
        n += column < d->sample.row[row].width && slice_equal(sample_field(&d->sample, row, column), cell);
    return n;
}

static struct header_column compare_column(const struct detect *d, size_t column)
{
    struct slice head = sample_field(&d->sample, 0, column);
    struct header_column c = {.recurs = head.n > 0 && count_equal(d, column, head) > 0};
    size_t lengths = 0, firsts = 0, digits = 0;
    for (size_t row = 1; row < last_text(d); row++) {
        struct slice cell = column < d->sample.row[row].width ? sample_field(&d->sample, row, column) : head;
        if (detect_cell(d->missing, cell) == CELL_EMPTY)
            continue;
        if (c.n++ == 0) {
            lengths = cell.n;
            firsts = (size_t)first_of(cell);
            digits = has_digit(cell);
        }
        c.singles += count_equal(d, column, cell) == 1;
        lengths = cell.n == lengths ? lengths : SIZE_MAX;
        firsts = (size_t)first_of(cell) == firsts ? firsts : SIZE_MAX;
        digits = has_digit(cell) == digits ? digits : SIZE_MAX;
    }
    c.is_different = head.n > 0 && ((lengths != SIZE_MAX && lengths != head.n) ||
                                    (firsts != SIZE_MAX && firsts != (size_t)first_of(head)) ||
                                    (digits != SIZE_MAX && digits != has_digit(head)));
    return c;
}

/* Without typed columns. *is_sure: the text tells. */
static bool find_text_header(const struct detect *d, bool *is_sure)
{
    size_t width = d->sample.row[0].width, again = 0, named = 0;
    double chance = 1;
    *is_sure = true;
    for (size_t f = 0; f < width; f++) {
        enum detect_cell cell = detect_cell_at(d, 0, f);
        if (detect_is_typed(cell))
            return false;
        if (cell == CELL_EMPTY)
            continue;
        struct header_column c = compare_column(d, f);
        again += c.recurs;
        named++;
        if (c.n > 0) {
            double fresh = ((double)c.singles + 0.5) / ((double)c.n + 1), other = 1 / ((double)c.n + 1);
            chance *= c.is_different && other < fresh ? other : fresh < 1 ? fresh : 1;
        }
    }
    if (again > 0 && (width == 1 || d->sample.rows > FEW_ROWS))
        return width > 1 && again == named; /* the header occurs again, as in files joined end to end */
    *is_sure = chance < HEADER_CHANCE || d->sample.rows <= FEW_ROWS;
    return true;
}

/* ---- the first record ---- */

static enum status refuse_header(const struct detect *d, struct err *err)
{
    err_data(err, "the first record may name the columns, by years, or be data");
    err_because(err, ERR_HEADER, NULL);
    return err_at(err, "", d->sample.row[0].line + d->lines_before);
}

static enum status find_header(const struct detect *d, bool *is_header, struct err *err)
{
    size_t named = 0, typed = 0, columns = 0, empty = 0, width = d->sample.row[0].width;
    bool is_sure = true;
    for (size_t f = 0; f < width; f++) {
        enum detect_cell cell = detect_cell_at(d, 0, f);
        empty += cell == CELL_EMPTY;
        typed += cell == CELL_NUMBER && d->sample.rows == 1;
        if (!has_type(d, 1, f, MOST_TYPED))
            continue;
        bool is_name = is_text(cell) || is_time_label(d, f);
        columns++;
        named += is_name;
        typed += !is_name && detect_is_typed(cell);
    }
    *is_header = named > 0 && typed == 0;
    if (empty == width || (columns == 0 && typed > 0))
        *is_header = false;
    else if (columns == 0)
        *is_header = find_text_header(d, &is_sure);
    else if (typed > 0) {
        struct header_labels labels = find_labels(d);
        *is_header = labels.are_years && labels.n == typed && labels.texts > 0 && 2 * labels.among < labels.n;
        if (*is_header && labels.n == 1 && named == 0)
            return refuse_header(d, err);
        if (*is_header)
            detect_say(d->facts, "the years in line %zu are names of columns", d->sample.row[0].line + d->lines_before);
    }
    if (!is_sure)
        detect_say(d->facts, "the first record is taken as the header");
    return STATUS_OK;
}

/* ---- the records behind it ---- */

/* Whether the record has text, and nothing else, above the typed columns. */
static bool is_header_too(const struct detect *d, size_t row)
{
    size_t texts = 0, typed = 0, columns = 0;
    for (size_t f = 0; f < d->sample.row[row].width; f++) {
        if (!has_type(d, row + 1, f, NEARLY_TYPED))
            continue;
        enum detect_cell cell = detect_cell_at(d, row, f);
        columns++;
        texts += is_text(cell);
        typed += detect_is_typed(cell);
    }
    return typed == 0 && (texts > 1 || (texts == 1 && columns == 1 && detect_is_unit(d, row)));
}

static void find_more(struct detect *d)
{
    size_t headers = 1;
    while (headers < HEADERS_MOST && headers + 1 < d->sample.rows && d->sample.row[headers].width == d->width &&
           is_header_too(d, headers))
        headers++;
    bool has_units = headers > 1 && detect_is_unit(d, headers - 1);
    headers -= has_units;
    d->found->units_row = has_units;
    if (headers > 1) {
        d->found->header_lines = headers;
        detect_say(d->facts, "%zu header lines are joined", headers);
    }
    if (has_units)
        detect_say(d->facts, "a line of units is skipped");
}

enum status detect_header(struct detect *d, struct err *err)
{
    if (d->given->header == DIALECT_HEADER_AUTO && d->given->header_lines > 0)
        d->found->header = DIALECT_HEADER_YES;
    bool is_header = d->found->header == DIALECT_HEADER_YES;
    if (d->found->header == DIALECT_HEADER_AUTO && d->given->names == NULL) {
        enum status status = find_header(d, &is_header, err);
        if (status != STATUS_OK)
            return status;
        d->found->header = is_header ? DIALECT_HEADER_YES : DIALECT_HEADER_NO;
    }
    if (is_header && d->found->skip_lines > d->base_lines)
        detect_say(d->facts, "header in line %zu", d->sample.row[0].line + d->lines_before);
    if (is_header && d->given->header_lines == 0)
        find_more(d);
    return STATUS_OK;
}
