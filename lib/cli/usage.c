/* The templates of usage errors. Every command states the same mistake in the same words, so that users and scripts
 * recognise it; main.c adds "; try 'NAME --help'" to each. No other file formats usage errors of options. */

#include "cli/usage.h"

#include <stdarg.h>
#include <stdio.h>

/* option, template and what the format says, one after the other */
static enum status usage_fill(struct err *err, const char *option, const char *template, const char *format,
                              va_list args)
{
    char text[sizeof err->reason];
    vsnprintf(text, sizeof text, format, args);
    return err_usage(err, "%s%s%s", option, template, text);
}

enum status usage_requires(struct err *err, const char *option, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    usage_fill(err, option, " requires ", format, args);
    va_end(args);
    return STATUS_USAGE;
}

enum status usage_conflict(struct err *err, const char *option, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    usage_fill(err, option, " cannot be used with ", format, args);
    va_end(args);
    return STATUS_USAGE;
}

enum status usage_value(struct err *err, const char *option, const char *value, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    usage_fill(err, "", "expected ", format, args);
    va_end(args);
    return usage_of_value(STATUS_USAGE, err, option, value);
}

enum status usage_option(struct err *err, const char *option, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    usage_fill(err, option, ": ", format, args);
    va_end(args);
    return STATUS_USAGE;
}

enum status usage_missing(struct err *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    usage_fill(err, "", "missing ", format, args);
    va_end(args);
    return STATUS_USAGE;
}

enum status usage_operand(struct err *err, const char *operand, const char *format, ...)
{
    char echo[ERR_ECHO + 32], text[ERR_ECHO];
    snprintf(echo, sizeof echo, "unexpected operand '%s'", err_echo(text, slice_of(operand)));
    va_list args;
    va_start(args, format);
    usage_fill(err, echo, ": expected ", format, args);
    va_end(args);
    return STATUS_USAGE;
}

enum status usage_exclude(struct err *err, const char *option, const struct usage_given *others)
{
    for (; others->option != NULL; others++)
        if (others->is_given)
            return usage_conflict(err, option, "%s", others->option);
    return STATUS_OK;
}

enum status usage_of_option(enum status status, struct err *err, const char *option)
{
    char reason[sizeof err->reason];
    if (status != STATUS_USAGE)
        return status;
    snprintf(reason, sizeof reason, "%s", err->reason);
    return err_usage(err, "%s: %s", option, reason);
}

enum status usage_of_value(enum status status, struct err *err, const char *option, const char *value)
{
    char reason[sizeof err->reason], echo[ERR_ECHO];
    if (status != STATUS_USAGE)
        return status;
    snprintf(reason, sizeof reason, "%s", err->reason);
    return err_usage(err, "%s: invalid value '%s': %s", option, err_echo(echo, slice_of(value)), reason);
}
