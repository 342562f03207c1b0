#ifndef LIKELY_BASE_ERR_H
#define LIKELY_BASE_ERR_H

#include "base/slice.h"
#include "base/status.h"

#include <stddef.h>

/* Why something failed, and where. The library fills it; only lib/cli prints it, as
 *     NAME: FILE:LINE: REASON
 * without the parts that are unknown. Zero-initialise: struct err err = {0}; */
struct err {
    enum status status;
    size_t line;       /* physical line, from 1; 0 = not about a line */
    char file[256];    /* input file as the user named it; "" = not about a file */
    char reason[1024]; /* one sentence without a full stop */
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

/* Writes the first character of text (text.n > 0) to out as messages show it, in at most ERR_SHOWN bytes:
 * control characters and bytes that are not UTF-8 as \xHH. Returns the number of bytes written to out; *taken is
 * the number of bytes of text they stand for. */
enum { ERR_SHOWN = 4 };
size_t err_show(char out[ERR_SHOWN], struct slice text, size_t *taken);

/* Copies text to out as err_show writes it, cut with "..." where it is too long. Returns out. */
enum { ERR_ECHO = 160 };
const char *err_echo(char out[ERR_ECHO], struct slice text);

#endif
