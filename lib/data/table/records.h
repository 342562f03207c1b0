#ifndef LIKELY_DATA_TABLE_RECORDS_H
#define LIKELY_DATA_TABLE_RECORDS_H

#include "base/err.h"
#include "base/slice.h"
#include "data/table/dialect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Splits a block of text, which begins and ends at record ends, into rows of fields.
 *
 * Plain CSV and TSV are defined by the strict mode of libcsv: blanks around an unquoted field are not part of it, lines
 * that are empty or blank are skipped, a record ends at LF, CR or CRLF, and quotes enclose whole fields only. In plain
 * blank-separated text, quotes are text, and runs of blanks and tabs separate fields. struct dialect states how other
 * text differs. A NUL byte is a fault everywhere.
 *
 * Offsets have 32 bits: a block is at most RECORDS_MAX bytes. */

enum { RECORDS_PADDING = 64 };
#define RECORDS_MAX ((size_t)1 << 31)

struct records {
    const char *text; /* field f of row r is text[begin[r*width+f] .. end[r*width+f]); RECORDS_PADDING bytes before and
                       * behind it may be read */
    uint32_t *begin, *end;
    size_t rows, width;
    const char *raw; /* the block; row r is raw[row_begin[r] .. row_end[r]), without its line end */
    uint32_t *row_begin, *row_end;
    size_t lines;                /* physical line ends in the block */
    bool ends_at_lf;             /* a lone CR ends no line, as in JSON Lines */
    size_t padded, cut, dropped; /* ragged records to which fields were added, whose empty ones were, or left out */

    /* The first fault, behind the rows: reason NULL = none. */
    struct {
        const char *reason; /* a sentence; "" for a ragged row */
        size_t fields;      /* of a ragged row; else 0 */
        size_t column;      /* from 1; 0 = the whole record */
        uint32_t at;        /* offset in raw, in the line to name */
        enum err_cause cause;
    } fault;

    struct records_memory *memory;
};

void records_init(struct records *records);
void records_free(struct records *records);

/* Sets rows, width, fields and fault. width 0: the width of the first record; else a record of another width is a
 * fault, or what the dialect says. The format of the dialect is known. is_head: raw begins with the first record of a
 * file, whose header lines become one record. raw must stay in place while the records are used, and RECORDS_PADDING
 * bytes before and behind it be readable.
 */
void records_split(struct records *records, const struct dialect *dialect, const char *raw, size_t n, size_t width,
                   bool is_head);

/* Moves the fields and text of a row to an earlier or the same row. */
void records_move(struct records *records, size_t to, size_t from);

/* Physical line, from 1, of an offset in the block. */
size_t records_line(const struct records *records, size_t offset);

/* The line end of a row of a block of n bytes: LF, CR, CRLF, or nothing at the end of the input. */
struct slice records_line_end(const struct records *records, size_t n, size_t row);

static inline struct slice records_field(const struct records *records, size_t row, size_t field)
{
    size_t i = row * records->width + field;
    return (struct slice){records->text + records->begin[i], records->end[i] - records->begin[i]};
}

/* Offset behind the last complete record of raw[0..n), which begins with a record; 0 if none is complete. A CR at the
 * very end may be half of a CRLF and completes nothing. RECORDS_PADDING bytes behind raw[0..n) may be read. */
size_t records_cut(const struct dialect *dialect, const char *raw, size_t n);

/* Whether raw[0..n), which begins with a record, ends inside a quoted field; *at: its opening quote. */
bool records_find_open_quote(const struct dialect *dialect, const char *raw, size_t n, size_t *at);

#endif
