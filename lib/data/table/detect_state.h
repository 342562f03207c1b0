#ifndef LIKELY_DATA_TABLE_DETECT_STATE_H
#define LIKELY_DATA_TABLE_DETECT_STATE_H

#include "data/table/detect.h"
#include "data/table/sample.h"

/* Shared by the files of detect, from the bottom up: detect_cell.c (kinds of cells), detect_fields.c (delimiter and
 * quotes), detect_lines.c (titles, header, footer) and detect.c. */

enum { DETECT_MOST = 1000 }; /* records that are looked at */

enum detect_cell {
    CELL_EMPTY,  /* or a word for a missing value */
    CELL_NUMBER, /* as number_parse reads it */
    CELL_VALUE,  /* a date, a time, an amount of money, a percentage, a number with other marks */
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
    size_t width;         /* of most records */
    struct buffer *facts, *evidence;
};

enum detect_cell detect_cell(const struct missing *missing, struct slice cell);
enum detect_cell detect_cell_at(const struct detect *detect, size_t row, size_t field);

/* Appends to a list of facts. */
void detect_say(struct buffer *facts, const char *format, ...) __attribute__((format(printf, 2, 3)));

void detect_fields(struct detect *detect); /* chooses delimiter, quotes, escape; splits the sample */

/* Whether the last column of blank-separated text takes the rest of the line, so that the sample is to be split anew.
 */
bool detect_rest(struct detect *detect);

/* Whether two or more blanks separate the fields of blank-separated text, which a single blank does not; splits the
 * sample. */
bool detect_gaps(struct detect *detect);

enum status detect_lines(struct detect *detect, struct err *err); /* all lines but the rows; error: two tables */

#endif
