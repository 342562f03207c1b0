#ifndef LIKELY_BASE_CPU_H
#define LIKELY_BASE_CPU_H

#include <stdatomic.h>
#include <stdbool.h>

/* The instruction sets for which functions have versions of their own. All versions give the same bits. Each level
 * includes those below it. */
enum cpu_level {
    CPU_PORTABLE, /* what every processor of the architecture has */
    CPU_AVX2,     /* x86-64 with AVX2, FMA, BMI2 and POPCNT */
    CPU_AVX512,   /* and AVX-512 F, BW, DQ and VL */
    CPU_LEVELS,
};

/* The attribute of functions of a level. */
#define CPU_AVX2_TARGET __attribute__((target("avx2,fma,bmi,bmi2,popcnt")))
#define CPU_AVX512_TARGET __attribute__((target("avx2,fma,bmi,bmi2,popcnt,avx512f,avx512bw,avx512dq,avx512vl")))

/* The widest level of this processor. */
enum cpu_level cpu_widest(void);

/* Chooses the level from now on, at most the widest one. */
void cpu_use(enum cpu_level level);

/* The name of a level, and the level with a name; false: there is none. */
const char *cpu_name(enum cpu_level level);
bool cpu_find(const char *name, enum cpu_level *level);

/* cpu_level() + 1; 0: not chosen yet. */
extern atomic_int cpu_chosen;
enum cpu_level cpu_choose(void);

/* The level in use; at first the widest one. Any thread may call it. */
static inline enum cpu_level cpu_level(void)
{
    int chosen = atomic_load_explicit(&cpu_chosen, memory_order_relaxed);
    return chosen != 0 ? (enum cpu_level)(chosen - 1) : cpu_choose();
}

#endif
