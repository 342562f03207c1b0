/* Bytes of a file, plain or inflated.
 *
 *     file --read_some--> chunk --inflate_some--> buffer of the caller, or of a thread of its own (readahead.h)
 *          --read_some--------------------------> buffer of the caller
 *
 * The first two bytes decide (RFC 1952, 2.3.1). Members of gzip follow each other, with zero padding at the end; a
 * missing end and foreign bytes are errors. A prompt input hands on what it has once the first of its bytes has waited
 * 0.1 s (read_plain). One thread reads; `consumed` is atomic because another shows progress. Memory: a chunk of 64 kB
 * and the state of zlib. */

#include "data/table/input.h"

#include "base/mem.h"
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
#include <zlib.h>

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
    bool gzip;
    bool in_member; /* the inflater is between a member's header and its trailer */
    z_stream inflater;
    unsigned char *chunk; /* raw bytes not handed on yet: chunk[chunk_at .. chunk_n) */
    size_t chunk_at, chunk_n;
    struct readahead *ahead; /* NULL = inflates in the thread that reads */
};

const char *input_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
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
    if (input->gzip)
        inflateEnd(&input->inflater);
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

/* Reads until the chunk holds at least two bytes or the file ends. */
static enum status fill_chunk(struct input *in, struct err *err)
{
    memmove(in->chunk, in->chunk + in->chunk_at, in->chunk_n - in->chunk_at);
    in->chunk_n -= in->chunk_at;
    in->chunk_at = 0;
    while (in->chunk_n < 2 && !in->at_end) {
        size_t got;
        enum status status = read_some(in, in->chunk + in->chunk_n, INPUT_CHUNK - in->chunk_n, &got, err);
        if (status != STATUS_OK)
            return status;
        in->chunk_n += got;
    }
    return STATUS_OK;
}

static bool at_gzip_magic(const struct input *in)
{
    return in->chunk_n - in->chunk_at >= 2 && in->chunk[in->chunk_at] == 0x1f && in->chunk[in->chunk_at + 1] == 0x8b;
}

static enum status begin(struct input *in, struct err *err)
{
    in->begun = true;
    enum status status = fill_chunk(in, err);
    if (status != STATUS_OK || !at_gzip_magic(in))
        return status;
    if (inflateInit2(&in->inflater, 15 + 16) != Z_OK) {
        err_data(err, "the gzip decoder cannot start");
        return err_at(err, in->name, 0);
    }
    in->gzip = in->in_member = true;
    return STATUS_OK;
}

/* Between two members: another member, zero padding or the end of the file must follow. */
static enum status next_member(struct input *in, struct err *err)
{
    for (;;) {
        enum status status = fill_chunk(in, err);
        if (status != STATUS_OK)
            return status;
        if (in->chunk_n == 0)
            return STATUS_OK;
        if (at_gzip_magic(in)) {
            inflateReset(&in->inflater);
            in->in_member = true;
            return STATUS_OK;
        }
        if (in->chunk[in->chunk_at] != 0) {
            err_data(err, "the gzip data is followed by data that is not gzip");
            return err_at(err, in->name, 0);
        }
        in->chunk_at++;
    }
}

/* Inflates into the buffer until it is full or the member ends. */
static enum status inflate_some(struct input *in, char *buffer, size_t capacity, size_t *got, struct err *err)
{
    z_stream *z = &in->inflater;
    z->next_out = (unsigned char *)buffer;
    z->avail_out = (uInt)(capacity < INPUT_CHUNK * 16 ? capacity : INPUT_CHUNK * 16);
    uInt wanted = z->avail_out;
    *got = 0;
    while (z->avail_out > 0 && in->in_member) {
        if (in->chunk_at == in->chunk_n) {
            enum status status = fill_chunk(in, err);
            if (status != STATUS_OK)
                return status;
            if (in->chunk_n == 0) {
                err_data(err, "the gzip data is truncated");
                return err_at(err, in->name, 0);
            }
        }
        z->next_in = in->chunk + in->chunk_at;
        z->avail_in = (uInt)(in->chunk_n - in->chunk_at);
        int answer = inflate(z, Z_NO_FLUSH);
        in->chunk_at = in->chunk_n - z->avail_in;
        if (answer == Z_STREAM_END) {
            in->in_member = false;
        } else if (answer != Z_OK && answer != Z_BUF_ERROR) {
            err_data(err, "the gzip data is damaged (%s)", z->msg != NULL ? z->msg : "it cannot be inflated");
            return err_at(err, in->name, 0);
        }
    }
    *got = wanted - z->avail_out;
    return STATUS_OK;
}

static enum status read_gzip(void *context, char *buffer, size_t capacity, size_t *got, struct err *err)
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
        enum status status = inflate_some(in, buffer + *got, capacity - *got, &n, err);
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
    if (!input->gzip) {
        enum status status = read_plain(input, buffer, capacity, got, err);
        input->ended = input->at_end && input->chunk_at == input->chunk_n;
        return status;
    }
    enum status status = input->ahead != NULL ? readahead_read(input->ahead, buffer, capacity, got, err)
                                              : read_gzip(input, buffer, capacity, got, err);
    input->ended = *got < capacity;
    return status;
}

bool input_at_end(const struct input *input)
{
    return input->ended;
}

void input_set_prompt(struct input *input)
{
    input->prompt = true;
}

void input_read_ahead(struct input *input)
{
    if (input->gzip && input->ahead == NULL)
        input->ahead = readahead_start(read_gzip, input);
}
