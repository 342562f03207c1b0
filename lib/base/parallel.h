#ifndef LIKELY_BASE_PARALLEL_H
#define LIKELY_BASE_PARALLEL_H

#include <stdbool.h>
#include <stddef.h>

/* An ordered pipeline on several threads. Jobs are numbered as they are taken. Every worker repeats:
 * take  claims the next job; one worker at a time, in order; false: there is no job left
 * work  processes the job, at the same time as other workers
 * give  delivers the result; one worker at a time, in the order of taking; false: stop and take no more
 * What `give` accumulates therefore has the same bits for every number of threads. A worker that took a job
 * always gives it unless an earlier give returned false. `worker`, 0..threads-1, selects the caller's scratch
 * space.
 * `take` may run at the same time as `work` and `give` of other workers: the caller must keep apart what they
 * use. */
struct parallel_pipeline {
    void *context;
    bool (*take)(void *context, size_t worker);
    void (*work)(void *context, size_t worker);
    bool (*give)(void *context, size_t worker);
};

/* Runs until take or give returns false and all claimed jobs are given. With one thread everything runs in the
 * calling thread. */
void parallel_pipeline(const struct parallel_pipeline *p, size_t threads);

/* The pipeline over the indexes 0..n-1: map(context, worker, index) in parallel, reduce(context, worker, index)
 * in the order of the indexes. */
void parallel_reduce(size_t n, size_t threads, void *context, void (*map)(void *context, size_t worker, size_t index),
                     void (*reduce)(void *context, size_t worker, size_t index));

/* CPUs this process may run on (its affinity mask on Linux), at least 1. */
size_t parallel_cpus(void);

#endif
