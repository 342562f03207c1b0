#ifndef LIKELY_BASE_RNG_H
#define LIKELY_BASE_RNG_H

#include <stddef.h>
#include <stdint.h>

/* Random numbers from a seed: xoshiro256++ (Blackman and Vigna, "Scrambled Linear Pseudorandom Number
 * Generators", ACM Trans. Math. Software 47(4), 2021), its state filled by splitmix64. Integers, uniform numbers
 * and shuffles have the same bits on every machine; normal deviates do wherever log() of the C library gives the
 * same bits. */
struct rng {
    uint64_t state[4]; /* not all 0 */
    double spare;      /* the second deviate of a pair, if has_spare is not 0 */
    int has_spare;
};

struct rng rng_seed(uint64_t seed);

/* Generator `number` of a seed; generators of different numbers are statistically independent. */
struct rng rng_stream(uint64_t seed, uint64_t number);

/* 64 random bits. */
uint64_t rng_next(struct rng *rng);

/* Uniform on [0, 1): a multiple of 2^-53. */
double rng_uniform(struct rng *rng);

/* Uniform on 0 .. bound - 1, without bias; bound > 0. */
uint64_t rng_below(struct rng *rng, uint64_t bound);

/* Standard normal. */
double rng_normal(struct rng *rng);

/* Puts n indices into random order; every order is equally likely. */
void rng_shuffle(struct rng *rng, size_t *index, size_t n);

#endif
