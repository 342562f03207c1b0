#ifndef LIKELY_CLI_REMEDY_H
#define LIKELY_CLI_REMEDY_H

#include "base/err.h"
#include "cli/opt.h"
#include "text/buffer.h"

/* Appends to an error's message the options of the table that can remedy its cause:
 * "; use --categorical auto to encode text columns, or --exclude 'city' to omit the column". */
void remedy_add(struct buffer *message, const struct err *err, const struct opt *table, size_t n);

#endif
