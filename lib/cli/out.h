#ifndef LIKELY_CLI_OUT_H
#define LIKELY_CLI_OUT_H

#include "base/err.h"
#include "base/slice.h"
#include "cli/command.h"

#include <stddef.h>

/* Where results go. A sink is standard output or -o FILE; a file is written beside its target under a temporary name and
 * renamed by sink_close, so that it is there whole or not at all. Nothing is lost silently: the first failure to write
 * is kept and returned by sink_close. SIGPIPE is left alone, so that a closed pipe ends the command as it ends cat. */
struct sink;
enum status sink_open(struct sink **sink, const char *path /* NULL = standard output */, struct err *err);
void sink_write(struct sink *sink, const void *bytes, size_t n);
void sink_text(struct sink *sink, const char *text);
void sink_format(struct sink *sink, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool sink_is_terminal(const struct sink *sink);
enum status sink_flush(struct sink *sink, struct err *err); /* hands on what is buffered: for streams somebody waits for */
enum status sink_close(struct sink *sink, struct err *err); /* flushes, syncs errors, renames; frees */
void sink_abandon(struct sink *sink);                       /* after an error: the target is left as it was; NULL is fine */

/* A table of results: rows of named cells as CSV, TSV, JSON (an array of objects) or an aligned table for people. */
enum out_format { OUT_CSV, OUT_TSV, OUT_JSON, OUT_TABLE };

struct out;
/* names: n column names, copied. */
enum status out_open(struct out **out, const struct output_settings *settings, size_t n, const char *const *names, struct err *err);
void out_number(struct out *out, double value);  /* NaN is written as an empty cell, JSON null; inf as inf, JSON "inf" */
void out_count(struct out *out, size_t value);
void out_text(struct out *out, struct slice text); /* p NULL: an empty cell */
void out_end_row(struct out *out);                 /* after n cells */
enum status out_close(struct out *out, struct err *err);
void out_abandon(struct out *out); /* NULL is fine */

/* Appends text to buf as a CSV field, quoted where it must be (RFC 4180) for that delimiter. */
struct buffer {
    char *p;
    size_t n, capacity;
};
void buffer_add(struct buffer *buffer, const void *bytes, size_t n);
void buffer_add_field(struct buffer *buffer, struct slice text, char delimiter);
void buffer_add_number(struct buffer *buffer, double value, size_t digits); /* digits 0: shortest */
void buffer_free(struct buffer *buffer);

#endif
