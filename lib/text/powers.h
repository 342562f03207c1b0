#ifndef LIKELY_TEXT_POWERS_H
#define LIKELY_TEXT_POWERS_H

#include <stdint.h>

/* Powers of ten, shared by the reader and the writer of numbers: 10^k = (high * 2^64 + low + f) * 2^e with 0 <=
 * f < 1, where high has its highest bit set and e follows from k. */
enum { POWERS_FIRST = -342, POWERS_LAST = 324 };

struct powers_entry {
    uint64_t high, low;
};

extern const struct powers_entry powers_of_ten[POWERS_LAST - POWERS_FIRST + 1];

static inline struct powers_entry powers_get(int k)
{
    return powers_of_ten[k - POWERS_FIRST];
}

/* Whether f is 0: 5^k has at most 128 bits for 0 <= k <= 55. */
static inline int powers_is_exact(int k)
{
    return k >= 0 && k <= 55;
}

#endif
