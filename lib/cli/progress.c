/* The line of progress on a terminal: shown 0.5 seconds after the start and every 0.1 seconds from then on, erased
 * before anything else is written. Its state is one of the two globals of this suite, as the process has one terminal.
 */
#include "cli/progress.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 80 }; /* as wide as any terminal */
#define FIRST_AFTER 0.5       /* seconds */
#define NEXT_AFTER 0.1

static struct {
    bool wanted;
    const char *name;
    double start, next; /* seconds: when the command began, when to show the line again */
    int shown;          /* bytes of the line that is on the terminal */
} state;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void progress_begin(const char *name, bool quiet)
{
    const char *terminal = getenv("TERM");
    state.wanted = !quiet && isatty(STDERR_FILENO) && !(terminal != NULL && strcmp(terminal, "dumb") == 0);
    state.name = name;
    if (state.wanted)
        state.start = now();
    state.next = state.start + FIRST_AFTER;
}

/* Whether it is time for the line; *elapsed is set then. */
static bool is_due(double *elapsed)
{
    if (!state.wanted)
        return false;
    double time = now();
    if (time < state.next)
        return false;
    state.next = time + NEXT_AFTER;
    *elapsed = time - state.start;
    return true;
}

static void show(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void show(const char *format, ...)
{
    char line[LINE_MAX_BYTES];
    int n = snprintf(line, sizeof line, "%s: ", state.name);
    va_list args;
    va_start(args, format);
    n += vsnprintf(line + n, sizeof line - (size_t)n, format, args);
    va_end(args);
    n = n < LINE_MAX_BYTES ? n : LINE_MAX_BYTES - 1;
    fprintf(stderr, "\r%-*s\r%s", state.shown, "", line);
    fflush(stderr);
    state.shown = n;
}

void progress_bytes(void *context, uint64_t consumed, uint64_t total)
{
    (void)context;
    double elapsed, read = (double)consumed, all = (double)total;
    if (!is_due(&elapsed))
        return;
    if (total > 0)
        show("%.1f of %.1f MB, %.0f %%, %.1f MB/s", read / 1e6, all / 1e6, 100 * read / all, read / 1e6 / elapsed);
    else
        show("%.1f MB, %.1f MB/s", read / 1e6, read / 1e6 / elapsed);
}

void progress_iteration(size_t iteration, double objective)
{
    double elapsed;
    if (is_due(&elapsed))
        show("iteration %zu, objective %.8g, %.0f s", iteration, objective, elapsed);
}

void progress_erase(void)
{
    if (state.shown == 0)
        return;
    fprintf(stderr, "\r%-*s\r", state.shown, "");
    fflush(stderr);
    state.shown = 0;
}
