/* gzip (RFC 1952), by zlib. A file is gzip if its first bytes are the magic number, the only method of compression that
 * is defined, and flags without reserved bits: other files that begin with the magic number are read as they are. */

#define ZLIB_CONST
#include "data/table/codec.h"

#include "base/mem.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

struct codec_gzip {
    z_stream z;
    bool is_ready;
};

static enum codec_match codec_gzip_match(struct slice head)
{
    enum { FLAGS = 3, RESERVED = 0xe0 };
    enum codec_match match = codec_compare(head, "\x1f\x8b\x08", FLAGS);
    if (match != CODEC_SAME || head.n == FLAGS)
        return match == CODEC_SAME ? CODEC_PREFIX : match;
    return ((unsigned char)head.p[FLAGS] & RESERVED) == 0 ? CODEC_SAME : CODEC_OTHER;
}

static void *codec_gzip_begin(void *state)
{
    enum { WINDOW = 15, WITH_GZIP_HEADER = 16 };
    struct codec_gzip *s = state != NULL ? state : mem_zero(1, sizeof *s);
    s->is_ready = s->is_ready ? inflateReset(&s->z) == Z_OK : inflateInit2(&s->z, WINDOW + WITH_GZIP_HEADER) == Z_OK;
    return s;
}

static enum codec_step codec_gzip_inflate(void *state, struct codec_stream *stream, const char **reason)
{
    struct codec_gzip *s = state;
    uInt in_n = stream->in_n < UINT_MAX ? (uInt)stream->in_n : UINT_MAX;
    uInt out_n = stream->out_n < UINT_MAX ? (uInt)stream->out_n : UINT_MAX;
    *reason = "zlib has no memory";
    if (!s->is_ready)
        return CODEC_REFUSED;
    s->z.next_in = stream->in;
    s->z.avail_in = in_n;
    s->z.next_out = stream->out;
    s->z.avail_out = out_n;
    int answer = inflate(&s->z, Z_NO_FLUSH);
    stream->in = s->z.next_in;
    stream->in_n -= in_n - s->z.avail_in;
    stream->out = s->z.next_out;
    stream->out_n -= out_n - s->z.avail_out;
    if (answer == Z_MEM_ERROR)
        return CODEC_REFUSED;
    *reason = s->z.msg;
    if (answer == Z_STREAM_END)
        return CODEC_ENDED;
    return answer == Z_OK || answer == Z_BUF_ERROR ? CODEC_GOES_ON : CODEC_DAMAGED;
}

static void codec_gzip_end(void *state)
{
    struct codec_gzip *s = state;
    if (s != NULL)
        inflateEnd(&s->z);
    free(s);
}

const struct codec codec_gzip = {
    .name = "gzip",
    .program = "zcat",
    .match = codec_gzip_match,
    .begin = codec_gzip_begin,
    .inflate = codec_gzip_inflate,
    .end = codec_gzip_end,
};
