/* Every codec decodes the same line, in pieces of any size; reports the truncated and the damaged member; and is found
 * by the first bytes of a file, and by nothing less. A codec whose library the build lacks is found only. */

#include "data/table/codec.h"

#include "test.h"

static const char line[] = "to be or not to be\n";

/* The line as gzip -n, xz, zstd --check and bzip2 compress it. */
#define BYTES(text)                                                                                                    \
    {                                                                                                                  \
        (text), sizeof(text) - 1                                                                                       \
    }
static const struct codec_sample {
    const struct codec *codec;
    struct slice bytes;
} samples[] = {
    {&codec_gzip, BYTES("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x2b\xc9\x57\x48\x4a\x55\xc8\x2f\x52\xc8\xcb\x2f\x51"
                        "\x28\x01\x71\xb8\x00\x7d\x3a\x57\x22\x13\x00\x00\x00")},
    {&codec_xz, BYTES("\xfd\x37\x7a\x58\x5a\x00\x00\x04\xe6\xd6\xb4\x46\x02\x00\x21\x01\x16\x00\x00\x00\x74\x2f\xe5\xa3"
                      "\x01\x00\x12\x74\x6f\x20\x62\x65\x20\x6f\x72\x20\x6e\x6f\x74\x20\x74\x6f\x20\x62\x65\x0a\x00\x00"
                      "\x66\xad\xbe\x69\x74\xb4\x09\x79\x00\x01\x2b\x13\x9c\x09\x48\xd2\x1f\xb6\xf3\x7d\x01\x00\x00\x00"
                      "\x00\x04\x59\x5a")},
    {&codec_zstd, BYTES("\x28\xb5\x2f\xfd\x04\x58\x99\x00\x00\x74\x6f\x20\x62\x65\x20\x6f\x72\x20\x6e\x6f\x74\x20\x74"
                        "\x6f\x20\x62\x65\x0a\x4c\x62\x42\x6d")},
    {&codec_bzip2, BYTES("\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\xc4\xb4\x28\xad\x00\x00\x09\x51\x80\x00\x10\x40\x00"
                         "\x12\x01\x94\x00\x20\x00\x21\x28\xd0\xc8\x43\x02\x33\x86\xa7\x0c\xb4\x5c\x62\x9e\x2e\xe4\x8a"
                         "\x70\xa1\x21\x89\x68\x51\x5a")},
};
enum { SAMPLES = sizeof samples / sizeof *samples, DECODED_MAX = 256 };

/* Decodes n bytes, `piece` at a time on both sides, with the state of the decoder. *out_n: bytes written. */
static enum codec_step decode(const struct codec *codec, void *state, struct slice bytes, size_t piece,
                              char out[DECODED_MAX], size_t *out_n)
{
    enum codec_step step = CODEC_GOES_ON;
    size_t at = 0, stalls = 0;
    *out_n = 0;
    while (step == CODEC_GOES_ON && stalls < 2 && *out_n < DECODED_MAX) {
        const char *reason = NULL;
        size_t in_n = bytes.n - at < piece ? bytes.n - at : piece;
        size_t room = DECODED_MAX - *out_n < piece ? DECODED_MAX - *out_n : piece;
        struct codec_stream stream = {(const unsigned char *)bytes.p + at, in_n, (unsigned char *)out + *out_n, room};
        step = codec->inflate(state, &stream, &reason);
        stalls = stream.in_n == in_n && stream.out_n == room ? stalls + 1 : 0;
        at += in_n - stream.in_n;
        *out_n += room - stream.out_n;
    }
    return step;
}

static void test_members_of_any_pieces(const struct codec_sample *s)
{
    char out[DECODED_MAX];
    size_t n, right = 0;
    void *state = NULL;
    for (size_t piece = 1; piece <= 100; piece++) {
        state = s->codec->begin(state);
        right += decode(s->codec, state, s->bytes, piece, out, &n) == CODEC_ENDED && n == strlen(line) &&
                 memcmp(out, line, n) == 0;
    }
    s->codec->end(state);
    CHECK(right == 100, "%s: %zu of 100", s->codec->name, right);
}

static void test_truncated(const struct codec_sample *s)
{
    char out[DECODED_MAX];
    size_t n, open = 0;
    void *state = NULL;
    for (size_t length = 0; length < s->bytes.n; length++) {
        state = s->codec->begin(state);
        open += decode(s->codec, state, (struct slice){s->bytes.p, length}, 64, out, &n) == CODEC_GOES_ON;
    }
    s->codec->end(state);
    CHECK(open == s->bytes.n, "%s: %zu of %zu", s->codec->name, open, s->bytes.n);
}

/* With a bit flipped anywhere, nothing else is taken for the line. */
static void test_damaged(const struct codec_sample *s)
{
    char out[DECODED_MAX], bytes[DECODED_MAX];
    size_t n, wrong = 0, refused = 0;
    void *state = NULL;
    for (size_t bit = 0; bit < s->bytes.n * 8; bit++) {
        memcpy(bytes, s->bytes.p, s->bytes.n);
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
        state = s->codec->begin(state);
        enum codec_step step = decode(s->codec, state, (struct slice){bytes, s->bytes.n}, 64, out, &n);
        wrong += step == CODEC_ENDED && (n != strlen(line) || memcmp(out, line, n) != 0);
        refused += step != CODEC_ENDED;
    }
    s->codec->end(state);
    CHECK(wrong == 0, "%s: %zu", s->codec->name, wrong);
    CHECK(refused > s->bytes.n * 8 / 2, "%s: %zu", s->codec->name, refused);
}

static void test_first_bytes(void)
{
    for (size_t i = 0; i < SAMPLES; i++) {
        struct slice bytes = samples[i].bytes;
        enum codec_match match;
        size_t n = 0;
        while (codec_find((struct slice){bytes.p, n}, &match) == NULL && match == CODEC_PREFIX)
            n++;
        CHECK(codec_find((struct slice){bytes.p, n}, &match) == samples[i].codec && match == CODEC_SAME);
        CHECK(n <= CODEC_HEAD, "%zu bytes of %s", n, samples[i].codec->name);
        CHECK(codec_find((struct slice){bytes.p, bytes.n}, NULL) == samples[i].codec);
    }
    CHECK(codec_find(slice_of("P*M\x18"), NULL) == &codec_zstd, "a frame to skip");
    CHECK(codec_find((struct slice){"BZh5\x17\x72\x45\x38\x50\x90", 10}, NULL) == &codec_bzip2, "an empty stream");
}

static bool is_plain(struct slice head)
{
    enum codec_match match;
    return codec_find(head, &match) == NULL && match == CODEC_OTHER;
}

static void test_other_bytes(void)
{
    CHECK(is_plain(slice_of("\x1f\x8b,x\n")) && is_plain(slice_of("\x1f\x8b\x07x")));
    CHECK(is_plain((struct slice){"\x1f\x8b\x08\xe0", 4}), "reserved flags of gzip");
    CHECK(is_plain(slice_of("BZh0")) && is_plain(slice_of("BZh9,")) && is_plain(slice_of("BZip2")));
    CHECK(is_plain(slice_of("P*M,")) && is_plain(slice_of("(x")) && is_plain(slice_of("a,b\n")));
    CHECK(is_plain(slice_of("\n")) && is_plain((struct slice){"\0", 1}));
}

int main(void)
{
    for (size_t i = 0; i < SAMPLES; i++) {
        if (samples[i].codec->begin == NULL)
            continue;
        test_members_of_any_pieces(&samples[i]);
        test_truncated(&samples[i]);
        test_damaged(&samples[i]);
    }
    test_first_bytes();
    test_other_bytes();
    return test_report("codec");
}
