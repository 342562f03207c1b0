/* Zstandard (RFC 8878), by libzstd where the build has found it. Files of pzstd and of the seekable format begin with a
 * frame to skip, which is a frame without content. A frame whose window exceeds 1 GiB is refused. */

#include "data/table/codec.h"

static enum codec_match codec_zstd_match(struct slice head)
{
    enum codec_match frame = codec_compare(head, "\x28\xb5\x2f\xfd", 4), skipped = CODEC_OTHER;
    if (head.n > 0 && ((unsigned char)head.p[0] & 0xf0) == 0x50)
        skipped = codec_compare((struct slice){head.p + 1, head.n - 1}, "\x2a\x4d\x18", 3);
    return frame > skipped ? frame : skipped;
}

#ifdef WITH_ZSTD
#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

struct codec_zstd {
    ZSTD_DCtx *z;
    bool has_begun; /* a byte of the frame has been read */
};

static void *codec_zstd_begin(void *state)
{
    enum { WINDOW_LOG = 30 };
    struct codec_zstd *s = state;
    if (s == NULL) {
        s = mem_zero(1, sizeof *s);
        s->z = ZSTD_createDCtx();
        if (s->z != NULL)
            ZSTD_DCtx_setParameter(s->z, ZSTD_d_windowLogMax, WINDOW_LOG);
    }
    if (s->z != NULL)
        ZSTD_DCtx_reset(s->z, ZSTD_reset_session_only);
    s->has_begun = false;
    return s;
}

static enum codec_step codec_zstd_inflate(void *state, struct codec_stream *stream, const char **reason)
{
    struct codec_zstd *s = state;
    *reason = "it needs more than 1 GiB of memory";
    if (s->z == NULL)
        return CODEC_REFUSED;
    /* A frame that is there as a whole is decoded at once, whatever its window; what is refused must not depend on how
     * the bytes come. */
    ZSTD_inBuffer in = {stream->in, s->has_begun || stream->in_n == 0 ? stream->in_n : 1, 0};
    ZSTD_outBuffer out = {stream->out, stream->out_n, 0};
    size_t answer = ZSTD_decompressStream(s->z, &out, &in);
    s->has_begun |= in.pos > 0;
    stream->in += in.pos;
    stream->in_n -= in.pos;
    stream->out += out.pos;
    stream->out_n -= out.pos;
    if (!ZSTD_isError(answer))
        return answer == 0 ? CODEC_ENDED : CODEC_GOES_ON;
    switch (ZSTD_getErrorCode(answer)) {
    case ZSTD_error_memory_allocation:
    case ZSTD_error_frameParameter_windowTooLarge:
        return CODEC_REFUSED;
    case ZSTD_error_dictionary_wrong:
        *reason = "it was compressed with a dictionary";
        return CODEC_REFUSED;
    default:
        *reason = ZSTD_getErrorName(answer);
        return CODEC_DAMAGED;
    }
}

static void codec_zstd_end(void *state)
{
    struct codec_zstd *s = state;
    if (s != NULL)
        ZSTD_freeDCtx(s->z);
    free(s);
}
#endif

const struct codec codec_zstd = {
    .name = "zstd",
    .program = "zstdcat",
    .match = codec_zstd_match,
#ifdef WITH_ZSTD
    .begin = codec_zstd_begin,
    .inflate = codec_zstd_inflate,
    .end = codec_zstd_end,
#endif
};
