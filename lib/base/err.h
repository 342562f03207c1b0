#ifndef LIKELY_BASE_ERR_H
#define LIKELY_BASE_ERR_H

#include "base/slice.h"
#include "base/status.h"

#include <stddef.h>

/* Causes that a user can remedy by an option. The library states the cause; lib/cli/remedy.c knows the options. */
enum err_cause {
    ERR_NO_REMEDY,
    ERR_MISSING_VALUE,
    ERR_MISSING_INPUT, /* of a row to predict */
    ERR_TEXT_FEATURE,  /* a text column that can be coded as categories */
    ERR_TEXT_NUMBERS,  /* a text column where only numbers are possible */
    ERR_CONSTANT_COLUMN,
    ERR_NO_VARIANCE,          /* within a class */
    ERR_FEW_ROWS,             /* fewer rows than coefficients */
    ERR_FEW_SPARSE_ROWS,      /* likewise; columns cannot be omitted */
    ERR_FEW_UNPENALIZED_ROWS, /* likewise; the method has no penalty */
    ERR_MANY_COLUMNS,         /* the square of their number does not fit into memory */
    ERR_MANY_COEFFICIENTS,    /* more than the solver supports */
    ERR_MANY_NUMBERS,         /* the same, where all are numbers, as of proportions */
    ERR_MANY_CLASSES,         /* more than two */
    ERR_UNLISTED_CLASS,
    ERR_THIRD_CLASS, /* beside the one, the subject, that a single column predicts, and another */
    ERR_NOT_BINARY,  /* a target that is neither 0 nor 1 */
    ERR_FRACTIONAL_FREQUENCY,
    ERR_TWICE, /* a name that occurs twice, where groups could tell the occurrences apart */
    ERR_TEMPORARY_FILE,
    ERR_SPARSE_TARGET,
    ERR_SPARSE_LOSS,
    ERR_MODEL_AS_TABLE,
    ERR_IMPOSSIBLE_ROW,
    ERR_JSON_ARRAY,    /* of objects, in place of an object a line */
    ERR_JSON_ARRAYS,   /* in place of objects */
    ERR_JSON_SPREAD,   /* an object over several lines */
    ERR_JSON_KEY,      /* the key, the subject, of an array whose objects are the rows */
    ERR_UNKNOWN_KEY,   /* of JSON, that is no column */
    ERR_DECIMAL_COMMA, /* of a text in a column of numbers, which is a number … */
    ERR_THOUSANDS,     /* … with marks between groups of three digits, … */
    ERR_COMMA,         /* … with one of both, … */
    ERR_NUMBER_SIGN,   /* … with a sign of a currency or per cent */
    ERR_ENCODING,      /* bytes that are no text of the encoding */
    ERR_NUL_BYTE,
    ERR_DELIMITER,    /* two separators fit about as well */
    ERR_HEADER,       /* the first record may be a header or data */
    ERR_TITLE,        /* the first line may be a title or a header */
    ERR_QUOTE,        /* a quote where none may be, or that is not closed */
    ERR_SHORT_RECORD, /* fewer fields than the header has */
    ERR_LONG_RECORD,
    ERR_UNCHOSEN_COLUMN, /* several columns could be meant */
    ERR_UNCHOSEN_PAIR,
    ERR_UNNAMED_COLUMNS, /* rows without a header, whose columns are wanted by name */
    ERR_UNNAMED_NUMBERS, /* likewise; all of them are known, the subject */
    ERR_REPEATED_NAMES,  /* in the first record, where it is not to be a header */
    ERR_LATE_TEXT,       /* in a column that has no other values for long */
    ERR_UNSEEN_LEVEL,    /* of a category, in a row to predict */
    ERR_SECOND_TABLE,    /* in a file */
    ERR_INESTIMABLE_ROW, /* a row to predict */
};

/* Why something failed, and where. The library fills it; only lib/cli prints it, as
 *     NAME: FILE:LINE: REASON; REMEDY
 * without the parts that are unknown. Zero-initialise: struct err err = {0}; */
enum { ERR_ECHO = 160 };
struct err {
    enum status status;
    enum err_cause cause;
    size_t line;            /* physical line, from 1; 0 = not about a line */
    char file[256];         /* input file as the user named it; "" = not about a file */
    char reason[1024];      /* one sentence without a full stop */
    char subject[ERR_ECHO]; /* the column that the cause is about, as err_echo shows it; "" = none */
};

/* Each fills *err and returns the status it is named after, so that a caller can write
 *     return err_data(err, "column %zu is constant", column); */
enum status err_data(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
enum status err_usage(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Returns STATUS_IO and appends strerror(errno) to the reason: "cannot open: No such file or directory". */
enum status err_io(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds the place to an error that has been filled and returns err->status. An empty file name is shown as '';
 * line 0 means that the line is unknown. */
enum status err_at(struct err *err, const char *file, size_t line);

/* Adds the cause to an error that has been filled and returns err->status. column is as the table names it; NULL means
 * that the cause is not about a column. */
enum status err_because(struct err *err, enum err_cause cause, const char *column);

/* Writes the first character of text (text.n > 0) to out as messages show it, in at most ERR_SHOWN bytes:
 * control characters and bytes that are not UTF-8 as \xHH, the unit separator (0x1f) as ", ". Returns the number of
 * bytes written to out; *taken is the number of bytes of text they stand for. */
enum { ERR_SHOWN = 4 };
size_t err_show(char out[ERR_SHOWN], struct slice text, size_t *taken);

/* Copies text to out as err_show writes it, cut with "..." where it is too long. Returns out. */
const char *err_echo(char out[ERR_ECHO], struct slice text);

#endif
