#ifndef LIKELY_BASE_UTF8_H
#define LIKELY_BASE_UTF8_H

#include "base/slice.h"

/* Bytes of the well-formed UTF-8 character (RFC 3629) of more than one byte that the text begins with; 0 if
 * it does with none. */
size_t utf8_length(struct slice text);

#endif
