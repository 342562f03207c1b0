/* Ordered pipelines: results are combined in the order of the input, whatever the threads do, so that every sum
 * has the same bits for every number of threads.
 *
 * 1. A worker takes the next job and a ticket number under take_lock (take_ticket). Reading input happens here,
 *    in order.
 * 2. It works on the job without a lock, at the same time as the other workers.
 * 3. It waits until all earlier tickets have been given, then gives its result under give_lock (give_in_turn).
 *    Accumulating and writing happen here, in order.
 * 4. When a give returns false, no further job is taken, and jobs already taken are dropped.
 *
 * parallel_reduce is the pipeline over the numbers 0..n-1: map in any order, reduce in order. For the same bits
 * the jobs themselves must not depend on the number of threads: callers cut their data into blocks of a fixed
 * size.
 * Threads are started per call; the caller's is one of them. If the system refuses a thread, the others do its
 * work. Memory: as many jobs in flight as there are threads. */
#include "base/parallel.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdlib.h>

struct parallel_shared {
    const struct parallel_pipeline *pipeline;
    pthread_mutex_t take_lock;
    size_t taken;
    bool exhausted; /* under take_lock */
    pthread_mutex_t give_lock;
    pthread_cond_t turn;
    size_t given; /* under give_lock */
    bool halted;  /* under give_lock */
};

struct parallel_worker {
    struct parallel_shared *shared;
    size_t number;
    pthread_t thread;
};

static bool take_ticket(struct parallel_shared *s, size_t worker, size_t *ticket)
{
    pthread_mutex_lock(&s->take_lock);
    bool claimed = !s->exhausted && s->pipeline->take(s->pipeline->context, worker);
    s->exhausted = !claimed;
    *ticket = s->taken;
    s->taken += claimed;
    pthread_mutex_unlock(&s->take_lock);
    return claimed;
}

/* Waits for the turn of the ticket and gives; returns false when the pipeline has been halted. */
static bool give_in_turn(struct parallel_shared *s, size_t worker, size_t ticket)
{
    pthread_mutex_lock(&s->give_lock);
    while (s->given != ticket)
        pthread_cond_wait(&s->turn, &s->give_lock);
    if (!s->halted && !s->pipeline->give(s->pipeline->context, worker))
        s->halted = true;
    bool go_on = !s->halted;
    s->given++;
    pthread_cond_broadcast(&s->turn);
    pthread_mutex_unlock(&s->give_lock);
    return go_on;
}

static void *parallel_worker_run(void *argument)
{
    struct parallel_worker *w = argument;
    struct parallel_shared *s = w->shared;
    size_t ticket;
    while (take_ticket(s, w->number, &ticket)) {
        s->pipeline->work(s->pipeline->context, w->number);
        if (!give_in_turn(s, w->number, ticket)) {
            pthread_mutex_lock(&s->take_lock);
            s->exhausted = true;
            pthread_mutex_unlock(&s->take_lock);
        }
    }
    return NULL;
}

void parallel_pipeline(const struct parallel_pipeline *p, size_t threads)
{
    if (threads <= 1) {
        while (p->take(p->context, 0)) {
            p->work(p->context, 0);
            if (!p->give(p->context, 0))
                break;
        }
        return;
    }
    struct parallel_shared shared = {.pipeline = p,
                                     .take_lock = PTHREAD_MUTEX_INITIALIZER,
                                     .give_lock = PTHREAD_MUTEX_INITIALIZER,
                                     .turn = PTHREAD_COND_INITIALIZER};
    struct parallel_worker *workers = mem_alloc(threads, sizeof *workers);
    size_t started = 1;
    for (size_t i = 0; i < threads; i++)
        workers[i] = (struct parallel_worker){.shared = &shared, .number = i};
    while (started < threads &&
           pthread_create(&workers[started].thread, NULL, parallel_worker_run, &workers[started]) == 0)
        started++;
    parallel_worker_run(&workers[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    free(workers);
}

struct parallel_reduction {
    size_t n, next;
    size_t *index; /* the current job of each worker */
    void *context;
    void (*map)(void *context, size_t worker, size_t index);
    void (*reduce)(void *context, size_t worker, size_t index);
};

static bool parallel_reduction_take(void *context, size_t worker)
{
    struct parallel_reduction *r = context;
    if (r->next == r->n)
        return false;
    r->index[worker] = r->next++;
    return true;
}

static void parallel_reduction_work(void *context, size_t worker)
{
    struct parallel_reduction *r = context;
    r->map(r->context, worker, r->index[worker]);
}

static bool parallel_reduction_give(void *context, size_t worker)
{
    struct parallel_reduction *r = context;
    r->reduce(r->context, worker, r->index[worker]);
    return true;
}

void parallel_reduce(size_t n, size_t threads, void *context, void (*map)(void *context, size_t worker, size_t index),
                     void (*reduce)(void *context, size_t worker, size_t index))
{
    if (threads > n)
        threads = n;
    if (threads <= 1) {
        for (size_t i = 0; i < n; i++) {
            map(context, 0, i);
            reduce(context, 0, i);
        }
        return;
    }
    struct parallel_reduction r = {.n = n, .context = context, .map = map, .reduce = reduce};
    r.index = mem_alloc(threads, sizeof *r.index);
    parallel_pipeline(&(struct parallel_pipeline){.context = &r,
                                                  .take = parallel_reduction_take,
                                                  .work = parallel_reduction_work,
                                                  .give = parallel_reduction_give},
                      threads);
    free(r.index);
}
