/* xz (the .xz file format 1.2), by liblzma where the build has found it. A stream may ask for a dictionary of 4 GiB;
 * one that needs more than MEMORY is refused. */

#include "data/table/codec.h"

static enum codec_match codec_xz_match(struct slice head)
{
    return codec_compare(head, "\xfd\x37\x7a\x58\x5a\x00", 6);
}

#ifdef WITH_LZMA
#include "base/mem.h"

#include <lzma.h>
#include <stdlib.h>

struct codec_xz {
    lzma_stream z;
    lzma_ret begun;
};

#define MEMORY ((uint64_t)1 << 30)

static void *codec_xz_begin(void *state)
{
    struct codec_xz *s = state;
    if (s == NULL) {
        s = mem_alloc(1, sizeof *s);
        s->z = (lzma_stream)LZMA_STREAM_INIT;
    }
    s->begun = lzma_stream_decoder(&s->z, MEMORY, LZMA_TELL_UNSUPPORTED_CHECK);
    return s;
}

static enum codec_step codec_xz_inflate(void *state, struct codec_stream *stream, const char **reason)
{
    struct codec_xz *s = state;
    s->z.next_in = stream->in;
    s->z.avail_in = stream->in_n;
    s->z.next_out = stream->out;
    s->z.avail_out = stream->out_n;
    lzma_ret answer = s->begun == LZMA_OK ? lzma_code(&s->z, LZMA_RUN) : s->begun;
    stream->in = s->z.next_in;
    stream->in_n = s->z.avail_in;
    stream->out = s->z.next_out;
    stream->out_n = s->z.avail_out;
    switch (answer) {
    case LZMA_OK:
    case LZMA_BUF_ERROR:
        return CODEC_GOES_ON;
    case LZMA_STREAM_END:
        return CODEC_ENDED;
    case LZMA_MEM_ERROR:
    case LZMA_MEMLIMIT_ERROR:
        *reason = "it needs more than 1 GiB of memory";
        return CODEC_REFUSED;
    case LZMA_OPTIONS_ERROR:
    case LZMA_UNSUPPORTED_CHECK:
        *reason = "it uses features that liblzma does not know";
        return CODEC_REFUSED;
    default:
        *reason = NULL;
        return CODEC_DAMAGED;
    }
}

static void codec_xz_end(void *state)
{
    struct codec_xz *s = state;
    if (s != NULL)
        lzma_end(&s->z);
    free(s);
}
#endif

const struct codec codec_xz = {
    .name = "xz",
    .program = "xzcat",
    .match = codec_xz_match,
#ifdef WITH_LZMA
    .begin = codec_xz_begin,
    .inflate = codec_xz_inflate,
    .end = codec_xz_end,
#endif
};
