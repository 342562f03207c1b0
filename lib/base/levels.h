/* Includes the file LEVELS_OF once for each instruction set, for functions whose vectors are as wide as the registers:
 *
 *     #define LEVELS_OF "math/vexp_level.h"
 *     #include "base/levels.h"
 *
 * In that file, LEVEL(name) names a function or type of the level, LEVEL_TARGET is the attribute of functions and
 * LEVEL_BYTES is the length of a vector. LEVELS_CHOOSE(name), after it, is the function for the instruction set in use.
 * All levels must give the same bits: a sum over lanes has a number of lanes that does not depend on LEVEL_BYTES. */

#include "base/cpu.h"

#if defined(__x86_64__)
#define LEVEL(name) name##_avx512
#define LEVEL_TARGET CPU_AVX512_TARGET
#define LEVEL_BYTES 64
#include LEVELS_OF
#undef LEVEL
#undef LEVEL_TARGET
#undef LEVEL_BYTES

#define LEVEL(name) name##_avx2
#define LEVEL_TARGET CPU_AVX2_TARGET
#define LEVEL_BYTES 32
#include LEVELS_OF
#undef LEVEL
#undef LEVEL_TARGET
#undef LEVEL_BYTES
#endif

#define LEVEL(name) name##_portable
#define LEVEL_TARGET
#define LEVEL_BYTES 16
#include LEVELS_OF
#undef LEVEL
#undef LEVEL_TARGET
#undef LEVEL_BYTES
#undef LEVELS_OF

#ifndef LEVELS_CHOOSE
#if defined(__x86_64__)
#define LEVELS_CHOOSE(name)                                                                                            \
    (cpu_level() == CPU_AVX512 ? name##_avx512 : cpu_level() == CPU_AVX2 ? name##_avx2 : name##_portable)
#else
#define LEVELS_CHOOSE(name) name##_portable
#endif
#endif
