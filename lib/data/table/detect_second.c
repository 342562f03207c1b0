/* Two tables in a file: the header is repeated, or records of another width follow an empty line, to the end. Which
 * rows are wanted is for the user to say. */

#include "data/table/detect_state.h"

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

enum status detect_second(const struct detect *d, struct err *err)
{
    bool is_free = d->given->ragged == DIALECT_RAGGED_AUTO && d->given->footer_lines == 0;
    if (!is_free || d->found->header != DIALECT_HEADER_YES || d->width < 2)
        return STATUS_OK;
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
