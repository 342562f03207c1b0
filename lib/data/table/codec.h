#ifndef LIKELY_DATA_TABLE_CODEC_H
#define LIKELY_DATA_TABLE_CODEC_H

#include "base/slice.h"

#include <stddef.h>
#include <string.h>

/* A compression format. A new one is one file codec_NAME.c with a `const struct codec codec_NAME`, and one line in
 * codec.list: CODEC(NAME). A compressed file is one or several members (streams, frames) behind each other. */

/* Whether the first bytes of a file are those of the format. */
enum codec_match {
    CODEC_OTHER,
    CODEC_PREFIX, /* they may be, once more bytes are known */
    CODEC_SAME,
};

enum { CODEC_HEAD = 10 }; /* bytes with which a match is never a CODEC_PREFIX */

/* Bytes on both sides of a decoder, which moves the pointers and counts those that are left. */
struct codec_stream {
    const unsigned char *in;
    size_t in_n;
    unsigned char *out;
    size_t out_n;
};

enum codec_step {
    CODEC_GOES_ON, /* `in` has been read, or `out` is full */
    CODEC_ENDED,   /* the member is complete, and all of it has been written */
    CODEC_DAMAGED,
    CODEC_REFUSED, /* it is sound, but cannot be decoded here */
};

struct codec {
    const char *name;    /* in messages: "gzip" */
    const char *program; /* that writes what such a file contains to standard output */
    enum codec_match (*match)(struct slice head);

    /* Begins a member: returns the state of the decoder. state: that of the member before; NULL = there is none. These
     * three are NULL when the library was not there at build time. */
    void *(*begin)(void *state);

    /* Decodes until `in` is read, `out` is full or the member ends. *reason: of a member that is damaged or refused;
     * NULL = there is nothing to say. */
    enum codec_step (*inflate)(void *state, struct codec_stream *stream, const char **reason);

    void (*end)(void *state); /* NULL is allowed */
};

#define CODEC(name) extern const struct codec codec_##name;
#include "data/table/codec.list"
#undef CODEC

/* The codec of a file that begins so; NULL = it is not compressed. *match: CODEC_PREFIX if more bytes could show one;
 * NULL is allowed. */
const struct codec *codec_find(struct slice head, enum codec_match *match);

/* How the head of a file compares with the n bytes of a magic number. */
static inline enum codec_match codec_compare(struct slice head, const char *magic, size_t n)
{
    size_t shared = head.n < n ? head.n : n;
    if (shared > 0 && memcmp(head.p, magic, shared) != 0)
        return CODEC_OTHER;
    return head.n < n ? CODEC_PREFIX : CODEC_SAME;
}

#endif
