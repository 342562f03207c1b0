/* Sorted runs in a temporary file and their merge (Knuth, The Art of Computer Programming 3, 5.4.1).
 *
 *     level 0:  run run run ... run      FAN runs of a level are merged ...
 *                \   \   |       /
 *     level 1:      one longer run ...   ... into one of the next, and so on
 *
 * 1. runs_put appends a record to the run being written: length of the key, key, `width` sums of 16 bytes. runs_end
 *    ends the run; when there are FAN runs of its level, they are merged into one, so that each key is copied no
 *    more often than log(runs) / log(FAN) times.
 * 2. runs_walk merges the runs that are left, with a heap of one cursor per run (merge_runs): the least key first, and
 * of equal keys that of the first run. Sums of equal keys are added in the order of the runs.
 *
 * Memory: BUFFER bytes for writing; `memory` bytes for reading, divided among the runs, but at least LEAST_BUFFER each.
 * Space of merged runs is not used again: the file has each key once per level. One thread. */

#include "data/keys/runs.h"

#include "base/mem.h"
#include "data/keys/temporary.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { FAN = 64, BUFFER = 1 << 16, LEAST_BUFFER = 1 << 12 };

struct runs_run {
    off_t begin, end;
    unsigned level;
};

struct runs {
    int file;
    off_t end; /* of the file, with the bytes in the buffer */
    size_t width, memory;
    char *directory;
    struct runs_run *run;
    size_t n, capacity;
    off_t begin; /* of the run that is being written */
    char *buffer;
    size_t buffered;
};

enum status runs_open(struct runs **runs, size_t width, size_t memory, const char *directory, struct err *err)
{
    int file;
    if (temporary_open(&file, directory, err) != STATUS_OK)
        return err->status;
    struct runs *r = *runs = mem_zero(1, sizeof *r);
    *r = (struct runs){.file = file, .width = width, .memory = memory};
    r->directory = mem_format("%s", directory);
    r->buffer = mem_alloc(BUFFER, 1);
    return STATUS_OK;
}

void runs_close(struct runs *runs)
{
    if (runs == NULL)
        return;
    close(runs->file);
    free(runs->directory);
    free(runs->run);
    free(runs->buffer);
    free(runs);
}

/* ---- writing ---- */

static enum status flush(struct runs *r, struct err *err)
{
    off_t at = r->end - (off_t)r->buffered;
    for (size_t done = 0; done < r->buffered;) {
        ssize_t n = pwrite(r->file, r->buffer + done, r->buffered - done, at + (off_t)done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            err_io(err, "cannot write data that exceeds the memory limit");
            err_because(err, ERR_TEMPORARY_FILE, NULL);
            return err_at(err, r->directory, 0);
        }
        done += (size_t)n;
    }
    r->buffered = 0;
    return STATUS_OK;
}

static enum status put_bytes(struct runs *r, const void *bytes, size_t n, struct err *err)
{
    const char *p = bytes;
    while (n > 0) {
        size_t room = BUFFER - r->buffered, some = n < room ? n : room;
        memcpy(r->buffer + r->buffered, p, some);
        r->buffered += some;
        r->end += (off_t)some;
        p += some;
        n -= some;
        if (r->buffered == BUFFER && flush(r, err) != STATUS_OK)
            return err->status;
    }
    return STATUS_OK;
}

enum status runs_put(struct runs *r, struct slice key, const struct dd *value, struct err *err)
{
    enum status status = put_bytes(r, &key.n, sizeof key.n, err);
    if (status == STATUS_OK)
        status = put_bytes(r, key.p, key.n, err);
    return status == STATUS_OK ? put_bytes(r, value, r->width * sizeof *value, err) : status;
}

/* ---- merging ---- */

/* A place in a run, and the record there. */
struct runs_cursor {
    off_t at, end; /* bytes of the run not read yet */
    char *buffer;
    size_t from, n, capacity; /* bytes of the buffer behind the record */
    struct slice key;
    const char *value; /* not aligned */
};

struct runs_merge {
    struct runs *runs;
    struct runs_cursor *cursor;
    struct runs_cursor **heap; /* least key first; of equal keys that of the first run */
    size_t n;
    struct dd *sum;
    char *key;
    size_t key_capacity;
};

/* Brings `need` bytes into the buffer. */
static enum status fill(struct runs *r, struct runs_cursor *c, size_t need, struct err *err)
{
    if (c->n >= need)
        return STATUS_OK;
    memmove(c->buffer, c->buffer + c->from, c->n);
    c->from = 0;
    if (need > c->capacity)
        c->buffer = mem_grow(c->buffer, &c->capacity, need, 1);
    while (c->n < need) {
        off_t rest = c->end - c->at;
        size_t room = c->capacity - c->n;
        ssize_t n = pread(r->file, c->buffer + c->n, rest < (off_t)room ? (size_t)rest : room, c->at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n == 0)
            errno = EIO;
        if (n <= 0) {
            err_io(err, "cannot read data that exceeds the memory limit");
            err_because(err, ERR_TEMPORARY_FILE, NULL);
            return err_at(err, r->directory, 0);
        }
        c->n += (size_t)n;
        c->at += n;
    }
    return STATUS_OK;
}

/* The next record; *ended if there is none. */
static enum status advance(struct runs *r, struct runs_cursor *c, bool *ended, struct err *err)
{
    size_t n, values = r->width * sizeof(struct dd);
    *ended = c->n == 0 && c->at == c->end;
    if (*ended)
        return STATUS_OK;
    if (fill(r, c, sizeof n, err) != STATUS_OK)
        return err->status;
    memcpy(&n, c->buffer + c->from, sizeof n);
    if (fill(r, c, sizeof n + n + values, err) != STATUS_OK)
        return err->status;
    c->key = (struct slice){c->buffer + c->from + sizeof n, n};
    c->value = c->key.p + n;
    c->from += sizeof n + n + values;
    c->n -= sizeof n + n + values;
    return STATUS_OK;
}

static bool is_before(const struct runs_cursor *a, const struct runs_cursor *b)
{
    int order = slice_compare(a->key, b->key);
    return order != 0 ? order < 0 : a < b;
}

static void sink_down(struct runs_merge *m, size_t i)
{
    for (;;) {
        size_t least = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < m->n; child++)
            if (is_before(m->heap[child], m->heap[least]))
                least = child;
        if (least == i)
            return;
        struct runs_cursor *kept = m->heap[i];
        m->heap[i] = m->heap[least];
        m->heap[least] = kept;
        i = least;
    }
}

/* Advances the cursor with the least key. */
static enum status step(struct runs_merge *m, struct err *err)
{
    bool ended;
    if (advance(m->runs, m->heap[0], &ended, err) != STATUS_OK)
        return err->status;
    if (ended)
        m->heap[0] = m->heap[--m->n];
    sink_down(m, 0);
    return STATUS_OK;
}

static void add_values(struct runs_merge *m, const struct runs_cursor *c)
{
    for (size_t i = 0; i < m->runs->width; i++) {
        struct dd value;
        memcpy(&value, c->value + i * sizeof value, sizeof value);
        m->sum[i] = dd_add(m->sum[i], value);
    }
}

static enum status start_merge(struct runs_merge *m, struct runs *r, const struct runs_run *run, size_t n,
                               struct err *err)
{
    size_t share = r->memory / (n + 1), size = share > BUFFER ? BUFFER : share < LEAST_BUFFER ? LEAST_BUFFER : share;
    *m = (struct runs_merge){.runs = r,
                             .cursor = mem_zero(n, sizeof *m->cursor),
                             .heap = mem_alloc(n, sizeof *m->heap),
                             .sum = mem_alloc(r->width, sizeof *m->sum)};
    for (size_t i = 0; i < n; i++) {
        bool ended;
        struct runs_cursor *c = &m->cursor[i];
        *c =
            (struct runs_cursor){.at = run[i].begin, .end = run[i].end, .buffer = mem_alloc(size, 1), .capacity = size};
        if (advance(r, c, &ended, err) != STATUS_OK)
            return err->status;
        if (!ended)
            m->heap[m->n++] = c;
    }
    for (size_t i = m->n; i > 0; i--)
        sink_down(m, i - 1);
    return STATUS_OK;
}

static enum status merge_runs(struct runs *r, const struct runs_run *run, size_t n, void *context,
                              enum status (*take)(void *context, struct slice key, const struct dd *value,
                                                  struct err *err),
                              struct err *err)
{
    struct runs_merge m;
    enum status status = start_merge(&m, r, run, n, err);
    while (status == STATUS_OK && m.n > 0) {
        struct slice key = m.heap[0]->key;
        m.key = mem_grow(m.key, &m.key_capacity, key.n + 1, 1);
        memcpy(m.key, key.p, key.n);
        key.p = m.key;
        for (size_t i = 0; i < r->width; i++)
            m.sum[i] = dd_of(0);
        do {
            add_values(&m, m.heap[0]);
            status = step(&m, err);
        } while (status == STATUS_OK && m.n > 0 && slice_compare(m.heap[0]->key, key) == 0);
        if (status == STATUS_OK)
            status = take(context, key, m.sum, err);
    }
    for (size_t i = 0; i < n; i++)
        free(m.cursor[i].buffer);
    free(m.cursor);
    free(m.heap);
    free(m.sum);
    free(m.key);
    return status;
}

static enum status runs_put_again(void *context, struct slice key, const struct dd *value, struct err *err)
{
    return runs_put(context, key, value, err);
}

static enum status end_run(struct runs *r, unsigned level, struct err *err)
{
    if (flush(r, err) != STATUS_OK)
        return err->status;
    r->run = mem_grow(r->run, &r->capacity, r->n + 1, sizeof *r->run);
    r->run[r->n++] = (struct runs_run){r->begin, r->end, level};
    r->begin = r->end;
    return STATUS_OK;
}

enum status runs_end(struct runs *r, struct err *err)
{
    enum status status = end_run(r, 0, err);
    while (status == STATUS_OK && r->n >= FAN && r->run[r->n - FAN].level == r->run[r->n - 1].level) {
        status = merge_runs(r, r->run + r->n - FAN, FAN, r, runs_put_again, err);
        r->n -= FAN;
        if (status == STATUS_OK)
            status = end_run(r, r->run[r->n].level + 1, err);
    }
    return status;
}

enum status runs_walk(struct runs *r, void *context,
                      enum status (*take)(void *context, struct slice key, const struct dd *value, struct err *err),
                      struct err *err)
{
    return merge_runs(r, r->run, r->n, context, take, err);
}
