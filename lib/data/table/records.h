#ifndef LIKELY_DATA_TABLE_RECORDS_H
#define LIKELY_DATA_TABLE_RECORDS_H

#include "base/slice.h"

#include <stddef.h>
#include <stdint.h>

/* Splits a block of text, which begins and ends at record ends, into rows of fields.
 *
 * CSV and TSV are defined by the strict mode of libcsv: blanks around an unquoted field are not part of it, lines that
 * are empty or blank are skipped, a record ends at LF, CR or CRLF, and quotes enclose whole fields only.
 * Blank-separated text has no quotes: runs of blanks and tabs separate its fields.
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
    size_t lines; /* physical line ends in the block */

    /* The first fault, behind the rows: reason NULL = none. */
    struct {
        const char *reason; /* a sentence; "" for a ragged row */
        size_t fields;      /* of a ragged row; else 0 */
        size_t column;      /* from 1; 0 = the whole record */
        uint32_t at;        /* offset in raw, in the line to name */
    } fault;

    struct records_memory *memory;
};

void records_init(struct records *records);
void records_free(struct records *records);

/* Set rows, width, fields and fault. width 0: the width of the first record; else a record of another width is a fault.
 * raw must stay in place while the records are used, and RECORDS_PADDING bytes before and behind it be readable. */
void records_split_csv(struct records *records, const char *raw, size_t n, char delimiter, size_t width);
void records_split_text(struct records *records, const char *raw, size_t n, size_t width);

/* Their specification, to which they fall back for quotes, lone CRs and ragged records. */
void records_split_csv_by_libcsv(struct records *records, const char *raw, size_t n, char delimiter, size_t width);
void records_split_text_by_byte(struct records *records, const char *raw, size_t n, size_t width);

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
 * very end may be half of a CRLF and completes nothing. delimiter 0: blank-separated text, in which quotes are text. */
size_t records_cut(const char *raw, size_t n, char delimiter);

#endif
