/* Several header lines as one record: the texts of each column, joined by blanks, stand behind the text of the block.
 * The record of units behind them is dropped. So nobody else has to know of header lines. */

#include "data/table/records_memory.h"

#include "base/mem.h"

#include <string.h>

/* Joins the texts of a column in the first rows, at offset `at` of the text; returns the end. */
static size_t join_column(struct records *r, char *text, size_t column, size_t rows, size_t at)
{
    size_t begin = at;
    for (size_t row = 0; row < rows; row++) {
        struct slice field = records_field(r, row, column);
        if (field.n == 0)
            continue;
        if (at > begin)
            text[at++] = ' ';
        memcpy(text + at, field.p, field.n);
        at += field.n;
    }
    r->begin[column] = (uint32_t)begin;
    r->end[column] = (uint32_t)at;
    return at;
}

static void join(struct records *r, size_t rows, size_t n)
{
    struct records_memory *m = r->memory;
    size_t length = 0, at = n;
    for (size_t i = 0; i < rows * r->width; i++)
        length += r->end[i] - r->begin[i] + 1;
    records_own_text(r, n);
    m->arena = mem_grow(m->arena, &m->arena_capacity, n + length + 2 * RECORDS_PADDING, 1);
    char *text = m->arena + RECORDS_PADDING;
    r->text = text;
    for (size_t f = 0; f < r->width; f++)
        at = join_column(r, text, f, rows, at);
    memset(text + at, 0, RECORDS_PADDING);
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
