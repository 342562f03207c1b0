/* Bytes of a file, plain or decompressed.
 *
 *     file --read_some--> chunk --decode_some--> buffer of the caller, or of a thread of its own (readahead.h)
 *          --read_some-------------------------> buffer of the caller
 *
 * The first bytes decide (codec.h). Members of compressed files follow each other, with zero padding between them or at
 * the end; a missing end and foreign bytes are errors. A prompt input hands on what it has once the first of its bytes
 * has waited 0.1 s (read_plain). One thread reads; `consumed` is atomic because another shows progress. Memory: a chunk
 * of 64 kB and the state of the decoder. */

#include "data/table/input.h"

#include "base/mem.h"
#include "data/table/codec.h"
#include "data/table/readahead.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { INPUT_CHUNK = 1 << 16 };

struct input {
    int fd;
    const char *name;
    _Atomic uint64_t consumed; /* shown by another thread */
    uint64_t size;
    bool begun;  /* the first bytes have been read */
    bool at_end; /* of the file */
    bool ended;  /* all has been handed on */
    bool prompt;
    bool keeps_compressed;
    const struct codec *codec; /* NULL = the bytes are plain */
    void *decoder;             /* state of the codec */
    bool in_member;            /* the decoder is inside a member */
    unsigned char *chunk;      /* raw bytes not handed on yet: chunk[chunk_at .. chunk_n) */
    size_t chunk_at, chunk_n;
    struct readahead *ahead; /* NULL = decompresses in the thread that reads */
};

const char *input_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

bool input_is_file(const char *path)
{
    struct stat st;
    return strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

enum status input_open(struct input **input, const char *path, struct err *err)
{
    const char *name = input_name(path);
    int fd = name != path ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0) {
        err_io(err, "cannot open");
        return err_at(err, name, 0);
    }
    if (S_ISDIR(st.st_mode)) {
        close(fd);
        err_data(err, "is a directory");
        return err_at(err, name, 0);
    }
    struct input *in = mem_zero(1, sizeof *in);
    in->fd = fd;
    in->name = name;
    in->size = S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
    in->chunk = mem_alloc(INPUT_CHUNK, 1);
#ifdef POSIX_FADV_SEQUENTIAL
    posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
#endif
    *input = in;
    return STATUS_OK;
}

void input_close(struct input *input)
{
    if (input == NULL)
        return;
    readahead_stop(input->ahead);
    if (input->codec != NULL)
        input->codec->end(input->decoder);
    if (input->fd != STDIN_FILENO)
        close(input->fd);
    free(input->chunk);
    free(input);
}

uint64_t input_consumed(const struct input *input)
{
    return input->consumed;
}

uint64_t input_size(const struct input *input)
{
    return input->size;
}

/* One read() of at least one byte, unless the file ends. */
static enum status read_some(struct input *in, void *buffer, size_t capacity, size_t *got, struct err *err)
{
    ssize_t n;
    do
        n = read(in->fd, buffer, capacity);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        err_io(err, "cannot read");
        return err_at(err, in->name, 0);
    }
    *got = (size_t)n;
    in->consumed += (size_t)n;
    in->at_end = n == 0;
    return STATUS_OK;
}

/* Finds the codec of the bytes ahead, and reads on while more of them could show one. */
static enum status find_codec(struct input *in, const struct codec **codec, struct err *err)
{
    for (;;) {
        enum codec_match match;
        *codec = codec_find((struct slice){(const char *)in->chunk + in->chunk_at, in->chunk_n - in->chunk_at}, &match);
        if (match != CODEC_PREFIX || in->at_end)
            return STATUS_OK;
        memmove(in->chunk, in->chunk + in->chunk_at, in->chunk_n - in->chunk_at);
        in->chunk_n -= in->chunk_at;
        in->chunk_at = 0;
        size_t got;
        enum status status = read_some(in, in->chunk + in->chunk_n, INPUT_CHUNK - in->chunk_n, &got, err);
        if (status != STATUS_OK)
            return status;
        in->chunk_n += got;
    }
}

static enum status begin(struct input *in, struct err *err)
{
    in->begun = true;
    if (in->keeps_compressed)
        return STATUS_OK;
    const struct codec *codec;
    enum status status = find_codec(in, &codec, err);
    if (status != STATUS_OK || codec == NULL)
        return status;
    if (codec->begin == NULL) {
        err_data(err, "the data is compressed by %s; decompress it first, for example by %s", codec->name,
                 codec->program);
        return err_at(err, in->name, 0);
    }
    in->codec = codec;
    in->decoder = codec->begin(NULL);
    in->in_member = true;
    return STATUS_OK;
}

/* Between two members: another member, zero padding or the end of the file must follow. */
static enum status next_member(struct input *in, struct err *err)
{
    for (;; in->chunk_at++) {
        const struct codec *codec;
        enum status status = find_codec(in, &codec, err);
        if (status != STATUS_OK || in->chunk_at == in->chunk_n)
            return status;
        if (codec == in->codec) {
            in->decoder = codec->begin(in->decoder);
            in->in_member = true;
            return STATUS_OK;
        }
        if (in->chunk[in->chunk_at] != 0) {
            err_data(err, "the %s data is followed by data that is not %s", in->codec->name, in->codec->name);
            return err_at(err, in->name, 0);
        }
    }
}

/* Reads a chunk where the last one has been used up. Error: the file ends, inside of a member. */
static enum status read_chunk(struct input *in, struct err *err)
{
    in->chunk_at = 0;
    enum status status = read_some(in, in->chunk, INPUT_CHUNK, &in->chunk_n, err);
    if (status == STATUS_OK && in->at_end) {
        err_data(err, "the %s data is truncated", in->codec->name);
        status = err_at(err, in->name, 0);
    }
    return status;
}

/* One step of the decoder, which may hold bytes back until there is room for them. */
static enum status decode_step(struct input *in, struct codec_stream *stream, struct err *err)
{
    const char *reason = NULL;
    enum codec_step step = in->codec->inflate(in->decoder, stream, &reason);
    in->in_member = step != CODEC_ENDED;
    if (step == CODEC_DAMAGED)
        err_data(err, "the %s data is damaged (%s)", in->codec->name,
                 reason != NULL ? reason : "it cannot be decompressed");
    else if (step == CODEC_REFUSED)
        err_data(err, "the %s data cannot be decompressed: %s", in->codec->name, reason);
    else
        return STATUS_OK;
    return err_at(err, in->name, 0);
}

/* Decompresses into the buffer until it is full or the member ends. */
static enum status decode_some(struct input *in, char *buffer, size_t capacity, size_t *got, struct err *err)
{
    struct codec_stream stream = {.out = (unsigned char *)buffer, .out_n = capacity};
    while (stream.out_n > 0 && in->in_member) {
        stream.in = in->chunk + in->chunk_at;
        stream.in_n = in->chunk_n - in->chunk_at;
        size_t room = stream.out_n, raw = stream.in_n;
        enum status status = decode_step(in, &stream, err);
        in->chunk_at = in->chunk_n - stream.in_n;
        bool stands_still = stream.out_n == room && stream.in_n == raw;
        if (status == STATUS_OK && in->in_member && stream.in_n == 0 && stands_still)
            status = read_chunk(in, err);
        if (status != STATUS_OK)
            return status;
    }
    *got = capacity - stream.out_n;
    return STATUS_OK;
}

static enum status read_decoded(void *context, char *buffer, size_t capacity, size_t *got, struct err *err)
{
    struct input *in = context;
    *got = 0;
    while (*got < capacity) {
        if (!in->in_member) {
            enum status status = next_member(in, err);
            if (status != STATUS_OK || !in->in_member)
                return status;
        }
        size_t n = 0;
        enum status status = decode_some(in, buffer + *got, capacity - *got, &n, err);
        if (status != STATUS_OK)
            return status;
        *got += n;
    }
    return STATUS_OK;
}

/* Whether bytes that came at `start` have waited long enough. Waits for more bytes until then. */
static bool is_late(const struct input *in, const struct timespec *start)
{
    enum { PATIENCE = 100 }; /* ms */
    struct timespec now;
    struct pollfd file = {.fd = in->fd, .events = POLLIN};
    clock_gettime(CLOCK_MONOTONIC, &now);
    long passed = (long)(now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
    return passed >= PATIENCE || poll(&file, 1, (int)(PATIENCE - passed)) == 0;
}

static enum status read_plain(struct input *in, char *buffer, size_t capacity, size_t *got, struct err *err)
{
    size_t ready = in->chunk_n - in->chunk_at;
    struct timespec start = {0};
    *got = ready < capacity ? ready : capacity;
    memcpy(buffer, in->chunk + in->chunk_at, *got);
    in->chunk_at += *got;
    if (in->prompt)
        clock_gettime(CLOCK_MONOTONIC, &start);
    while (*got < capacity && !in->at_end && !(in->prompt && *got > 0 && is_late(in, &start))) {
        bool is_first = *got == 0;
        size_t n;
        enum status status = read_some(in, buffer + *got, capacity - *got, &n, err);
        if (status != STATUS_OK)
            return status;
        if (in->prompt && is_first)
            clock_gettime(CLOCK_MONOTONIC, &start);
        *got += n;
    }
    return STATUS_OK;
}

enum status input_read(struct input *input, char *buffer, size_t capacity, size_t *got, struct err *err)
{
    if (!input->begun) {
        enum status status = begin(input, err);
        if (status != STATUS_OK)
            return status;
    }
    if (input->codec == NULL) {
        enum status status = read_plain(input, buffer, capacity, got, err);
        input->ended = input->at_end && input->chunk_at == input->chunk_n;
        return status;
    }
    enum status status = input->ahead != NULL ? readahead_read(input->ahead, buffer, capacity, got, err)
                                              : read_decoded(input, buffer, capacity, got, err);
    input->ended = *got < capacity;
    return status;
}

bool input_at_end(const struct input *input)
{
    return input->ended;
}

void input_keep_compressed(struct input *input)
{
    input->keeps_compressed = true;
}

const struct codec *input_codec(const struct input *input)
{
    return input->codec;
}

void input_set_prompt(struct input *input)
{
    input->prompt = true;
}

void input_read_ahead(struct input *input)
{
    if (input->codec != NULL && input->ahead == NULL)
        input->ahead = readahead_start(read_decoded, input);
}
