#ifndef LIKELY_BASE_HASH_H
#define LIKELY_BASE_HASH_H

#include "base/slice.h"

#include <stdint.h>

/* A 64-bit hash of bytes that is the same on every machine and in every version: words of eight bytes,
 * little-endian, are mixed in by a multiplication to 128 bits whose halves are combined by exclusive or, as in
 * wyhash. It does not resist inputs made to collide. */

static inline uint64_t hash_mix(uint64_t a, uint64_t b)
{
    __extension__ unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* The first n <= 8 bytes as an integer, little-endian. */
static inline uint64_t hash_word(const char *p, size_t n)
{
    uint64_t word = 0;
    for (size_t i = 0; i < n; i++)
        word |= (uint64_t)(unsigned char)p[i] << (8 * i);
    return word;
}

static inline uint64_t hash_bytes(struct slice text)
{
    const uint64_t odd = 0x9e3779b97f4a7c15u;
    uint64_t hash = text.n * odd;
    const char *p = text.p;
    size_t n = text.n;
    for (; n >= 8; n -= 8, p += 8)
        hash = hash_mix(hash ^ hash_word(p, 8), odd);
    return hash_mix(hash ^ hash_word(p, n), 0xd6e8feb86659fd93u);
}

#endif
