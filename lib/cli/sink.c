/* Where results are written: standard output, a descriptor such as /dev/stdout, a file in place (pipes and devices), or
 * a replacement of a regular file (replacement.c). Writes are buffered; the first failure is kept and reported by
 * sink_close, so that callers need not check each write. */
#include "cli/sink.h"

#include "base/mem.h"
#include "cli/progress.h"
#include "cli/replacement.h"
#include "text/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SINK_BUFFER = 1 << 16 };

struct sink {
    int fd;
    const char *path;        /* NULL = standard output */
    struct replacement file; /* without a target: written in place */
    struct buffer buffer;
    int error; /* errno of the first failure */
};

/* ---- opening and closing ---- */

static const char *sink_name(const struct sink *s)
{
    return s->path != NULL ? s->path : "standard output";
}

static enum status fail(const struct sink *s, int error, const char *what, struct err *err)
{
    errno = error;
    err_io(err, "%s", what);
    return err_at(err, sink_name(s), 0);
}

/* The descriptor whose name a path is, as /dev/stdout is: such a file is written on with, and not replaced. -1: none.
 */
static int descriptor_of(const char *path)
{
    static const char *const directories[] = {"/dev/fd/", "/proc/self/fd/"};
    enum { DIGITS_MAX = 6 };
    if (strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    for (size_t i = 0; i < sizeof directories / sizeof directories[0]; i++) {
        const char *number = path + strlen(directories[i]);
        if (strncmp(path, directories[i], strlen(directories[i])) == 0 && *number != '\0' &&
            strspn(number, "0123456789") == strlen(number) && strlen(number) <= DIGITS_MAX)
            return atoi(number);
    }
    return -1;
}

enum status sink_open(struct sink **sink, const char *path, struct err *err)
{
    struct sink *s = mem_zero(1, sizeof *s);
    path = path != NULL && strcmp(path, "-") == 0 ? NULL : path;
    s->path = path;
    s->fd = STDOUT_FILENO;
    struct stat st;
    bool exists = path != NULL && stat(path, &st) == 0;
    if (path != NULL && path[0] == '\0') {
        errno = ENOENT;
        s->fd = -1;
    } else if (path != NULL && exists && S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        s->fd = -1;
    } else if (path != NULL && descriptor_of(path) >= 0) {
        s->fd = dup(descriptor_of(path));
    } else if (path != NULL && exists && !S_ISREG(st.st_mode)) {
        s->fd = open(path, O_WRONLY | O_CLOEXEC);
    } else if (path != NULL) {
        s->fd = replacement_open(&s->file, path, exists ? &st : NULL) ? s->file.fd : -1;
    }
    if (s->fd < 0) {
        enum status status = fail(s, errno, "cannot open for writing", err);
        free(s);
        return status;
    }
    *sink = s;
    return STATUS_OK;
}

static void flush(struct sink *s)
{
    if (isatty(s->fd))
        progress_erase();
    for (size_t done = 0; done < s->buffer.n && s->error == 0;) {
        ssize_t n = write(s->fd, s->buffer.p + done, s->buffer.n - done);
        if (n >= 0)
            done += (size_t)n;
        else if (errno != EINTR)
            s->error = errno;
    }
    s->buffer.n = 0;
}

void sink_write(struct sink *s, const void *bytes, size_t n)
{
    buffer_add(&s->buffer, bytes, n);
    if (s->buffer.n >= SINK_BUFFER)
        flush(s);
}

void sink_text(struct sink *s, const char *text)
{
    sink_write(s, text, strlen(text));
}

void sink_format(struct sink *s, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char text[1024];
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n > 0)
        sink_write(s, text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
}

bool sink_is_terminal(const struct sink *s)
{
    return isatty(s->fd);
}

enum status sink_flush(struct sink *s, struct err *err)
{
    flush(s);
    return s->error == 0 ? STATUS_OK : fail(s, s->error, "cannot write", err);
}

static void release(struct sink *s)
{
    buffer_free(&s->buffer);
    free(s);
}

enum status sink_close(struct sink *s, struct err *err)
{
    flush(s);
    if (s->file.target != NULL && s->error != 0)
        replacement_abandon(&s->file);
    else if (s->file.target != NULL)
        s->error = replacement_commit(&s->file) ? 0 : errno;
    else if (close(s->fd) != 0 &&
             s->error == 0) /* standard output, too: some file systems tell of a failure only then */
        s->error = errno;
    enum status status = s->error == 0 ? STATUS_OK : fail(s, s->error, "cannot write", err);
    release(s);
    return status;
}

void sink_abandon(struct sink *s)
{
    if (s == NULL)
        return;
    if (s->file.target != NULL)
        replacement_abandon(&s->file);
    else if (s->path != NULL)
        close(s->fd);
    release(s);
}
