#ifndef LIKELY_BASE_HASH_H
#define LIKELY_BASE_HASH_H

#include "base/slice.h"

#include <stdint.h>
#include <string.h>

/* A 64-bit hash of bytes that is the same on every machine and in every version: words of eight bytes,
 * little-endian, are mixed in by a multiplication to 128 bits whose halves are combined by exclusive or, as in
 * wyhash. It does not resist inputs made to collide. */

static inline uint64_t hash_mix(uint64_t a, uint64_t b)
{
    __extension__ unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t hash_load_8(const char *p)
{
    uint64_t word;
    memcpy(&word, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static inline uint64_t hash_load_4(const char *p)
{
    uint32_t word;
    memcpy(&word, p, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap32(word);
#endif
    return word;
}

/* The n < 8 bytes as an integer, little-endian. Loads overlap instead of looping; overlapping loads agree in the
 * bytes they share. */
static inline uint64_t hash_load_short(const char *p, size_t n)
{
    if (n >= 4)
        return hash_load_4(p) | hash_load_4(p + n - 4) << (8 * (n - 4));
    if (n == 0)
        return 0;
    const unsigned char *byte = (const unsigned char *)p;
    return byte[0] | (uint64_t)byte[n / 2] << (8 * (n / 2)) | (uint64_t)byte[n - 1] << (8 * (n - 1));
}

/* The last n % 8 of n bytes as an integer, little-endian. */
static inline uint64_t hash_load_rest(const char *p, size_t n)
{
    size_t rest = n % 8;
    if (n < 8)
        return hash_load_short(p, n);
    return rest > 0 ? hash_load_8(p + n - 8) >> (64 - 8 * rest) : 0;
}

static inline uint64_t hash_bytes(struct slice text)
{
    const uint64_t odd = 0x9e3779b97f4a7c15u;
    uint64_t hash = text.n * odd;
    size_t i = 0;
    for (; i + 8 <= text.n; i += 8)
        hash = hash_mix(hash ^ hash_load_8(text.p + i), odd);
    return hash_mix(hash ^ hash_load_rest(text.p, text.n), 0xd6e8feb86659fd93u);
}

#endif
