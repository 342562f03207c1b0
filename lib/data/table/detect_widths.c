/* Records of another width than the header's.
 *
 * 1. find_ends: a delimiter behind the last field of the records, or of all lines. Without a header, only bars do so:
 *    else it may be a column that is empty.
 * 2. find_row_names: a header that lacks the name of the first column, as R's write.table writes it.
 * 3. find_ragged: few records of other widths: short ones are filled, empty fields behind the last column dropped. */

#include "data/table/detect_state.h"

/* Records from `from` on that have `width` fields; *empty: of these, with an empty last field. */
static size_t count_width(const struct detect *d, size_t from, size_t width, size_t *empty)
{
    size_t n = 0;
    *empty = 0;
    for (size_t row = from; row < d->sample.rows; row++) {
        if (d->sample.row[row].width != width)
            continue;
        *empty += sample_field(&d->sample, row, width - 1).n == 0;
        n++;
    }
    return n;
}

static void find_ends(struct detect *d, bool has_header)
{
    size_t empty, head = d->sample.row[0].width, n = count_width(d, has_header, d->width, &empty);
    if (has_header && head == d->width + 1 && sample_field(&d->sample, 0, d->width).n == 0) {
        d->found->trailing_delimiter = true;
        detect_say(d->facts, "the header ends in a delimiter");
        return;
    }
    bool ends_head = head == d->width && sample_field(&d->sample, 0, head - 1).n == 0;
    bool ends_all = has_header ? ends_head || head + 1 == d->width : ends_head && n > 1 && d->found->delimiter == '|';
    if (n == 0 || empty < n || d->width < 3 || !ends_all)
        return;
    d->found->trailing_delimiter = true;
    d->width--;
    detect_say(d->facts, "records end in a delimiter");
}

/* Whether no two of the records have the same first value. */
static bool has_keys(const struct detect *d)
{
    enum { KEYS = 100 };
    size_t rows = d->sample.rows < KEYS ? d->sample.rows : KEYS;
    for (size_t row = 2; row < rows; row++)
        for (size_t other = 1; other < row; other++)
            if (slice_equal(sample_field(&d->sample, row, 0), sample_field(&d->sample, other, 0)))
                return false;
    return rows > 2;
}

static void find_row_names(struct detect *d, bool has_header)
{
    bool is_short = d->sample.row[0].width + 1 == d->width;
    if (!has_header || d->found->trailing_delimiter || !is_short || !has_keys(d))
        return;
    d->found->row_names = true;
    detect_say(d->facts, "the first column has no name in the header");
}

static bool is_even(const struct detect *d, size_t row)
{
    size_t found = d->sample.row[row].width;
    return found == d->width || (d->found->trailing_delimiter && found == d->width + 1) ||
           (d->found->row_names && row == 0 && found + 1 == d->width);
}

/* Whether all fields of a record behind the last column are empty. */
static bool has_empty_end(const struct detect *d, size_t row)
{
    for (size_t f = d->width; f < d->sample.row[row].width; f++)
        if (sample_field(&d->sample, row, f).n > 0)
            return false;
    return true;
}

/* The fold counts the records that it fills; those with empty fields behind the last column are counted here. */
static void find_ragged(struct detect *d)
{
    size_t n = 0, longer = 0, first = 0;
    for (size_t row = 0; row < d->sample.rows; row++) {
        if (is_even(d, row) || d->sample.row[row].has_fault)
            continue;
        bool is_longer = d->sample.row[row].width > d->width;
        if (is_longer && !has_empty_end(d, row))
            return; /* fields would be lost: the error names the line */
        n++;
        if (is_longer && longer++ == 0)
            first = d->sample.row[row].line + d->lines_before;
    }
    if (n == 0 || 4 * n > d->sample.rows)
        return;
    d->found->ragged = DIALECT_RAGGED_PAD;
    if (longer > 0)
        detect_say(d->facts, "%zu record%s empty fields behind the last column, the first in line %zu", longer,
                   longer == 1 ? " has" : "s have", first);
}

void detect_widths(struct detect *d)
{
    bool has_header = d->found->header == DIALECT_HEADER_YES;
    if (d->found->open_ended)
        return;
    if (d->found->delimiter != '\0' && d->width > 1)
        find_ends(d, has_header);
    find_row_names(d, has_header);
    if (has_header && d->sample.row[0].width > d->width && !d->found->trailing_delimiter)
        d->width = d->sample.row[0].width;
    if (d->given->ragged == DIALECT_RAGGED_AUTO && d->width > 1 && d->found->delimiter != '\0')
        find_ragged(d);
}
