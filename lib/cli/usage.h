#ifndef LIKELY_CLI_USAGE_H
#define LIKELY_CLI_USAGE_H

#include "base/err.h"

#include "cli/usage.h"

#include <stdbool.h>

/* Usage errors, one function per template; all return STATUS_USAGE. `option` is written with its dashes, and may carry
 * a value: "--solver online". A format may end in a remedy, behind a semicolon. */

/* "--penalized-errors requires --l2" */
enum status usage_requires(struct err *err, const char *option, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* "--cov cannot be used with --joint" */
enum status usage_conflict(struct err *err, const char *option, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* "--fold: invalid value '5/1': expected k/K, such as 1/5"; the format says what is expected. */
enum status usage_value(struct err *err, const char *option, const char *value, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* "--layer: a linear model has no layers": the value is valid, but not for these files or models. */
enum status usage_option(struct err *err, const char *option, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* "missing --target" */
enum status usage_missing(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "unexpected operand 'b.csv': expected one model" */
enum status usage_operand(struct err *err, const char *operand, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* An option that may be given or not. */
struct usage_given {
    const char *option; /* with its dashes; NULL ends a list */
    bool is_given;
};

/* STATUS_OK, or usage_conflict of the option with the first of the others that is given. */
enum status usage_exclude(struct err *err, const char *option, const struct usage_given *others);

/* Put the option, and its value, before the reason of a usage error of the library; other errors and STATUS_OK stay as
 * they are: "expected k/K" becomes "--fold: invalid value '5/1': expected k/K". Return `status`. */
enum status usage_of_option(enum status status, struct err *err, const char *option);
enum status usage_of_value(enum status status, struct err *err, const char *option, const char *value);

#endif
