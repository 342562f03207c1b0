/* Every codec decodes bytes in pieces as it decodes them at once: the same output and the same end. The first byte of
 * an input chooses the codec and the size of the pieces. */

#include "data/table/codec.h"
#include "fuzz.h"

#include <string.h>

enum { ROOM = 1 << 16 };

struct decoded {
    enum codec_step step;
    size_t n, left; /* bytes written; bytes that were not read when the member ended */
    unsigned char bytes[ROOM];
};

/* Decodes until the member ends, the room is used up, or two calls have done nothing. */
static void decode(const struct codec *codec, const uint8_t *bytes, size_t n, size_t piece, struct decoded *out)
{
    void *state = codec->begin(NULL);
    size_t at = 0, idle = 0;
    out->n = 0;
    out->step = CODEC_GOES_ON;
    while (out->step == CODEC_GOES_ON && idle < 2 && out->n < ROOM) {
        size_t in_n = n - at < piece ? n - at : piece, room = ROOM - out->n < piece ? ROOM - out->n : piece;
        struct codec_stream stream = {bytes + at, in_n, out->bytes + out->n, room};
        const char *reason = NULL;
        out->step = codec->inflate(state, &stream, &reason);
        demand(stream.in_n <= in_n && stream.out_n <= room, "no more is read or written than there is");
        idle = stream.in_n == in_n && stream.out_n == room ? idle + 1 : 0;
        at += in_n - stream.in_n;
        out->n += room - stream.out_n;
    }
    out->left = n - at;
    codec->end(state);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const struct codec *const codecs[] = {&codec_gzip, &codec_xz, &codec_zstd, &codec_bzip2};
    static struct decoded whole, pieces;
    if (n == 0)
        return 0;
    const struct codec *codec = codecs[bytes[0] & 3];
    size_t piece = (size_t)(bytes[0] >> 2) + 1;
    bytes++;
    n--;
    codec_find((struct slice){(const char *)bytes, n}, NULL);
    if (codec->begin == NULL)
        return 0;
    decode(codec, bytes, n, ROOM, &whole);
    decode(codec, bytes, n, piece, &pieces);
    if (whole.n == ROOM || pieces.n == ROOM)
        return 0;
    /* Where the bytes end early, a decoder may or may not know yet that they are damaged. */
    demand((whole.step == CODEC_ENDED) == (pieces.step == CODEC_ENDED), "pieces end as the whole does");
    demand(whole.step != CODEC_ENDED || whole.n == pieces.n, "as many bytes");
    demand(whole.step != CODEC_ENDED || memcmp(whole.bytes, pieces.bytes, whole.n) == 0, "the same bytes");
    demand(whole.step != CODEC_ENDED || whole.left == pieces.left, "the same rest");
    return 0;
}
