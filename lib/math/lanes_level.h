/* Eight doubles processed alike, as one, two or four vectors of the level (base/levels.h). Sums of eight lanes are
 * combined in one order, so that every level gives the same bits. Lanes are passed by address: how vectors are passed
 * by value depends on the instruction set. */

#include <stddef.h>
#include <stdint.h>

typedef double LEVEL(vec) __attribute__((vector_size(LEVEL_BYTES), aligned(8), may_alias));
typedef int64_t LEVEL(bits) __attribute__((vector_size(LEVEL_BYTES), aligned(8), may_alias));
enum { LEVEL(WIDTH) = LEVEL_BYTES / 8, LEVEL(PARTS) = 8 / LEVEL(WIDTH) };

struct LEVEL(lanes) {
    LEVEL(vec) part[LEVEL(PARTS)];
};

#define LEVEL_INLINE LEVEL_TARGET static inline __attribute__((always_inline))

LEVEL_INLINE void LEVEL(load)(struct LEVEL(lanes) * x, const double *a)
{
    for (int i = 0; i < LEVEL(PARTS); i++)
        x->part[i] = *(const LEVEL(vec) *)(a + i * LEVEL(WIDTH));
}

/* sum += a b */
LEVEL_INLINE void LEVEL(add_product)(struct LEVEL(lanes) * sum, const double *a, const double *b)
{
    for (int i = 0; i < LEVEL(PARTS); i++)
        sum->part[i] += *(const LEVEL(vec) *)(a + i * LEVEL(WIDTH)) * *(const LEVEL(vec) *)(b + i * LEVEL(WIDTH));
}

/* ((0 + 1) + (2 + 3)) + ((4 + 5) + (6 + 7)) */
LEVEL_INLINE double LEVEL(sum)(const struct LEVEL(lanes) * x)
{
    double lane[8];
    for (int i = 0; i < 8; i++)
        lane[i] = x->part[i / LEVEL(WIDTH)][i % LEVEL(WIDTH)];
    return ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}
