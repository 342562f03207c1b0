#ifndef LIKELY_DATA_TABLE_DETECT_STATE_H
#define LIKELY_DATA_TABLE_DETECT_STATE_H

#include "data/table/detect.h"
#include "data/table/sample.h"

/* Shared by the files of detect, from the bottom up: detect_cell.c (kinds of cells), detect_split.c, detect_fields.c
 * (separator and quotes), detect_head.c (comments and titles), detect_units.c, detect_header.c, detect_rest.c (columns
 * aligned by blanks), detect_second.c (two tables), detect_tail.c (notes, totals), detect_widths.c (records of other
 * widths), detect_numbers.c (decimal comma, thousands) and detect.c. */

enum { DETECT_MOST = 1000 }; /* records that are looked at */

enum detect_cell {
    CELL_EMPTY,  /* or a word for a missing value */
    CELL_NUMBER, /* as number_parse reads it */
    CELL_MARKED, /* a number with a decimal comma, marks of thousands, or signs around it */
    CELL_VALUE,  /* a date or a time */
    CELL_TEXT,
    CELL_DIRTY, /* text that another separator may split */
};

struct detect {
    const struct dialect *given;
    const struct missing *missing;
    struct slice text;   /* without the lines that were given to be skipped; padded */
    size_t base_lines;   /* of the file before the text */
    size_t lines_before; /* of the file before the sample */
    bool is_whole;
    struct dialect *found;
    struct sample sample; /* in the dialect found so far */
    size_t width;         /* of most records, then of the table */
    struct buffer *facts, *evidence;
};

enum detect_cell detect_cell(const struct missing *missing, struct slice cell);
enum detect_cell detect_cell_at(const struct detect *detect, size_t row, size_t field);

static inline bool detect_is_typed(enum detect_cell cell)
{
    return cell >= CELL_NUMBER && cell <= CELL_VALUE;
}

/* Appends to a list of facts. */
void detect_say(struct buffer *facts, const char *format, ...) __attribute__((format(printf, 2, 3)));

struct slice detect_skip(struct slice text, size_t lines); /* the text without its first lines */

/* Splits the text behind the skipped lines by the dialect found so far. */
void detect_split(struct detect *detect);

bool detect_is_unit(const struct detect *detect, size_t row); /* the record is a line of units */

/* Whether the last column of blank-separated text takes the rest of the line, so that the sample is to be split anew.
 */
bool detect_rest(struct detect *detect);

/* Whether two or more blanks separate the fields of blank-separated text, which a single blank does not; splits the
 * sample. */
bool detect_gaps(struct detect *detect);

/* The steps, in their order. */
enum status detect_fields(struct detect *detect, struct err *err);
enum status detect_head(struct detect *detect, struct err *err);
enum status detect_header(struct detect *detect, struct err *err);
enum status detect_second(const struct detect *detect, struct err *err);
void detect_tail(struct detect *detect);
void detect_widths(struct detect *detect);
void detect_numbers(struct detect *detect);

#endif
