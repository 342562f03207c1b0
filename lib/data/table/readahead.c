/* A ring of SLOTS buffers between one producing thread and one reader. The producer fills slots in order while they are
 * free; the reader takes bytes from the front slot and hands it back when it is empty. Counters under the lock say
 * which slots belong to whom, so that the bytes themselves need no lock. An error travels in its slot, behind the bytes
 * before it. Memory: SLOTS x SLOT_BYTES = 1 MB. */

#include "data/table/readahead.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 4, SLOT_BYTES = 1 << 18 };

struct readahead_slot {
    char *bytes;
    size_t n, taken;
    bool last; /* the end of the bytes, or an error */
    enum status status;
    struct err err;
};

struct readahead {
    readahead_producer produce;
    void *context;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct readahead_slot slot[SLOTS];
    size_t filled, emptied; /* counts, under the lock; slot i is the i % SLOTS-th */
    bool stop;              /* under the lock */
};

static void *readahead_produce(void *argument)
{
    struct readahead *a = argument;
    for (bool last = false; !last;) {
        pthread_mutex_lock(&a->lock);
        while (a->filled - a->emptied == SLOTS && !a->stop)
            pthread_cond_wait(&a->changed, &a->lock);
        bool stop = a->stop;
        struct readahead_slot *s = &a->slot[a->filled % SLOTS];
        pthread_mutex_unlock(&a->lock);
        if (stop)
            break;
        s->n = s->taken = 0;
        s->status = a->produce(a->context, s->bytes, SLOT_BYTES, &s->n, &s->err);
        s->last = last = s->status != STATUS_OK || s->n < SLOT_BYTES;
        pthread_mutex_lock(&a->lock);
        a->filled++;
        pthread_cond_signal(&a->changed);
        pthread_mutex_unlock(&a->lock);
    }
    return NULL;
}

static void release(struct readahead *a)
{
    pthread_mutex_destroy(&a->lock);
    pthread_cond_destroy(&a->changed);
    for (size_t i = 0; i < SLOTS; i++)
        free(a->slot[i].bytes);
    free(a);
}

struct readahead *readahead_start(readahead_producer produce, void *context)
{
    struct readahead *a = mem_zero(1, sizeof *a);
    a->produce = produce;
    a->context = context;
    for (size_t i = 0; i < SLOTS; i++)
        a->slot[i].bytes = mem_alloc(SLOT_BYTES, 1);
    pthread_mutex_init(&a->lock, NULL);
    pthread_cond_init(&a->changed, NULL);
    if (pthread_create(&a->thread, NULL, readahead_produce, a) == 0)
        return a;
    release(a);
    return NULL;
}

/* Waits for the slot to read from. */
static struct readahead_slot *front(struct readahead *a)
{
    pthread_mutex_lock(&a->lock);
    while (a->filled == a->emptied)
        pthread_cond_wait(&a->changed, &a->lock);
    struct readahead_slot *s = &a->slot[a->emptied % SLOTS];
    pthread_mutex_unlock(&a->lock);
    return s;
}

static void hand_back(struct readahead *a)
{
    pthread_mutex_lock(&a->lock);
    a->emptied++;
    pthread_cond_signal(&a->changed);
    pthread_mutex_unlock(&a->lock);
}

enum status readahead_read(struct readahead *a, char *buffer, size_t capacity, size_t *got, struct err *err)
{
    *got = 0;
    while (*got < capacity) {
        struct readahead_slot *s = front(a);
        size_t n = s->n - s->taken < capacity - *got ? s->n - s->taken : capacity - *got;
        memcpy(buffer + *got, s->bytes + s->taken, n);
        s->taken += n;
        *got += n;
        if (s->taken < s->n)
            break;
        if (s->last) {
            if (s->status != STATUS_OK)
                *err = s->err;
            return s->status;
        }
        hand_back(a);
    }
    return STATUS_OK;
}

void readahead_stop(struct readahead *a)
{
    if (a == NULL)
        return;
    pthread_mutex_lock(&a->lock);
    a->stop = true;
    pthread_cond_signal(&a->changed);
    pthread_mutex_unlock(&a->lock);
    pthread_join(a->thread, NULL);
    release(a);
}
