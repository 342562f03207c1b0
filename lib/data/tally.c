#include "data/tally.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "data/input.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { TALLY_BLOCK = 1 << 18 };

/* ---- bytes ---- */

/* A worker's block and its sums; eight tables, so that runs of one byte do not wait for each other. */
struct byte_worker {
    char *block;
    size_t n;
    uint64_t table[8][256];
};

struct byte_job {
    struct input *input;
    struct byte_worker *worker;
    bool ended;
    enum status status;
    struct err *err;
};

static bool take_block(void *context, size_t worker)
{
    struct byte_job *job = context;
    struct byte_worker *w = &job->worker[worker];
    if (job->ended)
        return false;
    job->status = input_read(job->input, w->block, TALLY_BLOCK, &w->n, job->err);
    job->ended = job->status != STATUS_OK || w->n < TALLY_BLOCK;
    return job->status == STATUS_OK && w->n > 0;
}

static void count_block(void *context, size_t worker)
{
    struct byte_worker *w = &((struct byte_job *)context)->worker[worker];
    size_t i = 0;
    for (; i + 8 <= w->n; i += 8) {
        uint64_t v;
        memcpy(&v, w->block + i, sizeof v);
        w->table[0][v & 255]++;
        w->table[1][v >> 8 & 255]++;
        w->table[2][v >> 16 & 255]++;
        w->table[3][v >> 24 & 255]++;
        w->table[4][v >> 32 & 255]++;
        w->table[5][v >> 40 & 255]++;
        w->table[6][v >> 48 & 255]++;
        w->table[7][v >> 56]++;
    }
    for (; i < w->n; i++)
        w->table[0][(unsigned char)w->block[i]]++;
}

static bool give_block(void *context, size_t worker)
{
    (void)context;
    (void)worker;
    return true;
}

static enum status tally_bytes(struct tally *tally, struct input *input, size_t threads, struct err *err)
{
    struct byte_job job = {.input = input, .worker = mem_zero(threads, sizeof *job.worker), .err = err};
    for (size_t t = 0; t < threads; t++)
        job.worker[t].block = mem_alloc(TALLY_BLOCK, 1);
    parallel_pipeline(&(struct pipeline){&job, take_block, count_block, give_block}, threads);
    for (size_t t = 0; t < threads; t++) {
        for (size_t i = 0; i < 8 * 256; i++)
            tally->bytes[i % 256] += job.worker[t].table[i / 256][i % 256];
        free(job.worker[t].block);
    }
    free(job.worker);
    return job.status;
}

/* ---- lines ---- */

static void add_line(struct tally *tally, const char *p, size_t n)
{
    uint32_t number = dict_add(tally->lines, (struct slice){p, n});
    if (number == tally->distinct) {
        tally->count = mem_grow(tally->count, &tally->capacity, ++tally->distinct, sizeof *tally->count);
        tally->count[number] = 0;
    }
    tally->count[number]++;
}

static enum status tally_lines(struct tally *tally, struct input *input, struct err *err)
{
    size_t capacity = TALLY_BLOCK, kept = 0, got = 0, wanted = 0;
    char *text = mem_alloc(capacity, 1);
    enum status status = STATUS_OK;
    do {
        if (kept == capacity)
            text = mem_grow(text, &capacity, capacity + 1, 1);
        wanted = capacity - kept;
        status = input_read(input, text + kept, wanted, &got, err);
        if (status != STATUS_OK)
            break;
        const char *begin = text, *end = text + kept + got, *search = text + kept, *newline;
        while ((newline = memchr(search, '\n', (size_t)(end - search))) != NULL) {
            add_line(tally, begin, (size_t)(newline - begin));
            begin = search = newline + 1;
        }
        kept = (size_t)(end - begin);
        memmove(text, begin, kept);
    } while (got == wanted);
    if (status == STATUS_OK && kept > 0)
        add_line(tally, text, kept);
    free(text);
    return status;
}

enum status tally_file(struct tally *tally, const char *path, size_t threads, struct err *err)
{
    struct input *input = NULL;
    enum status status = input_open(&input, path, err);
    if (status == STATUS_OK)
        status = tally->lines != NULL ? tally_lines(tally, input, err) : tally_bytes(tally, input, threads, err);
    input_close(input);
    return status;
}

void tally_free(struct tally *tally)
{
    free(tally->count);
}
