#ifndef LIKELY_CLI_PAGE_H
#define LIKELY_CLI_PAGE_H

#include "base/slice.h"
#include "text/buffer.h"

#include <stdbool.h>

/* Manual pages of section 7 that are made from their prose (man/NAME.7.in) and from declarations in C. */

/* Adds words as a sentence on lines of its own, in mdoc: broken before 79 bytes, with a full stop at last, and with a
 * capital at first unless they start with a formula. */
void page_sentence(struct buffer *out, const char *words, bool is_formula);

/* Copies the prose line by line, except the lines @NAME@ and @NAME ARGUMENT@, in whose place `add` adds its text. It
 * returns false for a name that it does not know; such a line is copied. */
void page_fill(struct slice prose, bool (*add)(struct slice name, struct slice argument, struct buffer *out),
               struct buffer *out);

#endif
