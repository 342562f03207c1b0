/* Output files that are complete or not created.
 *
 * 1. replacement_open makes a file without a name (O_TMPFILE) in the directory of the target, or, where the system has
 *    no such files, a temporary file beside the target, which a handler removes if a signal ends the process.
 *    The file has the permissions of the target.
 * 2. replacement_commit gives the file its name, by renaming if the target exists.
 * 3. replacement_abandon closes it; the target stays as it was.
 *
 * The marked names of temporary files are a global of this suite, as a signal handler has no other access to them. */
#define _GNU_SOURCE /* O_TMPFILE */

#include "cli/replacement.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- a temporary file does not outlive an interrupted command ---- */

enum { MARKS = 4, MARK_MAX = 4096 };
static char marked[MARKS][MARK_MAX]; /* the files to remove; "" = none */
static const int deadly[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGALRM, SIGXCPU, SIGUSR1, SIGUSR2};
enum { DEADLY = sizeof deadly / sizeof deadly[0] };

void replacement_remove_temporaries(void)
{
    for (size_t i = 0; i < MARKS; i++)
        if (marked[i][0] != '\0')
            unlink(marked[i]);
}

static void remove_marked(int signal_number)
{
    replacement_remove_temporaries();
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

static void hold_signals(sigset_t *before)
{
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < DEADLY; i++)
        sigaddset(&set, deadly[i]);
    pthread_sigmask(SIG_BLOCK, &set, before);
}

/* A new file of a name that nobody has, marked before a signal can come between. */
static int make_marked(char *template)
{
    sigset_t before;
    hold_signals(&before);
    int fd = mkstemp(template);
    if (fd >= 0)
        mark(template);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return fd;
}

/* ---- a file without a name ---- */

enum { SELF_MAX = 32, TRIES = 100 };

/* Where a file that is open can be found. */
static void self_path(int fd, char path[SELF_MAX])
{
    snprintf(path, SELF_MAX, "/proc/self/fd/%d", fd);
}

/* -1: there is no such thing here, or no way to name it later. */
static int open_nameless(const char *target)
{
#ifdef O_TMPFILE
    const char *slash = strrchr(target, '/');
    char *directory = slash == NULL ? mem_copy_text(".") : mem_copy(target, (size_t)(slash - target) + 1),
         self[SELF_MAX];
    int fd = open(directory, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    free(directory);
    self_path(fd, self);
    if (fd >= 0 && access(self, F_OK) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
#endif
    (void)target;
    return -1;
}

/* A name that nobody has for a moment, and then that of the target. */
static bool link_and_rename(const char *self, const char *target)
{
    sigset_t before;
    bool is_named = false, done = false;
    char *name = NULL;
    hold_signals(&before);
    for (int i = 0; i < TRIES && !is_named; i++) {
        free(name);
        name = mem_format("%s.%ld-%d", target, (long)getpid(), i);
        is_named = linkat(AT_FDCWD, self, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
        if (!is_named && errno != EEXIST)
            break;
    }
    done = is_named && rename(name, target) == 0;
    int error = errno;
    if (is_named && !done)
        unlink(name);
    free(name);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return done;
}

static bool give_name(const struct replacement *r)
{
    char self[SELF_MAX];
    self_path(r->fd, self);
    return linkat(AT_FDCWD, self, AT_FDCWD, r->target, AT_SYMLINK_FOLLOW) == 0 ||
           (errno == EEXIST && link_and_rename(self, r->target));
}

/* ---- all of it ---- */

static void release(struct replacement *r)
{
    if (r->temporary != NULL)
        unmark(r->temporary);
    free(r->temporary);
    free(r->target);
    *r = (struct replacement){.fd = -1};
}

/* Where a path leads by its links, whether something is there or not; NULL, with errno: they go round. */
static char *follow(const char *path)
{
    enum { LINKS_MAX = 40, LINK_MAX = 4096 };
    char *target = mem_copy_text(path), link[LINK_MAX];
    for (int i = 0; i < LINKS_MAX; i++) {
        ssize_t n = readlink(target, link, sizeof link - 1);
        if (n < 0)
            return target;
        link[n] = '\0';
        const char *slash = strrchr(target, '/');
        int directory = link[0] == '/' || slash == NULL ? 0 : (int)(slash - target) + 1;
        char *next = mem_format("%.*s%s", directory, target, link);
        free(target);
        target = next;
    }
    free(target);
    errno = ELOOP;
    return NULL;
}

/* The owner and the permissions of the old file, as far as they may be given, or the permissions that the umask leaves.
 */
static void set_mode(int fd, const struct stat *old)
{
    if (old == NULL) {
        mode_t mask = umask(0);
        umask(mask);
        fchmod(fd, 0666 & ~mask);
        return;
    }
    bool is_kept = fchown(fd, (uid_t)-1, old->st_gid) == 0 && fchown(fd, old->st_uid, (gid_t)-1) == 0;
    fchmod(fd, old->st_mode & (is_kept ? 07777 : 0777));
}

bool replacement_open(struct replacement *r, const char *path, const struct stat *old)
{
    *r = (struct replacement){.fd = -1, .target = follow(path)};
    if (r->target == NULL)
        return false;
    r->fd = open_nameless(r->target);
    if (r->fd < 0) {
        r->temporary = mem_format("%s.XXXXXX", r->target);
        r->fd = make_marked(r->temporary);
    }
    if (r->fd < 0) {
        int error = errno;
        release(r);
        errno = error;
        return false;
    }
    set_mode(r->fd, old);
    fcntl(r->fd, F_SETFD, FD_CLOEXEC);
    return true;
}

/* Some file systems tell only when a file is closed that it could not be written. */
bool replacement_commit(struct replacement *r)
{
    bool done;
    if (r->temporary == NULL) {
        done = close(dup(r->fd)) == 0 && give_name(r);
        int error = errno;
        close(r->fd);
        errno = error;
    } else {
        done = close(r->fd) == 0 && rename(r->temporary, r->target) == 0;
    }
    int error = errno;
    if (!done && r->temporary != NULL)
        unlink(r->temporary);
    release(r);
    errno = error;
    return done;
}

void replacement_abandon(struct replacement *r)
{
    close(r->fd);
    if (r->temporary != NULL)
        unlink(r->temporary);
    release(r);
}
