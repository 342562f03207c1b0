#ifndef LIKELY_CLI_SINK_H
#define LIKELY_CLI_SINK_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* Where results go: standard output or a file. A file is written beside its target under a temporary name and renamed
 * by sink_close, so that it is complete or not created; pipes and devices are written in place. The first failure to
 * write is kept and returned by sink_close. SIGPIPE has its default action, so that a closed pipe ends the command, as
 * it ends cat. */
struct sink;

enum status sink_open(struct sink **sink, const char *path /* NULL or "-" = standard output */, struct err *err);
void sink_write(struct sink *sink, const void *bytes, size_t n);
void sink_text(struct sink *sink, const char *text);
void sink_format(struct sink *sink, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool sink_is_terminal(const struct sink *sink);
enum status sink_flush(struct sink *sink,
                       struct err *err); /* writes the buffer: for streams that somebody reads meanwhile */
enum status sink_close(struct sink *sink, struct err *err); /* flushes, renames; frees */
void sink_abandon(struct sink *sink); /* after an error: the target is left as it was; NULL is fine */

#endif
