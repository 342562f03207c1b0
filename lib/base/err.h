#ifndef LIKELY_BASE_ERR_H
#define LIKELY_BASE_ERR_H

#include "base/slice.h"
#include "base/status.h"

#include <stddef.h>

/* Why something failed, and where. The library fills it; only lib/cli prints it, as
 *     NAME: FILE:LINE: REASON
 * leaving out what is not known. Zero-initialise: struct err err = {0}; */
struct err {
    enum status status;
    size_t line;       /* physical line, from 1; 0 = not about a line */
    char file[256];    /* input file as the user named it; "" = not about a file */
    char reason[1024]; /* one sentence without a full stop */
};

/* Each fills *err and returns the status it names, so that a caller can say
 *     return err_data(err, "column %zu is constant", column); */
enum status err_data(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
enum status err_usage(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* STATUS_IO with strerror(errno) behind the formatted text: "cannot open: No such file or directory". */
enum status err_io(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds the place to an error that has been filled; returns err->status. An empty file name is shown as ''; line 0 =
 * unknown. */
enum status err_at(struct err *err, const char *file, size_t line);

/* The first character of text (text.n > 0) as a message shows it, which is 4 bytes at most: control characters and
 * bytes that are not UTF-8 as \xHH. Returns how many bytes go to out; *taken: how many of text that was. */
enum { ERR_SHOWN = 4 };
size_t err_show(char out[ERR_SHOWN], struct slice text, size_t *taken);

/* Copies echoed text for a message into out, as err_show does; longer text is cut with "...". Returns out. */
enum { ERR_ECHO = 160 };
const char *err_echo(char out[ERR_ECHO], struct slice text);

#endif
