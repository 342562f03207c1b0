#ifndef LIKELY_CLI_REPLACEMENT_H
#define LIKELY_CLI_REPLACEMENT_H

#include <stdbool.h>
#include <sys/stat.h>

/* A file that replaces its target when it is complete; until then the target stays as it was. Where the system has
 * files without names (O_TMPFILE of Linux), the file gets its name at the end, so that a killed process leaves no file
 * behind; elsewhere it has the name of the target and six random characters, and a signal that ends the process
 * removes it. */
struct replacement {
    int fd;          /* for writing */
    char *target;    /* what the path leads to; NULL: there is no replacement */
    char *temporary; /* NULL: it has no name yet */
};

/* path is the target; old is its stat, NULL if it does not exist. Returns false and sets errno on failure. */
bool replacement_open(struct replacement *replacement, const char *path, const struct stat *old);

/* Both release the resources. */
bool replacement_commit(struct replacement *replacement); /* false, with errno: failed; the target is as it was */
void replacement_abandon(struct replacement *replacement);

/* Before an early exit: removes temporary files; all targets stay as they were. Async-signal-safe. */
void replacement_remove_temporaries(void);

#endif
