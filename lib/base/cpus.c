/* parallel_cpus, apart from parallel.c because the affinity mask of Linux needs _GNU_SOURCE. Elsewhere: the CPUs
 * online. */
#define _GNU_SOURCE /* sched_getaffinity */

#include "base/parallel.h"

#include <sched.h>
#include <unistd.h>

size_t parallel_cpus(void)
{
#ifdef __linux__
    cpu_set_t mask;
    if (sched_getaffinity(0, sizeof mask, &mask) == 0 && CPU_COUNT(&mask) > 0)
        return (size_t)CPU_COUNT(&mask);
#endif
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (size_t)online : 1;
}
