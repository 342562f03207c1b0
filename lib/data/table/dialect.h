#ifndef LIKELY_DATA_TABLE_DIALECT_H
#define LIKELY_DATA_TABLE_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

/* How the text of a table is written: one value from the options of a command to the splitter of records. A zero field
 * is one to be detected, or has the default. */

enum dialect_format { DIALECT_AUTO, DIALECT_CSV, DIALECT_TSV, DIALECT_TEXT, DIALECT_SVM, DIALECT_JSONL };
enum dialect_header { DIALECT_HEADER_AUTO, DIALECT_HEADER_YES, DIALECT_HEADER_NO };
enum dialect_escape { DIALECT_ESCAPE_AUTO, DIALECT_ESCAPE_DOUBLE, DIALECT_ESCAPE_BACKSLASH };
enum dialect_ragged { DIALECT_RAGGED_AUTO, DIALECT_RAGGED_ERROR, DIALECT_RAGGED_PAD, DIALECT_RAGGED_DROP };
enum dialect_signs { DIALECT_SIGNS_AUTO, DIALECT_SIGNS_KEEP, DIALECT_SIGNS_DROP };
enum dialect_not_numbers { DIALECT_NOT_NUMBERS_ERROR, DIALECT_NOT_NUMBERS_MISSING };
enum dialect_encoding {
    DIALECT_ENCODING_AUTO,
    DIALECT_UTF8,
    DIALECT_UTF16LE,
    DIALECT_UTF16BE,
    DIALECT_LATIN1, /* Windows-1252, which has more characters than ISO 8859-1 and no others */
};

#define DIALECT_NO_QUOTE '\n' /* as a quote: no character quotes fields, as a line end cannot */
#define DIALECT_NO_MARK '\n'  /* as a mark of thousands: numbers have none */

struct dialect {
    int format;   /* enum dialect_format */
    int encoding; /* enum dialect_encoding */

    /* Lines of every file. */
    size_t skip_lines; /* at its head, before the header */
    bool skip_lines_given;
    size_t header_lines;  /* records that are joined, column by column, to the header; 0 = 1 where there is a header */
    bool units_row;       /* the record behind the header gives units, and is dropped */
    size_t footer_lines;  /* at its end, dropped */
    const char *comments; /* characters that begin a comment line; NULL = detect, "" = none */

    /* Fields of a record. */
    char delimiter;    /* between fields; once detected, '\0' means runs of blanks */
    size_t min_blanks; /* of such a run; 0 = 1 */
    size_t columns;    /* their number, where the first record does not show it; 0 = it does */
    bool open_ended;   /* of blank-separated text: the last of the columns extends to the line end */
    char quote;        /* '\0' = detect; DIALECT_NO_QUOTE */
    int escape;        /* enum dialect_escape: of a quote in a quoted field */
    bool loose_quotes; /* a quote in an unquoted field, or one in a quoted field that no delimiter follows, is text */
    bool trailing_delimiter; /* records end in a delimiter behind the last field */
    bool blank_rows;         /* blank lines between records are records of one empty field; of one column, once known */
    bool row_names;          /* the header lacks a field: the name of the first column, which names the rows */
    int ragged;              /* enum dialect_ragged: records that are shorter or longer than the header */

    /* Values of fields. */
    int header;        /* enum dialect_header: whether the first record names the columns */
    const char *names; /* comma-separated names of the columns, where there is no header; NULL = "1", "2", … */
    const char *na;    /* comma-separated words that mean a missing value, as the empty field does; NULL = DIALECT_NA
                        * everywhere and DIALECT_NA_NUMBERS in columns of numbers */
    char decimal;      /* '\0' = detect; '.' or ',' */
    char thousands;    /* between groups of three digits: '\0' = detect; ' ' is any kind of blank; DIALECT_NO_MARK */
    int signs;         /* enum dialect_signs: of currencies and per cent, before or behind a number */
    int not_numbers;   /* enum dialect_not_numbers: of text in a column of numbers */
};

#define DIALECT_NA "NA,N/A,n/a,#N/A,<NA>,NaN,nan,-nan,null,NULL,?"
#define DIALECT_NA_NUMBERS "None,.,-"

/* Whether records are split as plain CSV, TSV or blank-separated text are: no comments, '"' as quote, doubled in
 * quotes, none in blank-separated text. The delimiter is known. */
bool dialect_splits_plainly(const struct dialect *dialect);

/* Whether the text of a record is what clean CSV, TSV or blank-separated text would have: split plainly, with numbers
 * as number_parse reads them. */
bool dialect_is_plain(const struct dialect *dialect);

/* The delimiter of rows that are written as clean text: that of the input where it is plain, ' ' for runs of blanks. */
char dialect_clean_delimiter(const struct dialect *dialect);

#endif
