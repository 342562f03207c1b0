/* Splits blocks of text into records of fields: the choice of the splitter, and what all of them share.
 *
 *     records_split  --plain text-----> records_scan_csv or _text  (records_scan.c, 64 bytes at a time)
 *                    --all else-------> records_split_general      (records_general.c, from mark to mark)
 *
 * The fast path accepts only text on which both agree: no quotes, no lone CRs, no ragged records. Fuzz targets hold
 * both against libcsv, which is the specification of plain CSV.
 *
 *     raw:     "a,b\r\n1,\"x \"\"y\"\"\"\n"      row r: raw[row_begin[r] .. row_end[r])
 *     text:    raw itself; or a copy of it in the arena, in which fields with escapes are replaced by what they mean
 *     fields:  f of row r: text[begin[r * width + f] .. end[r * width + f])
 *
 * The first record gives the width. The first fault (a ragged record, a stray quote) ends the records: those before it
 * stand. Memory is reused from block to block: 8 bytes a field, 8 a record, and the arena. A struct records belongs to
 * one thread. */

#include "data/table/records_memory.h"

#include "base/err.h"

#include <string.h>

static void split(struct records *r, const struct dialect *dialect, const char *raw, size_t n, size_t width,
                  bool is_head)
{
    bool is_text = dialect->delimiter == '\0';
    records_start(r, raw, width);
    bool is_done =
        dialect_splits_plainly(dialect) && !(is_text && dialect->blank_rows) &&
        (is_text ? records_scan_text(r, raw, n, width) : records_scan_csv(r, raw, n, dialect->delimiter, width));
    if (is_done)
        records_finish(r);
    else
        records_split_general(r, dialect, raw, n, width, is_head);
}

/* Puts a fault at the NUL byte raw[n], in the record behind those that have been split, unless there is one before. */
static void set_nul_fault(struct records *r, const struct dialect *dialect, size_t n)
{
    size_t begin = records_cut(dialect, r->raw, n), line = n;
    if (r->fault.reason != NULL && r->fault.at < begin)
        return;
    bool is_whole = r->rows > 0 && r->row_begin[r->rows - 1] >= begin;
    r->rows -= is_whole;
    if (is_whole)
        r->fault.column = r->width;
    else if (r->fault.reason == NULL)
        r->fault.column = 1;
    else if (r->fault.fields > 0)
        r->fault.column = r->fault.fields;
    while (line > 0 && r->raw[line - 1] != '\n' && r->raw[line - 1] != '\r')
        line--;
    r->fault.reason = "a NUL byte, which no text has";
    r->fault.cause = ERR_NUL_BYTE;
    r->fault.fields = 0;
    r->fault.at = (uint32_t)line;
}

void records_split(struct records *r, const struct dialect *dialect, const char *raw, size_t n, size_t width,
                   bool is_head)
{
    const char *nul = memchr(raw, '\0', n);
    split(r, dialect, raw, nul != NULL ? (size_t)(nul - raw) : n, width, is_head);
    if (nul != NULL)
        set_nul_fault(r, dialect, (size_t)(nul - raw));
    if (is_head)
        records_join_header(r, dialect, n);
}

size_t records_line(const struct records *records, size_t offset)
{
    size_t lines = 1, end = 0, content_end;
    for (size_t p = 0; records->ends_at_lf && p < offset; p++)
        lines += records->raw[p] == '\n';
    for (size_t p = 0; !records->ends_at_lf && p < offset; p = end) {
        /* A record begins at offset: the line before it ends there at the latest. */
        end = records_find_line_end(records->raw, p, offset, &content_end);
        lines += content_end < offset;
    }
    return lines;
}

struct slice records_line_end(const struct records *r, size_t n, size_t row)
{
    size_t at = r->row_end[row];
    bool is_two = at + 1 < n && r->raw[at] == '\r' && r->raw[at + 1] == '\n';
    return (struct slice){r->raw + at, is_two ? 2 : at < n};
}
