#ifndef LIKELY_APP_DRAW_GNUPLOT_H
#define LIKELY_APP_DRAW_GNUPLOT_H

#include "base/err.h"
#include "text/buffer.h"

/* Lets gnuplot, without the settings of its user, run a script and takes what it writes to its standard output. Errors:
 * gnuplot is not installed (with the command that installs it), or fails (with the first thing that it says); nothing
 * has been written then. */
enum status gnuplot_run(const struct buffer *script, struct buffer *picture, struct err *err);

/* Text as a string of a script, in which nothing has a meaning of its own. */
void gnuplot_add_string(struct buffer *script, const char *text);

#endif
