#ifndef LIKELY_FIT_SUMMARY_FREEDOM_H
#define LIKELY_FIT_SUMMARY_FREEDOM_H

#include "base/err.h"

#include <stddef.h>

/* Fills *err with that cause if there are more coefficients than rows of weight above 0 (with frequencies, than
 * cases): infinitely many fits would then be equally good. of: what has that many coefficients, such as " per
 * class", or "". */
enum status freedom_check(double rows, size_t coefficients, const char *of, enum err_cause cause, struct err *err);

#endif
