/* bzip2, by libbz2 where the build has found it. A file is bzip2 if "BZh" and the size of blocks are followed by the
 * number that begins a block (the digits of pi), or that which ends an empty stream (those of its square root). */

#include "data/table/codec.h"

static enum codec_match codec_bzip2_match(struct slice head)
{
    enum { LEVEL = 3 };
    enum codec_match begin = codec_compare(head, "BZh", LEVEL);
    if (begin != CODEC_SAME || head.n == LEVEL)
        return begin == CODEC_SAME ? CODEC_PREFIX : begin;
    if (head.p[LEVEL] < '1' || head.p[LEVEL] > '9')
        return CODEC_OTHER;
    struct slice rest = {head.p + LEVEL + 1, head.n - LEVEL - 1};
    enum codec_match block = codec_compare(rest, "\x31\x41\x59\x26\x53\x59", 6);
    enum codec_match end = codec_compare(rest, "\x17\x72\x45\x38\x50\x90", 6);
    return block > end ? block : end;
}

#ifdef WITH_BZ2
#include "base/mem.h"

#include <bzlib.h>
#include <limits.h>
#include <stdlib.h>

struct codec_bzip2 {
    bz_stream z;
    int begun;
};

static void *codec_bzip2_begin(void *state)
{
    struct codec_bzip2 *s = state;
    if (s == NULL)
        s = mem_alloc(1, sizeof *s);
    else
        BZ2_bzDecompressEnd(&s->z);
    s->z = (bz_stream){0};
    s->begun = BZ2_bzDecompressInit(&s->z, 0, 0);
    return s;
}

static enum codec_step codec_bzip2_inflate(void *state, struct codec_stream *stream, const char **reason)
{
    struct codec_bzip2 *s = state;
    unsigned in_n = stream->in_n < UINT_MAX ? (unsigned)stream->in_n : UINT_MAX;
    unsigned out_n = stream->out_n < UINT_MAX ? (unsigned)stream->out_n : UINT_MAX;
    s->z.next_in = (char *)stream->in; /* which libbz2 does not write to */
    s->z.avail_in = in_n;
    s->z.next_out = (char *)stream->out;
    s->z.avail_out = out_n;
    int answer = s->begun == BZ_OK ? BZ2_bzDecompress(&s->z) : s->begun;
    stream->in += in_n - s->z.avail_in;
    stream->in_n -= in_n - s->z.avail_in;
    stream->out += out_n - s->z.avail_out;
    stream->out_n -= out_n - s->z.avail_out;
    *reason = answer == BZ_MEM_ERROR ? "libbz2 has no memory" : NULL;
    if (answer == BZ_MEM_ERROR)
        return CODEC_REFUSED;
    if (answer == BZ_STREAM_END)
        return CODEC_ENDED;
    return answer == BZ_OK ? CODEC_GOES_ON : CODEC_DAMAGED;
}

static void codec_bzip2_end(void *state)
{
    struct codec_bzip2 *s = state;
    if (s != NULL)
        BZ2_bzDecompressEnd(&s->z);
    free(s);
}
#endif

const struct codec codec_bzip2 = {
    .name = "bzip2",
    .program = "bzcat",
    .match = codec_bzip2_match,
#ifdef WITH_BZ2
    .begin = codec_bzip2_begin,
    .inflate = codec_bzip2_inflate,
    .end = codec_bzip2_end,
#endif
};
