/* Text of other encodings to UTF-8, on the way from the input to the blocks.
 *
 *     input --input_read--> raw bytes --decode--> characters --encode--> buffer of the caller
 *
 * UTF-16 is that of RFC 2781. Latin-1 is read as Windows-1252, as the WHATWG encoding standard does: programs that
 * write one call it the other, and the five bytes without a character are control characters. Characters that do not
 * fit into the buffer wait in `pending`, so that buffers are filled to the last byte, and blocks are cut where the
 * bytes say. Memory: 64 kB and the head of a file. One thread at a time. */

#include "data/table/transcoder.h"

#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { TRANSCODER_RAW = 1 << 16, TRANSCODER_LONGEST = 4 };

struct transcoder {
    struct input *input;
    const char *name;
    enum dialect_encoding encoding;
    unsigned char *raw; /* bytes not decoded yet: raw[raw_at .. raw_n) */
    size_t raw_at, raw_n;
    char pending[TRANSCODER_LONGEST]; /* of a character, encoded but not handed on: pending[pending_at .. pending_n) */
    size_t pending_at, pending_n;
};

struct transcoder *transcoder_new(struct input *input, const char *name, enum dialect_encoding encoding,
                                  struct slice head)
{
    struct transcoder *t = mem_zero(1, sizeof *t);
    t->input = input;
    t->name = name;
    t->encoding = encoding;
    t->raw = mem_alloc(head.n > TRANSCODER_RAW ? head.n : TRANSCODER_RAW, 1);
    memcpy(t->raw, head.p, head.n);
    t->raw_n = head.n;
    return t;
}

void transcoder_free(struct transcoder *t)
{
    if (t != NULL)
        free(t->raw);
    free(t);
}

bool transcoder_at_end(const struct transcoder *t)
{
    return input_at_end(t->input) && t->raw_at == t->raw_n && t->pending_at == t->pending_n;
}

static size_t encode(uint32_t c, char out[TRANSCODER_LONGEST])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)(lead[n] | c);
    return n;
}

static uint32_t decode_latin1(unsigned char byte)
{
    static const uint16_t windows[32] = {0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                         0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,   0x017d, 0x8f,
                                         0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                         0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178};
    return byte >= 0x80 && byte < 0xa0 ? windows[byte - 0x80] : byte;
}

static uint32_t unit_at(const struct transcoder *t, size_t at)
{
    unsigned first = t->raw[at], second = t->raw[at + 1];
    return t->encoding == DIALECT_UTF16LE ? first | second << 8 : first << 8 | second;
}

/* Decodes the character that the raw bytes begin with. Returns its bytes; 0 if they end within it; SIZE_MAX if there is
 * no such character. */
static size_t decode(const struct transcoder *t, uint32_t *c)
{
    size_t left = t->raw_n - t->raw_at;
    if (t->encoding == DIALECT_LATIN1) {
        *c = left > 0 ? decode_latin1(t->raw[t->raw_at]) : 0;
        return left > 0;
    }
    if (left < 2)
        return 0;
    *c = unit_at(t, t->raw_at);
    if (*c < 0xd800 || *c > 0xdfff)
        return 2;
    if (left < 4 && *c < 0xdc00)
        return 0;
    uint32_t low = left < 4 ? 0 : unit_at(t, t->raw_at + 2);
    if (*c >= 0xdc00 || low < 0xdc00 || low > 0xdfff)
        return SIZE_MAX;
    *c = 0x10000 + ((*c - 0xd800) << 10) + (low - 0xdc00);
    return 4;
}

static enum status refuse(const struct transcoder *t, struct err *err, const char *reason)
{
    err_data(err, "the text is not UTF-16: %s", reason);
    err_because(err, ERR_ENCODING, NULL);
    return err_at(err, t->name, 0);
}

/* Copies characters of ASCII, 8 raw bytes at a time, while there is room; returns their number. */
static size_t copy_ascii(struct transcoder *t, char *out, size_t room)
{
    static const unsigned char others[][8] = {
        [DIALECT_UTF16LE] = {0x80, 0xff, 0x80, 0xff, 0x80, 0xff, 0x80, 0xff},
        [DIALECT_UTF16BE] = {0xff, 0x80, 0xff, 0x80, 0xff, 0x80, 0xff, 0x80},
        [DIALECT_LATIN1] = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80},
    };
    size_t width = t->encoding == DIALECT_LATIN1 ? 1 : 2, first = t->encoding == DIALECT_UTF16BE, n = 0;
    uint64_t word, mask;
    memcpy(&mask, others[t->encoding], sizeof mask);
    while (t->raw_n - t->raw_at >= sizeof word && room - n >= sizeof word) {
        const unsigned char *raw = t->raw + t->raw_at;
        memcpy(&word, raw, sizeof word);
        if ((word & mask) != 0)
            break;
        for (size_t i = first; i < sizeof word; i += width)
            out[n++] = (char)raw[i];
        t->raw_at += sizeof word;
    }
    return n;
}

/* Decodes into the buffer from *at on, until it is full or the raw bytes end. */
static enum status convert(struct transcoder *t, char *buffer, size_t capacity, size_t *at, struct err *err)
{
    while (*at < capacity) {
        if (t->pending_at < t->pending_n) {
            buffer[(*at)++] = t->pending[t->pending_at++];
            continue;
        }
        *at += copy_ascii(t, buffer + *at, capacity - *at);
        uint32_t c;
        size_t n = *at < capacity ? decode(t, &c) : 0;
        if (n == SIZE_MAX)
            return refuse(t, err, "half of a surrogate pair stands alone");
        if (n == 0)
            break;
        t->raw_at += n;
        if (capacity - *at >= TRANSCODER_LONGEST) {
            *at += encode(c, buffer + *at);
        } else {
            t->pending_at = 0;
            t->pending_n = encode(c, t->pending);
        }
    }
    return STATUS_OK;
}

enum status transcoder_read(struct transcoder *t, char *buffer, size_t capacity, size_t *got, struct err *err)
{
    *got = 0;
    for (;;) {
        enum status status = convert(t, buffer, capacity, got, err);
        if (status != STATUS_OK || *got == capacity)
            return status;
        if (input_at_end(t->input))
            return t->raw_at < t->raw_n ? refuse(t, err, "it ends within a character") : STATUS_OK;
        size_t left = t->raw_n - t->raw_at, n;
        memmove(t->raw, t->raw + t->raw_at, left);
        t->raw_at = 0;
        t->raw_n = left;
        size_t wanted = TRANSCODER_RAW - left;
        status = input_read(t->input, (char *)t->raw + left, wanted, &n, err);
        if (status != STATUS_OK)
            return status;
        t->raw_n += n;
        if (n < wanted && !input_at_end(t->input))
            return convert(t, buffer, capacity, got, err);
    }
}
