/* Counts of the bytes, lines or tokens of files.
 *
 * Bytes: workers read blocks of 256 KiB in turn and count pairs of neighbouring bytes in two tables of 65536
 * counters, which halves the number of increments and avoids waiting for the same counter in runs of one byte
 * (tally_count_block); add_up turns pairs into bytes.
 * Lines and tokens: a worker reads a block up to the last end of a text and hands the rest to the next block
 * (tally_take_texts), splits and hashes it (tally_split_texts); texts are counted in the order of the input
 * (tally_count_texts), in memory or, beyond a limit, in a temporary file (counts.h).
 *
 * Counts are integers: results do not depend on the number of threads. */
#include "fit/summary/tally.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "data/table/input.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { TALLY_BLOCK = 1 << 18, TEXT_MOST = 1 << 30 };

/* ---- bytes ---- */

enum { PAIRS = 1 << 16, TALLY_MOST = 1 << 30 };

/* A block of a worker, and the counts of pairs of neighbours since they were last added up. */
struct tally_byte_worker {
    char *block;
    size_t n, counted; /* bytes of the block; bytes counted in the table */
    uint32_t (*table)[PAIRS];
    uint64_t bytes[256];
};

struct tally_byte_job {
    struct input *input;
    struct tally_byte_worker *worker;
    bool ended;
    enum status status;
    struct err *err;
};

static bool tally_take_block(void *context, size_t worker)
{
    struct tally_byte_job *job = context;
    struct tally_byte_worker *w = &job->worker[worker];
    if (job->ended)
        return false;
    job->status = input_read(job->input, w->block, TALLY_BLOCK, &w->n, job->err);
    job->ended = job->status != STATUS_OK || w->n < TALLY_BLOCK;
    return job->status == STATUS_OK && w->n > 0;
}

/* Adds the pairs to the counts of bytes: before a count can overflow, and at the end. */
static void add_up(struct tally_byte_worker *w)
{
    for (size_t i = 0; i < PAIRS; i++) {
        uint64_t n = (uint64_t)w->table[0][i] + w->table[1][i];
        w->bytes[i >> 8] += n;
        w->bytes[i & 255] += n;
    }
    memset(w->table, 0, 2 * sizeof *w->table);
    w->counted = 0;
}

static void tally_count_block(void *context, size_t worker)
{
    struct tally_byte_worker *w = &((struct tally_byte_job *)context)->worker[worker];
    uint32_t *even = w->table[0], *odd = w->table[1];
    size_t i = 0;
    for (; i + 8 <= w->n; i += 8) {
        uint64_t v;
        memcpy(&v, w->block + i, sizeof v);
        even[v & 0xffff]++;
        odd[v >> 16 & 0xffff]++;
        even[v >> 32 & 0xffff]++;
        odd[v >> 48]++;
    }
    for (; i < w->n; i++)
        w->bytes[(unsigned char)w->block[i]]++;
    w->counted += w->n;
    if (w->counted >= TALLY_MOST)
        add_up(w);
}

static bool tally_give_block(void *context, size_t worker)
{
    (void)context;
    (void)worker;
    return true;
}

static enum status tally_bytes(struct tally *tally, struct input *input, size_t threads, struct err *err)
{
    struct tally_byte_job job = {.input = input, .worker = mem_zero(threads, sizeof *job.worker), .err = err};
    for (size_t t = 0; t < threads; t++) {
        job.worker[t].block = mem_alloc(TALLY_BLOCK, 1);
        job.worker[t].table = mem_zero(2, sizeof *job.worker[t].table);
    }
    parallel_pipeline(&(struct parallel_pipeline){&job, tally_take_block, tally_count_block, tally_give_block},
                      threads);
    for (size_t t = 0; t < threads; t++) {
        add_up(&job.worker[t]);
        for (size_t i = 0; i < 256; i++) {
            tally->bytes[i] += job.worker[t].bytes[i];
            tally->n += job.worker[t].bytes[i];
        }
        free(job.worker[t].block);
        free(job.worker[t].table);
    }
    free(job.worker);
    return job.status;
}

/* ---- lines and tokens ---- */

/* A block of a worker, which ends at the end of a line or token, and its texts. */
struct tally_text_worker {
    char *text;
    size_t n, capacity;
    struct slice *slice;
    uint64_t *hash;
    size_t texts, slice_capacity, hash_capacity;
};

struct tally_text_job {
    struct tally *tally;
    struct input *input;
    struct tally_text_worker *worker;
    char *carry; /* bytes read behind the last complete text */
    size_t carry_n, carry_capacity;
    bool ended, too_long; /* too_long: the next text is longer than the limit */
    enum status status;   /* of reading */
    struct err *err;
    struct err spill; /* error of counting, which runs at the same time as reading */
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The offset behind the last end of a text in text[from .. n); 0 if there is none. */
static size_t last_end(const char *text, size_t from, size_t n, bool tokens)
{
    while (n > from && !(tokens ? is_blank(text[n - 1]) : text[n - 1] == '\n'))
        n--;
    return n > from ? n : 0;
}

static bool tally_take_texts(void *context, size_t worker)
{
    struct tally_text_job *job = context;
    struct tally_text_worker *w = &job->worker[worker];
    if (job->ended)
        return false;
    w->text = mem_grow(w->text, &w->capacity, job->carry_n + TALLY_BLOCK, 1);
    w->n = job->carry_n;
    if (w->n > 0)
        memcpy(w->text, job->carry, w->n);
    size_t cut = 0;
    while (cut == 0 && !job->ended) {
        size_t got, from = w->n;
        w->text = mem_grow(w->text, &w->capacity, w->n + TALLY_BLOCK, 1);
        job->status = input_read(job->input, w->text + w->n, TALLY_BLOCK, &got, job->err);
        if (job->status != STATUS_OK)
            return false;
        job->ended = got < TALLY_BLOCK;
        w->n += got;
        cut = job->ended ? w->n : last_end(w->text, from, w->n, job->tally->tokens);
        job->too_long = cut == 0 && w->n > TEXT_MOST;
        if (job->too_long)
            return false;
    }
    job->carry_n = w->n - cut;
    job->carry = mem_grow(job->carry, &job->carry_capacity, job->carry_n, 1);
    if (job->carry_n > 0)
        memcpy(job->carry, w->text + cut, job->carry_n);
    w->n = cut;
    return w->n > 0;
}

static void add_text(struct tally_text_worker *w, const char *begin, const char *end)
{
    w->slice = mem_grow(w->slice, &w->slice_capacity, w->texts + 1, sizeof *w->slice);
    w->hash = mem_grow(w->hash, &w->hash_capacity, w->texts + 1, sizeof *w->hash);
    w->slice[w->texts] = (struct slice){begin, (size_t)(end - begin)};
    w->hash[w->texts] = hash_bytes(w->slice[w->texts]);
    w->texts++;
}

static void split_lines(struct tally_text_worker *w)
{
    for (const char *begin = w->text, *end = w->text + w->n; begin < end;) {
        const char *newline = memchr(begin, '\n', (size_t)(end - begin));
        const char *stop = newline != NULL ? newline : end;
        add_text(w, begin, stop);
        begin = stop + 1;
    }
}

static void split_tokens(struct tally_text_worker *w)
{
    for (const char *begin = w->text, *end = w->text + w->n; begin < end;) {
        const char *stop = begin;
        while (stop < end && !is_blank(*stop))
            stop++;
        if (stop > begin)
            add_text(w, begin, stop);
        begin = stop + 1;
    }
}

static void tally_split_texts(void *context, size_t worker)
{
    struct tally_text_job *job = context;
    struct tally_text_worker *w = &job->worker[worker];
    w->texts = 0;
    if (job->tally->tokens)
        split_tokens(w);
    else
        split_lines(w);
}

static bool tally_count_texts(void *context, size_t worker)
{
    struct tally_text_job *job = context;
    struct tally_text_worker *w = &job->worker[worker];
    counts_add_all(job->tally->texts, w->slice, w->hash, w->texts, job->tally->which);
    job->tally->n += w->texts;
    enum status status = counts_trim(job->tally->texts, &job->spill);
    return status == STATUS_OK;
}

/* Fills *err: the text after those that were counted is too long. */
static enum status refuse_length(const struct tally *tally, const char *path, uint64_t counted, struct err *err)
{
    const char *name = input_name(path);
    if (!tally->tokens) {
        err_data(err, "the line is longer than 1 GiB");
        return err_at(err, name, (size_t)counted + 1);
    }
    err_data(err, "token %ju is longer than 1 GiB", (uintmax_t)counted + 1);
    return err_at(err, name, 0);
}

static enum status tally_texts(struct tally *tally, struct input *input, const char *path, size_t threads,
                               struct err *err)
{
    uint64_t before = tally->n;
    struct tally_text_job job = {
        .tally = tally, .input = input, .worker = mem_zero(threads, sizeof *job.worker), .err = err};
    parallel_pipeline(&(struct parallel_pipeline){&job, tally_take_texts, tally_split_texts, tally_count_texts},
                      threads);
    for (size_t t = 0; t < threads; t++) {
        free(job.worker[t].text);
        free(job.worker[t].slice);
        free(job.worker[t].hash);
    }
    free(job.worker);
    free(job.carry);
    if (job.spill.status != STATUS_OK)
        *err = job.spill;
    else if (job.too_long)
        return refuse_length(tally, path, tally->n - before, err);
    return job.spill.status != STATUS_OK ? job.spill.status : job.status;
}

enum status tally_file(struct tally *tally, const char *path, size_t threads, struct err *err)
{
    struct input *input = NULL;
    enum status status = input_open(&input, path, err);
    if (status == STATUS_OK && tally->texts == NULL && !tally->decompresses)
        input_keep_compressed(input);
    if (status == STATUS_OK)
        status = tally->texts != NULL ? tally_texts(tally, input, path, threads, err)
                                      : tally_bytes(tally, input, threads, err);
    input_close(input);
    return status;
}
