/* The fast path of records.c for ordinary text, which nearly all tables are.
 *
 * 1. scan_csv or scan_blanks (scan.h) writes the offset of every separator: where fields end.
 * 2. The text is ordinary when each line end is the width-th separator of its row (rows_are_even, lines_are_even): one
 *    comparison per row instead of one per field. The first line gives the width.
 * 3. Fields begin behind the separator before them. CSV fields are trimmed only when the scan saw a blank.
 *
 * Nothing is copied: the text of the records is the block itself. */

#include "data/table/records_memory.h"

#include "base/mem.h"
#include "data/table/scan.h"

static void reserve(struct records_memory *m, size_t fields)
{
    m->begin = mem_grow(m->begin, &m->fields_capacity, fields, sizeof *m->begin);
    m->end = mem_grow(m->end, &m->end_capacity, fields, sizeof *m->end);
}

static void reserve_rows(struct records_memory *m, size_t rows)
{
    m->row_begin = mem_grow(m->row_begin, &m->rows_capacity, rows, sizeof *m->row_begin);
    m->row_end = mem_grow(m->row_end, &m->row_end_capacity, rows, sizeof *m->row_end);
}

/* Number of fields that end at or before the first LF. */
static size_t first_width(const char *raw, size_t n, const uint32_t *end, size_t fields)
{
    size_t width = 0;
    while (width < fields && end[width] < n && raw[end[width]] != '\n')
        width++;
    return width < fields ? width + 1 : fields;
}

/* Whether every row of that width ends at a line end. As there are as many line ends as rows, none is elsewhere. */
static bool rows_are_even(const char *raw, size_t n, const uint32_t *end, size_t rows, size_t width)
{
    for (size_t row = 0; row < rows; row++) {
        uint32_t at = end[row * width + width - 1];
        if (at < n && raw[at] != '\n')
            return false;
    }
    return true;
}

static void trim_fields(const char *raw, char delimiter, uint32_t *begin, uint32_t *end, size_t fields)
{
    for (size_t i = 0; i < fields; i++) {
        uint32_t b = begin[i], e = end[i];
        while (b < e && records_is_blank(raw[b]) && raw[b] != delimiter)
            b++;
        while (e > b && records_is_blank(raw[e - 1]) && raw[e - 1] != delimiter)
            e--;
        begin[i] = b;
        end[i] = e;
    }
}

bool records_scan_csv(struct records *r, const char *raw, size_t n, char delimiter, size_t width)
{
    struct records_memory *m = r->memory;
    reserve(m, scan_room(n) + 1);
    struct scan scan = scan_csv(raw, n, delimiter, m->end);
    if (scan.special)
        return false;
    size_t fields = scan.separators, rows = scan.newlines;
    if (n > 0 && raw[n - 1] != '\n') {
        m->end[fields++] = (uint32_t)n;
        rows++;
    }
    if (width == 0)
        width = first_width(raw, n, m->end, fields);
    if (fields != rows * width || !rows_are_even(raw, n, m->end, rows, width))
        return false;

    uint32_t *begin = m->begin, *end = m->end;
    begin[0] = 0;
    for (size_t i = 1; i < fields; i++)
        begin[i] = end[i - 1] + 1;
    reserve_rows(m, rows);
    for (size_t row = 0; row < rows; row++) {
        uint32_t *last = &end[row * width + width - 1];
        m->row_begin[row] = begin[row * width];
        if (*last > m->row_begin[row] && raw[*last - 1] == '\r')
            --*last;
        m->row_end[row] = *last;
    }
    if (scan.blanks)
        trim_fields(raw, delimiter, begin, end, fields);
    for (size_t row = 0; width == 1 && row < rows; row++)
        if (begin[row] == end[row])
            return false;
    r->text = raw;
    r->rows = rows;
    r->width = rows > 0 ? width : r->width;
    r->lines = scan.newlines;
    return true;
}

static bool is_between(char c)
{
    return records_is_blank(c) || c == '\n' || c == '\r';
}

/* Whether all lines that are not blank have the same number of fields; sets *width if it is 0. */
static bool lines_are_even(const uint32_t *fields_before, size_t lines, size_t fields, size_t *width)
{
    size_t before = 0;
    for (size_t line = 0; line <= lines; line++) {
        size_t upto = line < lines ? fields_before[line] : fields;
        size_t found = upto - before;
        if (*width == 0)
            *width = found;
        if (found != 0 && found != *width)
            return false;
        before = upto;
    }
    return true;
}

bool records_scan_text(struct records *r, const char *raw, size_t n, size_t width)
{
    struct records_memory *m = r->memory;
    reserve(m, scan_room(n) + 1);
    struct scan scan = scan_blanks(raw, n, m->end, m->begin);
    if (scan.special)
        return false;
    size_t fields = scan.separators;
    if (n > 0 && !is_between(raw[n - 1]))
        m->end[fields++] = (uint32_t)n;
    if (!lines_are_even(m->begin, scan.newlines, fields, &width))
        return false;

    uint32_t next = 0;
    for (size_t i = 0; i < fields; i++) {
        while (is_between(raw[next]))
            next++;
        m->begin[i] = next;
        next = m->end[i] + 1;
    }
    size_t rows = fields > 0 ? fields / width : 0;
    reserve_rows(m, rows);
    for (size_t row = 0; row < rows; row++) {
        uint32_t b = m->begin[row * width], e = m->end[row * width + width - 1];
        while (b > 0 && raw[b - 1] != '\n')
            b--;
        while (e < n && raw[e] != '\n' && raw[e] != '\r')
            e++;
        m->row_begin[row] = b;
        m->row_end[row] = e;
    }
    r->text = raw;
    r->rows = rows;
    r->width = rows > 0 ? width : r->width;
    r->lines = scan.newlines;
    return true;
}
