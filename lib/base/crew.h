#ifndef LIKELY_BASE_CREW_H
#define LIKELY_BASE_CREW_H

#include <stddef.h>

/* A pool of threads for many short pieces of work in a row. The jobs of a piece run in any order: they must not
 * depend on each other, and each must write to a place of its own. */
struct crew;

struct crew *crew_new(size_t threads); /* the calling thread counts as one; starts fewer if the system refuses */
void crew_free(struct crew *crew);

/* Calls work(context, job) for the jobs 0..n-1, n < 2^32 - 1, and returns when all are done. One caller at a
 * time. */
void crew_run(struct crew *crew, size_t n, void *context, void (*work)(void *context, size_t job));

#endif
