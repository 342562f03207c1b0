#include "base/parallel.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdlib.h>

struct shared {
    const struct pipeline *pipeline;
    pthread_mutex_t take_lock;
    size_t taken;
    bool exhausted; /* under take_lock */
    pthread_mutex_t give_lock;
    pthread_cond_t turn;
    size_t given; /* under give_lock */
    bool halted;  /* under give_lock */
};

struct worker {
    struct shared *shared;
    size_t number;
    pthread_t thread;
};

static bool take_ticket(struct shared *s, size_t worker, size_t *ticket)
{
    pthread_mutex_lock(&s->take_lock);
    bool claimed = !s->exhausted && s->pipeline->take(s->pipeline->context, worker);
    s->exhausted = !claimed;
    *ticket = s->taken;
    s->taken += claimed;
    pthread_mutex_unlock(&s->take_lock);
    return claimed;
}

/* Waits for the ticket's turn and gives; false when the pipeline has been halted. */
static bool give_in_turn(struct shared *s, size_t worker, size_t ticket)
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

static void *worker_run(void *argument)
{
    struct worker *w = argument;
    struct shared *s = w->shared;
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

void parallel_pipeline(const struct pipeline *p, size_t threads)
{
    if (threads <= 1) {
        while (p->take(p->context, 0)) {
            p->work(p->context, 0);
            if (!p->give(p->context, 0))
                break;
        }
        return;
    }
    struct shared shared = {.pipeline = p,
                            .take_lock = PTHREAD_MUTEX_INITIALIZER,
                            .give_lock = PTHREAD_MUTEX_INITIALIZER,
                            .turn = PTHREAD_COND_INITIALIZER};
    struct worker *workers = mem_alloc(threads, sizeof *workers);
    size_t started = 1;
    for (size_t i = 0; i < threads; i++)
        workers[i] = (struct worker){.shared = &shared, .number = i};
    /* A thread that the system refuses is done without: the others do its work. */
    while (started < threads && pthread_create(&workers[started].thread, NULL, worker_run, &workers[started]) == 0)
        started++;
    worker_run(&workers[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    free(workers);
}

struct reduction {
    size_t n, next;
    size_t *index; /* of each worker's current job */
    void *context;
    void (*map)(void *context, size_t worker, size_t index);
    void (*reduce)(void *context, size_t worker, size_t index);
};

static bool reduction_take(void *context, size_t worker)
{
    struct reduction *r = context;
    if (r->next == r->n)
        return false;
    r->index[worker] = r->next++;
    return true;
}

static void reduction_work(void *context, size_t worker)
{
    struct reduction *r = context;
    r->map(r->context, worker, r->index[worker]);
}

static bool reduction_give(void *context, size_t worker)
{
    struct reduction *r = context;
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
    struct reduction r = {.n = n, .context = context, .map = map, .reduce = reduce};
    r.index = mem_alloc(threads, sizeof *r.index);
    parallel_pipeline(
        &(struct pipeline){.context = &r, .take = reduction_take, .work = reduction_work, .give = reduction_give},
        threads);
    free(r.index);
}
