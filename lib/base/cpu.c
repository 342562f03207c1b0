/* The instruction set in use: the widest one of the processor, unless a command limits it. The choice is made at the
 * first question, and kept in an atomic variable. */

#include "base/cpu.h"

#include <string.h>

atomic_int cpu_chosen;

static const char *const names[] = {[CPU_PORTABLE] = "portable", [CPU_AVX2] = "avx2", [CPU_AVX512] = "avx512"};

enum cpu_level cpu_widest(void)
{
#if defined(__x86_64__)
    bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2") &&
                __builtin_cpu_supports("popcnt");
    bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    return avx512 ? CPU_AVX512 : avx2 ? CPU_AVX2 : CPU_PORTABLE;
#else
    return CPU_PORTABLE;
#endif
}

void cpu_use(enum cpu_level level)
{
    enum cpu_level widest = cpu_widest();
    atomic_store_explicit(&cpu_chosen, (int)(level < widest ? level : widest) + 1, memory_order_relaxed);
}

enum cpu_level cpu_choose(void)
{
    enum cpu_level widest = cpu_widest();
    cpu_use(widest);
    return widest;
}

const char *cpu_name(enum cpu_level level)
{
    return names[level];
}

bool cpu_find(const char *name, enum cpu_level *level)
{
    for (int i = 0; i < CPU_LEVELS; i++) {
        if (strcmp(names[i], name) == 0) {
            *level = (enum cpu_level)i;
            return true;
        }
    }
    return false;
}
