/* Encodings of heads of files, and their text in UTF-8 through buffers of any size. */

#include "data/table/encoding.h"
#include "data/table/transcoder.h"

#include "test.h"

#include <unistd.h>

#define HEAD(text) ((struct slice){text, sizeof(text) - 1})

static void finds_encodings(void)
{
    CHECK(encoding_find(HEAD("a,b\n"), DIALECT_ENCODING_AUTO) == DIALECT_UTF8);
    CHECK(encoding_find(HEAD(""), DIALECT_ENCODING_AUTO) == DIALECT_UTF8);
    CHECK(encoding_find(HEAD("\xef\xbb\xbfgr\xf6"), DIALECT_ENCODING_AUTO) == DIALECT_UTF8, "a mark decides");
    CHECK(encoding_find(HEAD("\xff\xfe"), DIALECT_ENCODING_AUTO) == DIALECT_UTF16LE);
    CHECK(encoding_find(HEAD("\xfe\xff\0a"), DIALECT_ENCODING_AUTO) == DIALECT_UTF16BE);
    CHECK(encoding_find(HEAD("a\0,\0b\0\n\0"), DIALECT_ENCODING_AUTO) == DIALECT_UTF16LE);
    CHECK(encoding_find(HEAD("\0a\0,\0b\0\n"), DIALECT_ENCODING_AUTO) == DIALECT_UTF16BE);
    CHECK(encoding_find(HEAD("1,2\0\n3,4\n"), DIALECT_ENCODING_AUTO) == DIALECT_UTF8, "a stray NUL byte");
    CHECK(encoding_find(HEAD("gr\xf6\xdf"
                             "e\n"),
                        DIALECT_ENCODING_AUTO) == DIALECT_LATIN1);
    CHECK(encoding_find(HEAD("gr\xc3\xb6\xc3\x9f"
                             "e \xf6\n"),
                        DIALECT_ENCODING_AUTO) == DIALECT_UTF8,
          "UTF-8 with some damage");
    CHECK(encoding_find(HEAD("1,2,\xe2\x82"), DIALECT_ENCODING_AUTO) == DIALECT_UTF8, "a character is cut");
    CHECK(encoding_find(HEAD("1,2\n"), DIALECT_LATIN1) == DIALECT_LATIN1, "as the file before");
    CHECK(encoding_find(HEAD("\xc3\xb6\n"), DIALECT_LATIN1) == DIALECT_UTF8);
    CHECK(encoding_mark(HEAD("\xef\xbb\xbf"), DIALECT_UTF8) == 3 && encoding_mark(HEAD("\xef\xbb"), DIALECT_UTF8) == 0);
}

/* Reads the text of n bytes, of which `head` have been read already, through a buffer of `step` bytes. */
static bool becomes(const char *raw, size_t n, size_t head, enum dialect_encoding encoding, size_t step,
                    const char *wanted)
{
    int ends[2];
    struct input *input = NULL;
    struct err err = {0};
    char path[32], out[256];
    size_t at = 0, got;
    if (pipe(ends) != 0 || write(ends[1], raw + head, n - head) != (ssize_t)(n - head))
        return false;
    close(ends[1]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    if (input_open(&input, path, &err) != STATUS_OK)
        return false;
    struct transcoder *t = transcoder_new(input, path, encoding, (struct slice){raw, head});
    enum status status;
    do {
        status = transcoder_read(t, out + at, step, &got, &err);
        at += got;
    } while (status == STATUS_OK && got == step);
    bool is_same = status == STATUS_OK && transcoder_at_end(t) && at == strlen(wanted) && memcmp(out, wanted, at) == 0;
    transcoder_free(t);
    input_close(input);
    close(ends[0]);
    return is_same;
}

static void reads_text(void)
{
    static const char little[] = "a\0b\0c\0d\0e\0\xac\x20\x3d\xd8\0\xde\xe9\0\n\0";
    static const char latin[] = "abcdefgh\xe9\x80ij";
    for (size_t step = 1; step < 30; step++) {
        for (size_t head = 0; head < sizeof little; head++)
            CHECK(becomes(little, sizeof little - 1, head, DIALECT_UTF16LE, step,
                          "abcde\xe2\x82\xac\xf0\x9f\x98\x80\xc3\xa9\n"),
                  "UTF-16 by %zu bytes, head %zu", step, head);
        CHECK(becomes(latin, sizeof latin - 1, 3, DIALECT_LATIN1, step, "abcdefgh\xc3\xa9\xe2\x82\xacij"));
    }
    CHECK(!becomes("a\0\0\xdc", 4, 0, DIALECT_UTF16LE, 8, "a"), "half of a pair");
    CHECK(!becomes("a\0b", 3, 0, DIALECT_UTF16LE, 8, "a"), "half of a character");
}

int main(void)
{
    finds_encodings();
    reads_text();
    return test_report("encoding");
}
