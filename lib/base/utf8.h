#ifndef LIKELY_BASE_UTF8_H
#define LIKELY_BASE_UTF8_H

#include "base/slice.h"

/* Length in bytes, 2 to 4, of the well-formed UTF-8 character (RFC 3629) that begins the text; 0 if the text is
 * empty or begins with an ASCII character or a malformed sequence. */
size_t utf8_length(struct slice text);

#endif
