/* Double to single precision and back, eight numbers at a time; conversions round to nearest, on every processor
 * alike. */
#include "math/single.h"

#include "base/versions.h"

typedef double wide __attribute__((vector_size(64), aligned(8), may_alias));
typedef float slim __attribute__((vector_size(32), aligned(4), may_alias));
enum { LANES = 8 };

VERSIONS_LOOP void single_from_double_loop(size_t n, const double *from, float *to)
{
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        *(slim *)(to + i) = __builtin_convertvector(*(const wide *)(from + i), slim);
    for (; i < n; i++)
        to[i] = (float)from[i];
}

VERSIONS(, single_from_double, (size_t n, const double *from, float *to), (n, from, to))

VERSIONS_LOOP void single_to_double_loop(size_t n, const float *from, double *to)
{
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        *(wide *)(to + i) = __builtin_convertvector(*(const slim *)(from + i), wide);
    for (; i < n; i++)
        to[i] = (double)from[i];
}

VERSIONS(, single_to_double, (size_t n, const float *from, double *to), (n, from, to))

VERSIONS_LOOP void single_add_to_double_loop(size_t n, const float *from, double *to)
{
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        *(wide *)(to + i) += __builtin_convertvector(*(const slim *)(from + i), wide);
    for (; i < n; i++)
        to[i] += (double)from[i];
}

VERSIONS(, single_add_to_double, (size_t n, const float *from, double *to), (n, from, to))
