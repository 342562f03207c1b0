/* A pool of threads for many short pieces of work in a row, such as the products of one training step, where
 * starting threads or locking a mutex per piece would cost more than the work.
 *
 * 1. crew_run publishes a piece: the number of jobs, the function, its context, and last a new ticket.
 * 2. Every thread, the caller's included, claims jobs with a compare-and-swap on the ticket (crew_help). The
 *    upper 32 bits of the ticket number the piece and the lower 32 bits the next job, so that a thread that has
 *    read an old piece can't claim a job of the new one.
 * 3. Threads without a job spin for SPINS rounds, then sleep on a condition variable (wait_for_news). crew_run
 *    takes the mutex only to wake sleepers.
 * 4. crew_run returns when the count of finished jobs has reached n.
 *
 * Jobs run in any order. Results have the same bits for every number of threads as long as jobs write to places
 * of their own and the split into jobs does not depend on the number of threads. Atomics are sequentially
 * consistent. */
#include "base/crew.h"

#include "base/mem.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

enum { SPINS = 4000 }; /* polls before a thread goes to sleep: some microseconds */

struct crew {
    size_t threads; /* started, besides the caller's */
    pthread_t *thread;
    _Atomic uint64_t ticket; /* number of the piece << 32 | next job */
    _Atomic size_t n, done;
    void *_Atomic context;
    void (*_Atomic work)(void *context, size_t job);
    atomic_bool stop;
    atomic_size_t sleepers;
    pthread_mutex_t lock;
    pthread_cond_t news;
};

/* Does jobs of the current piece until none is left; returns the number of the piece. */
static uint64_t crew_help(struct crew *crew)
{
    for (;;) {
        uint64_t ticket = atomic_load(&crew->ticket);
        size_t n = atomic_load(&crew->n), job = (size_t)(ticket & UINT32_MAX);
        void *context = atomic_load(&crew->context);
        void (*work)(void *, size_t) = atomic_load(&crew->work);
        if (job >= n)
            return ticket >> 32;
        if (atomic_compare_exchange_weak(&crew->ticket, &ticket, ticket + 1)) {
            work(context, job);
            atomic_fetch_add(&crew->done, 1);
        }
    }
}

static bool has_news(struct crew *crew, uint64_t seen)
{
    return atomic_load(&crew->stop) || atomic_load(&crew->ticket) >> 32 != seen;
}

static void wait_for_news(struct crew *crew, uint64_t seen)
{
    for (size_t i = 0; i < SPINS; i++)
        if (has_news(crew, seen))
            return;
    pthread_mutex_lock(&crew->lock);
    atomic_fetch_add(&crew->sleepers, 1);
    while (!has_news(crew, seen))
        pthread_cond_wait(&crew->news, &crew->lock);
    atomic_fetch_sub(&crew->sleepers, 1);
    pthread_mutex_unlock(&crew->lock);
}

static void wake(struct crew *crew)
{
    if (atomic_load(&crew->sleepers) == 0)
        return;
    pthread_mutex_lock(&crew->lock);
    pthread_cond_broadcast(&crew->news);
    pthread_mutex_unlock(&crew->lock);
}

static void *crew_member(void *argument)
{
    struct crew *crew = argument;
    while (!atomic_load(&crew->stop))
        wait_for_news(crew, crew_help(crew));
    return NULL;
}

struct crew *crew_new(size_t threads)
{
    struct crew *crew = mem_zero(1, sizeof *crew);
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->news, NULL);
    crew->thread = mem_alloc(threads, sizeof *crew->thread);
    while (crew->threads + 1 < threads && pthread_create(&crew->thread[crew->threads], NULL, crew_member, crew) == 0)
        crew->threads++;
    return crew;
}

void crew_free(struct crew *crew)
{
    if (crew == NULL)
        return;
    atomic_store(&crew->stop, true);
    wake(crew);
    for (size_t i = 0; i < crew->threads; i++)
        pthread_join(crew->thread[i], NULL);
    pthread_cond_destroy(&crew->news);
    pthread_mutex_destroy(&crew->lock);
    free(crew->thread);
    free(crew);
}

void crew_run(struct crew *crew, size_t n, void *context, void (*work)(void *context, size_t job))
{
    if (crew->threads == 0 || n <= 1) {
        for (size_t job = 0; job < n; job++)
            work(context, job);
        return;
    }
    uint64_t piece = atomic_load(&crew->ticket) >> 32;
    atomic_store(&crew->ticket, piece << 32 | UINT32_MAX); /* no job can be claimed while the piece changes */
    atomic_store(&crew->n, n);
    atomic_store(&crew->done, 0);
    atomic_store(&crew->context, context);
    atomic_store(&crew->work, work);
    atomic_store(&crew->ticket, (piece + 1) << 32);
    wake(crew);
    crew_help(crew);
    while (atomic_load(&crew->done) < n)
        sched_yield();
}
