#ifndef LIKELY_DATA_TABLE_RECORDS_H
#define LIKELY_DATA_TABLE_RECORDS_H

#include "base/slice.h"

#include <stddef.h>
#include <stdint.h>

/* Splits a block of text, which begins and ends at record ends, into rows of fields.
 *
 * CSV and TSV are what libcsv's strict mode says they are: blanks around an unquoted field do not belong to
 * it, lines of nothing but blanks are no records, a record ends at LF, CR or CRLF, and quotes stand around
 * whole fields only. Blank-separated text has no quotes: fields are what stands between runs of blanks and
 * tabs.
 *
 * Offsets are of 32 bits: a block is at most RECORDS_MAX bytes. */

enum { RECORDS_PADDING = 64 };
#define RECORDS_MAX ((size_t)1 << 31)

struct records {
    const char *text; /* field f of row r is text[begin[r*width+f] .. end[r*width+f]); RECORDS_PADDING bytes on either
                         side of it may be read */
    uint32_t *begin, *end;
    size_t rows, width;
    const char *raw; /* the block itself; row r stands in raw[row_begin[r] .. row_end[r]) without its line end */
    uint32_t *row_begin, *row_end;
    size_t lines; /* physical line ends in the block */

    /* The first thing wrong, behind the rows above: reason NULL = nothing. */
    struct {
        const char *reason; /* a sentence, or the next two say "N fields where there should be M" */
        size_t fields;      /* of a ragged row; 0 = not that */
        size_t column;      /* from 1; 0 = the whole record */
        uint32_t at;        /* offset in raw: its line is the one to name */
    } fault;

    struct records_memory *memory;
};

void records_init(struct records *records);
void records_free(struct records *records);

/* All set rows, width, fields and, where something is wrong, fault. width 0: that of the first record, else records of
 * another width are a fault. raw must stay where it is while the records are used, and RECORDS_PADDING bytes on either
 * side of it be readable. */
void records_split_csv(struct records *records, const char *raw, size_t n, char delimiter, size_t width);
void records_split_text(struct records *records, const char *raw, size_t n, size_t width);

/* The specification of the two, which they fall back on for all that is out of the ordinary. */
void records_split_csv_by_libcsv(struct records *records, const char *raw, size_t n, char delimiter, size_t width);
void records_split_text_by_byte(struct records *records, const char *raw, size_t n, size_t width);

/* Takes a row's fields and text over to another, earlier or equal row. */
void records_move(struct records *records, size_t to, size_t from);

/* Physical line, from 1, of an offset in the block. */
size_t records_line(const struct records *records, size_t offset);

/* What ends a row of a block of n bytes: LF, CR or CRLF; nothing where the input ends without. */
struct slice records_line_end(const struct records *records, size_t n, size_t row);

static inline struct slice records_field(const struct records *records, size_t row, size_t field)
{
    size_t i = row * records->width + field;
    return (struct slice){records->text + records->begin[i], records->end[i] - records->begin[i]};
}

/* Offset behind the last complete record of raw[0..n), which begins at a record's begin; 0 if none is
 * complete. A CR at the very end may be half of a CRLF and completes nothing. delimiter 0: blank-separated
 * text, where quotes mean nothing. */
size_t records_cut(const char *raw, size_t n, char delimiter);

#endif
