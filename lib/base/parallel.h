#ifndef LIKELY_BASE_PARALLEL_H
#define LIKELY_BASE_PARALLEL_H

#include <stdbool.h>
#include <stddef.h>

/* An ordered pipeline on several threads. Jobs are numbered as they are taken. Every worker repeats:
 *   take  one worker at a time, in order: claims the next job; false = there is none
 *   work  at the same time as other workers
 *   give  one worker at a time, in the order of taking: delivers the result; false = stop, take no more
 * so what `give` accumulates has the same bits for any number of threads. A worker that took a job always gives it
 * unless an earlier give returned false. `worker` is 0..threads-1 and picks the caller's scratch space.
 * take may run at the same time as other workers' work and give: what they share is the caller's to keep apart. */
struct pipeline {
    void *context;
    bool (*take)(void *context, size_t worker);
    void (*work)(void *context, size_t worker);
    bool (*give)(void *context, size_t worker);
};

/* Runs until take or give returns false and all claimed jobs are given. One thread runs it in the caller. */
void parallel_pipeline(const struct pipeline *p, size_t threads);

/* The pipeline over indexes 0..n-1: map(context, worker, index) in parallel, reduce(...) in order of index. */
void parallel_reduce(size_t n, size_t threads, void *context, void (*map)(void *context, size_t worker, size_t index),
                     void (*reduce)(void *context, size_t worker, size_t index));

/* CPUs this process may run on (its affinity mask), at least 1. */
size_t parallel_cpus(void);

#endif
