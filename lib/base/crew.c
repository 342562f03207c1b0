#include "base/crew.h"

#include "base/mem.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

enum { SPINS = 4000 }; /* looks for news before a thread goes to sleep, some microseconds */

/* A piece of work is known by its number, the upper half of the ticket, whose lower half is the next job. A
 * thread claims a job by raising the ticket it has seen, which fails when another did, or when the piece it
 * has looked at is over. */
struct crew {
    size_t threads; /* besides the caller's */
    pthread_t *thread;
    _Atomic uint64_t ticket;
    _Atomic size_t n, done;
    void *_Atomic context;
    void (*_Atomic work)(void *context, size_t job);
    atomic_bool stop;
    atomic_size_t sleepers;
    pthread_mutex_t lock;
    pthread_cond_t news;
};

/* Does jobs of the present piece until none is left; returns its number. */
static uint64_t help(struct crew *crew)
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

static void *member(void *argument)
{
    struct crew *crew = argument;
    while (!atomic_load(&crew->stop))
        wait_for_news(crew, help(crew));
    return NULL;
}

struct crew *crew_new(size_t threads)
{
    struct crew *crew = mem_zero(1, sizeof *crew);
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->news, NULL);
    crew->thread = mem_alloc(threads, sizeof *crew->thread);
    while (crew->threads + 1 < threads && pthread_create(&crew->thread[crew->threads], NULL, member, crew) == 0)
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
    atomic_store(&crew->ticket, piece << 32 | UINT32_MAX); /* nobody claims a job while the piece changes */
    atomic_store(&crew->n, n);
    atomic_store(&crew->done, 0);
    atomic_store(&crew->context, context);
    atomic_store(&crew->work, work);
    atomic_store(&crew->ticket, (piece + 1) << 32);
    wake(crew);
    help(crew);
    while (atomic_load(&crew->done) < n)
        sched_yield();
}
