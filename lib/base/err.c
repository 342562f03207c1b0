/* The sentence of an error, and how untrusted text appears in messages: control characters and bytes that are
 * not UTF-8 are shown as \xHH, so that an input file can't send escape sequences to a terminal or break a
 * message over lines. Memory is that of struct err: nothing is allocated, longer text is cut. */
#include "base/err.h"

#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static enum status err_fill(struct err *err, enum status status, const char *format, va_list args)
{
    err->status = status;
    err->cause = ERR_NO_REMEDY;
    err->line = 0;
    err->file[0] = err->subject[0] = '\0';
    vsnprintf(err->reason, sizeof err->reason, format, args);
    return status;
}

enum status err_data(struct err *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    err_fill(err, STATUS_DATA, format, args);
    va_end(args);
    return STATUS_DATA;
}

enum status err_usage(struct err *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    err_fill(err, STATUS_USAGE, format, args);
    va_end(args);
    return STATUS_USAGE;
}

enum status err_io(struct err *err, const char *format, ...)
{
    int why = errno;
    va_list args;
    va_start(args, format);
    err_fill(err, STATUS_IO, format, args);
    va_end(args);
    size_t n = strlen(err->reason);
    snprintf(err->reason + n, sizeof err->reason - n, ": %s", strerror(why));
    return STATUS_IO;
}

enum status err_at(struct err *err, const char *file, size_t line)
{
    snprintf(err->file, sizeof err->file, "%s", file[0] != '\0' ? file : "''");
    err->line = line;
    return err->status;
}

enum status err_because(struct err *err, enum err_cause cause, const char *column)
{
    err->cause = cause;
    err_echo(err->subject, slice_of(column != NULL ? column : ""));
    return err->status;
}

size_t err_show(char out[ERR_SHOWN], struct slice text, size_t *taken)
{
    static const char hex[] = "0123456789abcdef";
    const unsigned char *p = (const unsigned char *)text.p;
    size_t wide = utf8_length(text);
    bool c1_control = wide == 2 && p[0] == 0xc2 && p[1] < 0xa0;
    *taken = wide > 0 && !c1_control ? wide : 1;
    if (*taken > 1 || (p[0] >= 0x20 && p[0] < 0x7f)) {
        memcpy(out, p, *taken);
        return *taken;
    }
    if (p[0] == 0x1f) { /* the unit separator, between parts of a value */
        memcpy(out, ", ", 2);
        return 2;
    }
    memcpy(out, (const char[]){'\\', 'x', hex[p[0] >> 4], hex[p[0] & 15]}, 4);
    return 4;
}

const char *err_echo(char out[ERR_ECHO], struct slice text)
{
    size_t used = 0;
    for (size_t i = 0, taken; i < text.n; i += taken) {
        if (used + ERR_SHOWN + sizeof "..." > ERR_ECHO) {
            memcpy(out + used, "...", 3);
            used += 3;
            break;
        }
        used += err_show(out + used, (struct slice){text.p + i, text.n - i}, &taken);
    }
    out[used] = '\0';
    return out;
}
