#define _XOPEN_SOURCE 700 /* realpath */

#include "cli/sink.h"

#include "base/mem.h"
#include "cli/buffer.h"
#include "cli/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SINK_BUFFER = 1 << 16 };

struct sink {
    int fd;
    const char *path; /* NULL = standard output */
    char *temporary;  /* to be renamed to … */
    char *target;     /* … what the path leads to; both NULL = written in place */
    struct buffer buffer;
    int error; /* errno of the first failure */
};

/* ---- a temporary file does not outlive an interrupted command ---- */

enum { MARKS = 4, MARK_MAX = 4096 };
static char marked[MARKS][MARK_MAX]; /* the files to remove; "" = none */
static const int deadly[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGALRM, SIGXCPU, SIGUSR1, SIGUSR2};
enum { DEADLY = sizeof deadly / sizeof deadly[0] };

void sink_remove_temporaries(void)
{
    for (size_t i = 0; i < MARKS; i++)
        if (marked[i][0] != '\0')
            unlink(marked[i]);
}

static void remove_marked(int signal_number)
{
    sink_remove_temporaries();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

/* Files beyond the number of marks, and those of endless names, are left to whoever interrupts. */
static void mark(const char *path)
{
    size_t i = 0;
    while (i < MARKS && marked[i][0] != '\0')
        i++;
    if (i == MARKS || strlen(path) >= MARK_MAX)
        return;
    strcpy(marked[i], path);
    for (size_t k = 0; k < DEADLY; k++) {
        struct sigaction old, action = {.sa_handler = remove_marked};
        if (sigaction(deadly[k], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
            sigaction(deadly[k], &action, NULL);
    }
}

static void unmark(const char *path)
{
    for (size_t i = 0; i < MARKS; i++)
        if (strcmp(marked[i], path) == 0)
            marked[i][0] = '\0';
}

/* A new file of a name that nobody has, marked before a signal can come between. */
static int make_marked(char *template)
{
    sigset_t deadly_set, before;
    sigemptyset(&deadly_set);
    for (size_t i = 0; i < DEADLY; i++)
        sigaddset(&deadly_set, deadly[i]);
    pthread_sigmask(SIG_BLOCK, &deadly_set, &before);
    int fd = mkstemp(template);
    if (fd >= 0)
        mark(template);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return fd;
}

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

/* A new file beside the target, with the target's permissions or those that the umask leaves. */
static int open_temporary(struct sink *s, const struct stat *target)
{
    s->target = target != NULL ? realpath(s->path, NULL) : NULL; /* a link stays one */
    if (s->target == NULL)
        s->target = mem_format("%s", s->path);
    s->temporary = mem_format("%s.XXXXXX", s->target);
    int fd = make_marked(s->temporary);
    if (fd < 0)
        return fd;
    mode_t mask = umask(0);
    umask(mask);
    fchmod(fd, target != NULL ? target->st_mode & 07777 : 0666 & ~mask);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    return fd;
}

enum status sink_open(struct sink **sink, const char *path, struct err *err)
{
    struct sink *s = mem_zero(1, sizeof *s);
    s->path = path;
    s->fd = STDOUT_FILENO;
    struct stat st;
    bool exists = path != NULL && stat(path, &st) == 0;
    if (path != NULL && exists && S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        s->fd = -1;
    } else if (path != NULL && exists && !S_ISREG(st.st_mode)) {
        s->fd = open(path, O_WRONLY | O_CLOEXEC);
    } else if (path != NULL) {
        s->fd = open_temporary(s, exists ? &st : NULL);
    }
    if (s->fd < 0) {
        enum status status = fail(s, errno, "cannot open for writing", err);
        free(s->temporary);
        free(s->target);
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
    if (s->temporary != NULL)
        unmark(s->temporary);
    free(s->temporary);
    free(s->target);
    buffer_free(&s->buffer);
    free(s);
}

enum status sink_close(struct sink *s, struct err *err)
{
    flush(s);
    /* Standard output is closed too: some file systems tell of a failure only then. */
    if (close(s->fd) != 0 && s->error == 0)
        s->error = errno;
    if (s->error == 0 && s->temporary != NULL && rename(s->temporary, s->target) != 0)
        s->error = errno;
    enum status status = s->error == 0 ? STATUS_OK : fail(s, s->error, "cannot write", err);
    if (status != STATUS_OK && s->temporary != NULL)
        unlink(s->temporary);
    release(s);
    return status;
}

void sink_abandon(struct sink *s)
{
    if (s == NULL)
        return;
    if (s->path != NULL)
        close(s->fd);
    if (s->temporary != NULL)
        unlink(s->temporary);
    release(s);
}
