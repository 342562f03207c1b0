#ifndef LIKELY_CLI_REPLACEMENT_H
#define LIKELY_CLI_REPLACEMENT_H

#include <stdbool.h>
#include <sys/stat.h>

/* A file that takes the place of another, or of none, when it is complete: until then the other stays as it was. Where
 * the system has files without a name (Linux's O_TMPFILE) it gets one only then, so that a process that is killed
 * leaves nothing over; elsewhere it is called like the other with six random characters behind, and a signal that ends
 * the process removes it. */
struct replacement {
    int fd;          /* for writing */
    char *target;    /* what the path leads to; NULL: there is no replacement */
    char *temporary; /* NULL: it has no name yet */
};

/* path: of the file to replace; old: what stat says of it, NULL: there is none. False, with errno, where there can be
 * none. */
bool replacement_open(struct replacement *replacement, const char *path, const struct stat *old);

/* Both release what there is. */
bool replacement_commit(struct replacement *replacement); /* false, with errno: it failed, and all is as it was */
void replacement_abandon(struct replacement *replacement);

/* Before the process ends in the middle of something: all targets are left as they were. A signal handler may call it.
 */
void replacement_remove_temporaries(void);

#endif
