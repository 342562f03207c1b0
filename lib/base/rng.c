/* Random numbers with the same bits on every machine: xoshiro256++ for the stream, splitmix64 to expand a seed
 * into its 256 bits of state, Lemire's multiplication for integers below a bound, the polar method for normal
 * deviates, and the Fisher-Yates shuffle (Knuth, TAOCP 2, 3.4.2, algorithm P). References stand at the
 * functions.
 * A generator belongs to one thread; rng_stream gives threads, rows or columns generators of their own. */
#include "base/rng.h"

#include <math.h>

/* splitmix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). */
static uint64_t splitmix(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

struct rng rng_seed(uint64_t seed)
{
    struct rng rng = {0};
    for (size_t i = 0; i < 4; i++)
        rng.state[i] = splitmix(&seed);
    return rng;
}

struct rng rng_stream(uint64_t seed, uint64_t number)
{
    uint64_t mixed = splitmix(&seed) ^ number;
    return rng_seed(splitmix(&mixed));
}

static uint64_t rotate(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

uint64_t rng_next(struct rng *rng)
{
    uint64_t *s = rng->state, result = rotate(s[0] + s[3], 23) + s[0], t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

double rng_uniform(struct rng *rng)
{
    return (double)(rng_next(rng) >> 11) * 0x1p-53;
}

/* The high word of a 64 x 64 bit product; the low word goes to *low. */
static uint64_t multiply(uint64_t a, uint64_t b, uint64_t *low)
{
    uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
    uint64_t middle = a1 * b0 + (a0 * b0 >> 32), cross = a0 * b1 + (uint32_t)middle;
    *low = a * b;
    return a1 * b1 + (middle >> 32) + (cross >> 32);
}

/* Lemire, "Fast random integer generation in an interval", ACM Trans. Model. Comput. Simul. 29(1), 2019. */
uint64_t rng_below(struct rng *rng, uint64_t bound)
{
    uint64_t low, high = multiply(rng_next(rng), bound, &low);
    if (low < bound) {
        uint64_t unfair = (0 - bound) % bound; /* 2^64 mod bound */
        while (low < unfair)
            high = multiply(rng_next(rng), bound, &low);
    }
    return high;
}

/* The polar method (Marsaglia and Bray, "A convenient method for generating normal variables", SIAM Review
 * 6(3), 1964). */
double rng_normal(struct rng *rng)
{
    if (rng->has_spare) {
        rng->has_spare = 0;
        return rng->spare;
    }
    double u, v, square;
    do {
        u = 2 * rng_uniform(rng) - 1;
        v = 2 * rng_uniform(rng) - 1;
        square = u * u + v * v;
    } while (square >= 1 || square == 0);
    double scale = sqrt(-2 * log(square) / square);
    rng->spare = v * scale;
    rng->has_spare = 1;
    return u * scale;
}

void rng_shuffle(struct rng *rng, size_t *index, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = (size_t)rng_below(rng, i), held = index[i - 1];
        index[i - 1] = index[j];
        index[j] = held;
    }
}
