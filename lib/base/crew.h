#ifndef LIKELY_BASE_CREW_H
#define LIKELY_BASE_CREW_H

#include <stddef.h>

/* Threads that wait for work, for many short pieces of it in a row. Jobs of one piece must not depend on each
 * other, and write to places of their own: they are done in any order. */
struct crew;

struct crew *crew_new(size_t threads); /* the caller's is one of them; fewer where the system refuses */
void crew_free(struct crew *crew);

/* Does jobs 0..n-1 (n < 2^32 - 1) and returns when all are done. */
void crew_run(struct crew *crew, size_t n, void *context, void (*work)(void *context, size_t job));

#endif
