/* A stream read ahead has the same bytes, end and error as the stream itself. */

#include "data/table/readahead.h"

#include "test.h"

#include <stdint.h>
#include <string.h>

/* Bytes 0, 1, 2, … of a made stream of a given length, with an error at its end or without. */
struct stream {
    size_t at, n;
    bool fails;
};

static char byte_at(size_t i)
{
    return (char)((i * 2654435761u) >> 13);
}

static enum status produce(void *context, char *buffer, size_t capacity, size_t *got, struct err *err)
{
    struct stream *s = context;
    *got = s->n - s->at < capacity ? s->n - s->at : capacity;
    for (size_t i = 0; i < *got; i++)
        buffer[i] = byte_at(s->at + i);
    s->at += *got;
    return s->fails && *got < capacity ? err_data(err, "broken at %zu", s->at) : STATUS_OK;
}

/* Reads the stream in pieces; whether the bytes, the end and the error are the producer's. */
static bool reads(size_t n, size_t piece, bool fails)
{
    static char buffer[1 << 20];
    struct stream stream = {.n = n, .fails = fails};
    struct readahead *ahead = readahead_start(produce, &stream);
    struct err err = {0};
    size_t at = 0, got = 0, wrong = 0;
    enum status status;
    do {
        status = readahead_read(ahead, buffer, piece, &got, &err);
        for (size_t i = 0; i < got; i++)
            wrong += buffer[i] != byte_at(at + i);
        at += got;
    } while (status == STATUS_OK && got == piece);
    char reason[64];
    snprintf(reason, sizeof reason, "broken at %zu", n);
    bool ended = fails ? status == STATUS_DATA && strcmp(err.reason, reason) == 0 : status == STATUS_OK;
    if (!fails) {
        status = readahead_read(ahead, buffer, piece, &got, &err);
        ended &= status == STATUS_OK && got == 0;
    }
    readahead_stop(ahead);
    return wrong == 0 && at == n && ended;
}

static void test_lengths_and_pieces(void)
{
    static const size_t lengths[] = {0, 1, 1000, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, 1 << 20, (1 << 20) + 17};
    static const size_t pieces[] = {999, 1 << 16, 1 << 18, (1 << 18) + 5, 1 << 20};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        for (size_t k = 0; k < sizeof pieces / sizeof pieces[0]; k++) {
            CHECK(reads(lengths[i], pieces[k], false), "%zu bytes by %zu", lengths[i], pieces[k]);
            CHECK(reads(lengths[i], pieces[k], true), "%zu bytes by %zu, then an error", lengths[i], pieces[k]);
        }
    }
}

static void test_stopping_early(void)
{
    char buffer[100];
    struct err err = {0};
    for (size_t reading = 0; reading < 20; reading++) {
        struct stream stream = {.n = SIZE_MAX};
        struct readahead *ahead = readahead_start(produce, &stream);
        size_t got = sizeof buffer;
        for (size_t i = 0; i < reading; i++)
            readahead_read(ahead, buffer, sizeof buffer, &got, &err);
        CHECK(got == sizeof buffer);
        readahead_stop(ahead);
    }
    readahead_stop(NULL);
}

int main(void)
{
    test_lengths_and_pieces();
    test_stopping_early();
    return test_report("readahead");
}
