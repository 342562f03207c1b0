/* Runs gnuplot as a child process: the script goes to its standard input, the picture comes from its standard
 * output, and messages from its standard error.
 *
 * 1. start makes three pipes, closed on exec, and spawns gnuplot -d (without the settings of its user) with the
 *    default signal handling.
 * 2. exchange polls all three pipes without blocking, so that neither side can wait for the other for ever.
 * 3. check_exit turns a failure into an error with the message of gnuplot.
 *
 * The picture is held in memory, so that nothing is written unless gnuplot succeeds. SIGPIPE is ignored
 * meanwhile. */
#include "app/draw/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { TO_SCRIPT, FROM_PICTURE, FROM_COMPLAINTS, STREAMS };
static const int child_fd[STREAMS] = {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO};

/* A running gnuplot and our ends of its standard streams; -1: closed. */
struct gnuplot_child {
    pid_t pid;
    int fd[STREAMS];
};

void gnuplot_add_string(struct buffer *script, const char *text)
{
    buffer_add_char(script, '\'');
    for (const char *p = text; *p != '\0'; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == '\'')
            buffer_add_text(script, "''");
        else
            buffer_add_char(script, c < 0x20 || c == 0x7f ? ' ' : *p);
    }
    buffer_add_char(script, '\'');
}

/* ---- starting ---- */

static void close_all(int *fd, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (fd[i] >= 0)
            close(fd[i]);
        fd[i] = -1;
    }
}

/* Makes a pipe per stream. The child inherits none of the descriptors; its ends, theirs, are duplicated to the
 * standard streams. */
static bool make_pipes(struct gnuplot_child *child, int theirs[STREAMS])
{
    for (size_t i = 0; i < STREAMS; i++)
        child->fd[i] = theirs[i] = -1;
    for (size_t i = 0; i < STREAMS; i++) {
        int ends[2];
        if (pipe(ends) != 0)
            return false;
        child->fd[i] = ends[i == TO_SCRIPT];
        theirs[i] = ends[i != TO_SCRIPT];
        if (fcntl(ends[0], F_SETFD, FD_CLOEXEC) != 0 || fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0 ||
            fcntl(child->fd[i], F_SETFL, O_NONBLOCK) != 0)
            return false;
    }
    return true;
}

/* Returns the result of posix_spawnp: 0 or an error number. */
static int spawn(struct gnuplot_child *child, const int theirs[STREAMS])
{
    static char name[] = "gnuplot", own_settings_only[] = "-d";
    char *const words[] = {name, own_settings_only, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGXFSZ);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    for (size_t i = 0; i < STREAMS; i++)
        posix_spawn_file_actions_adddup2(&actions, theirs[i], child_fd[i]);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int error = posix_spawnp(&child->pid, name, &actions, &attributes, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error;
}

static enum status start(struct gnuplot_child *child, struct err *err)
{
    int theirs[STREAMS];
    int error = make_pipes(child, theirs) ? spawn(child, theirs) : errno;
    close_all(theirs, STREAMS);
    if (error == 0)
        return STATUS_OK;
    close_all(child->fd, STREAMS);
    if (error == ENOENT)
        return err_data(err,
                        "gnuplot is not installed; install it (on Debian: apt install gnuplot-nox), or use --to csv "
                        "for the numbers");
    errno = error;
    return err_io(err, "cannot start gnuplot");
}

/* ---- exchanging data ---- */

/* Writes as much of the script as the pipe accepts. A stream that ends or fails is closed; the exit status of
 * gnuplot tells whether that matters. */
static void write_script(struct gnuplot_child *child, const struct buffer *script, size_t *sent)
{
    ssize_t n = write(child->fd[TO_SCRIPT], script->p + *sent, script->n - *sent);
    if (n > 0)
        *sent += (size_t)n;
    if (*sent == script->n || (n < 0 && errno != EAGAIN && errno != EINTR))
        close_all(&child->fd[TO_SCRIPT], 1);
}

static void read_stream(struct gnuplot_child *child, size_t stream, struct buffer *to)
{
    char bytes[65536];
    ssize_t n = read(child->fd[stream], bytes, sizeof bytes);
    if (n > 0)
        buffer_add(to, bytes, (size_t)n);
    else if (n == 0 || (errno != EAGAIN && errno != EINTR))
        close_all(&child->fd[stream], 1);
}

static void exchange(struct gnuplot_child *child, const struct buffer *script, struct buffer *picture,
                     struct buffer *complaints)
{
    size_t sent = 0;
    while (child->fd[TO_SCRIPT] >= 0 || child->fd[FROM_PICTURE] >= 0 || child->fd[FROM_COMPLAINTS] >= 0) {
        struct pollfd wait_for[STREAMS];
        for (size_t i = 0; i < STREAMS; i++)
            wait_for[i] = (struct pollfd){.fd = child->fd[i], .events = i == TO_SCRIPT ? POLLOUT : POLLIN};
        if (poll(wait_for, STREAMS, -1) < 0)
            continue; /* interrupted by a signal */
        if (wait_for[TO_SCRIPT].revents != 0)
            write_script(child, script, &sent);
        if (wait_for[FROM_PICTURE].revents != 0)
            read_stream(child, FROM_PICTURE, picture);
        if (wait_for[FROM_COMPLAINTS].revents != 0)
            read_stream(child, FROM_COMPLAINTS, complaints);
    }
}

static struct slice without_blanks(struct slice line)
{
    while (line.n > 0 && line.p[0] == ' ')
        line = (struct slice){line.p + 1, line.n - 1};
    return line;
}

/* The message of gnuplot: the rest of the last line with "line N: " in it, because warnings come first;
 * otherwise the first line. */
static struct slice complaint_of(const struct buffer *complaints)
{
    static const char mark[] = "line ";
    struct slice first = {NULL, 0}, found = first;
    for (size_t at = 0; at < complaints->n;) {
        const char *text = complaints->p + at, *end = memchr(text, '\n', complaints->n - at);
        struct slice line = {text, end != NULL ? (size_t)(end - text) : complaints->n - at};
        at += line.n + 1;
        line = without_blanks(line);
        const char *colon = line.n > 0 ? memchr(line.p, ':', line.n) : NULL;
        if (colon != NULL && line.n > sizeof mark && memcmp(line.p, mark, sizeof mark - 1) == 0)
            found = without_blanks((struct slice){colon + 1, line.n - (size_t)(colon + 1 - line.p)});
        if (first.p == NULL && line.n > 0)
            first = line;
    }
    return found.p != NULL ? found : first.p != NULL ? first : slice_of("it wrote no message");
}

static enum status check_exit(int how, const struct buffer *picture, const struct buffer *complaints, struct err *err)
{
    char echo[ERR_ECHO];
    if (WIFSIGNALED(how))
        return err_data(err, "gnuplot was terminated by signal %d", WTERMSIG(how));
    if (WEXITSTATUS(how) != 0 || picture->n == 0) {
        return err_data(err, "gnuplot failed: %s", err_echo(echo, complaint_of(complaints)));
    }
    return STATUS_OK;
}

enum status gnuplot_run(const struct buffer *script, struct buffer *picture, struct err *err)
{
    struct gnuplot_child child;
    struct buffer complaints = {0};
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    enum status status = start(&child, err);
    if (status != STATUS_OK)
        return status;
    sigaction(SIGPIPE, &ignore, &before); /* if gnuplot ends early, that is reported instead of ending this process */
    exchange(&child, script, picture, &complaints);
    sigaction(SIGPIPE, &before, NULL);
    int how = 0;
    while (waitpid(child.pid, &how, 0) < 0 && errno == EINTR)
        continue;
    status = check_exit(how, picture, &complaints, err);
    buffer_free(&complaints);
    return status;
}
