/* The hash of rows, held against its definition byte by byte. It decides which fold a row is in, so it must be the same
 * on every machine and in every version. */

#include "base/hash.h"

#include "test.h"

/* The definition, byte by byte. */
static uint64_t word_of(const char *p, size_t n)
{
    uint64_t word = 0;
    for (size_t i = 0; i < n; i++)
        word |= (uint64_t)(unsigned char)p[i] << (8 * i);
    return word;
}

static uint64_t hash_by_byte(struct slice text)
{
    const uint64_t odd = 0x9e3779b97f4a7c15u;
    uint64_t hash = text.n * odd;
    for (; text.n >= 8; text.n -= 8, text.p += 8)
        hash = hash_mix(hash ^ word_of(text.p, 8), odd);
    return hash_mix(hash ^ word_of(text.p, text.n), 0xd6e8feb86659fd93u);
}

static void test_the_hash_is_that_of_its_definition(void)
{
    char bytes[64];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 37 + 129);
    for (size_t n = 0; n <= 40; n++) {
        for (size_t at = 0; at < 9; at++) {
            struct slice text = {bytes + at, n};
            CHECK(hash_bytes(text) == hash_by_byte(text), "%zu bytes at %zu", n, at);
        }
    }
    CHECK(hash_bytes((struct slice){NULL, 0}) == hash_bytes(slice_of("")));
}

static void test_the_hash_never_changes(void)
{
    CHECK(hash_bytes(slice_of("")) == 0);
    CHECK(hash_bytes(slice_of("a")) == 0x8952ed585372fb36u);
    CHECK(hash_bytes(slice_of("a row,1,2.5")) == 0x3b66b64e0a684addu);
}

int main(void)
{
    test_the_hash_is_that_of_its_definition();
    test_the_hash_never_changes();
    return test_report("hash");
}
