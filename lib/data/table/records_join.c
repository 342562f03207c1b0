/* Several header lines as one record: the texts of each column, joined by blanks, stand behind the text of the block.
 * The record of units behind them is dropped. So nobody else has to know of header lines. */

#include "data/table/records_memory.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Makes `upper` the texts of a column in the first rows. An empty one above the last keeps the text of the column
 * before, which it is for as well. Returns their length, with a blank behind each. */
static size_t take_texts(const struct records *r, size_t column, size_t rows, struct slice *upper)
{
    size_t n = 0;
    for (size_t row = 0; row < rows; row++) {
        struct slice field = records_field(r, row, column);
        if (field.n > 0 || row + 1 == rows || column == 0)
            upper[row] = field;
        n += upper[row].n + 1;
    }
    return n;
}

/* Joins texts at offset `at` of the text; returns the end. */
static size_t join_texts(char *text, size_t at, const struct slice *upper, size_t rows)
{
    size_t begin = at;
    for (size_t row = 0; row < rows; row++) {
        if (upper[row].n == 0)
            continue;
        if (at > begin)
            text[at++] = ' ';
        memcpy(text + at, upper[row].p, upper[row].n);
        at += upper[row].n;
    }
    return at;
}

static void join(struct records *r, size_t rows, size_t n)
{
    struct records_memory *m = r->memory;
    struct slice *upper = mem_zero(rows, sizeof *upper);
    size_t length = 0, at = n;
    for (size_t f = 0; f < r->width; f++)
        length += take_texts(r, f, rows, upper);
    records_own_text(r, n);
    m->arena = mem_grow(m->arena, &m->arena_capacity, n + length + 2 * RECORDS_PADDING, 1);
    char *text = m->arena + RECORDS_PADDING;
    r->text = text;
    for (size_t f = 0; f < r->width; f++) {
        take_texts(r, f, rows, upper);
        r->begin[f] = (uint32_t)at;
        at = join_texts(text, at, upper, rows);
        r->end[f] = (uint32_t)at;
    }
    memset(text + at, 0, RECORDS_PADDING);
    free(upper);
}

void records_join_header(struct records *r, const struct dialect *d, size_t n)
{
    size_t rows = d->header_lines > 1 ? d->header_lines : 1, dropped = rows - 1 + d->units_row;
    if (d->header != DIALECT_HEADER_YES || dropped == 0 || r->rows <= dropped)
        return;
    if (rows > 1)
        join(r, rows, n);
    for (size_t row = dropped + 1; row < r->rows; row++)
        records_move(r, row - dropped, row);
    r->rows -= dropped;
}
