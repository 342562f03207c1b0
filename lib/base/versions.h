#ifndef LIKELY_BASE_VERSIONS_H
#define LIKELY_BASE_VERSIONS_H

#include "base/cpu.h"

/* VERSIONS(storage, name, (parameters), (arguments)) defines the function `name`, which calls the version of
 * name_loop for the instruction set in use. name_loop is a VERSIONS_LOOP, which the compiler inlines into each version
 * and makes vectors of:
 *
 *     VERSIONS_LOOP void scale_loop(size_t n, double factor, double *x) { … }
 *     VERSIONS(static, scale, (size_t n, double factor, double *x), (n, factor, x))
 *
 * Multiplications and additions are not contracted (-ffp-contract=off), so that the operations, their order and the
 * bits of the result are the same in each version. */
#define VERSIONS_LOOP static inline __attribute__((always_inline))

#if defined(__x86_64__)
#define VERSIONS(storage, name, parameters, arguments)                                                                 \
    CPU_AVX512_TARGET static void name##_avx512 parameters                                                             \
    {                                                                                                                  \
        name##_loop arguments;                                                                                         \
    }                                                                                                                  \
    CPU_AVX2_TARGET static void name##_avx2 parameters                                                                 \
    {                                                                                                                  \
        name##_loop arguments;                                                                                         \
    }                                                                                                                  \
    storage void name parameters                                                                                       \
    {                                                                                                                  \
        enum cpu_level level = cpu_level();                                                                            \
        if (level == CPU_AVX512)                                                                                       \
            name##_avx512 arguments;                                                                                   \
        else if (level == CPU_AVX2)                                                                                    \
            name##_avx2 arguments;                                                                                     \
        else                                                                                                           \
            name##_loop arguments;                                                                                     \
    }
#else
#define VERSIONS(storage, name, parameters, arguments)                                                                 \
    storage void name parameters                                                                                       \
    {                                                                                                                  \
        name##_loop arguments;                                                                                         \
    }
#endif

#endif
