#ifndef LIKELY_APP_DRAW_GNUPLOT_H
#define LIKELY_APP_DRAW_GNUPLOT_H

#include "base/err.h"
#include "text/buffer.h"

/* Runs a script with gnuplot, without the settings of its user, and collects its standard output in picture.
 * Errors: gnuplot is not installed (the message says how to install it) or fails (with its message). */
enum status gnuplot_run(const struct buffer *script, struct buffer *picture, struct err *err);

/* Appends text as a string literal of a script. */
void gnuplot_add_string(struct buffer *script, const char *text);

#endif
