/* e^x and log(1 + x) of arrays, a vector at a time: the argument is reduced to a small interval, where a
 * polynomial follows (J.-M. Muller, Elementary Functions, 3rd ed. (2016), chapter 11). No branch depends on a
 * value, and all levels of instructions (base/levels.h) execute the same operations, so that a result has the same bits
 * wherever it stands in the array and on every processor. The last numbers of an array are padded to a whole
 * vector. */
#include "math/vexp.h"

#include <stdint.h>
#include <string.h>

static const double log2_e = 1.44269504088896338700;
static const double ln2_high =
    0x1.62e42fefa38p-1; /* the last 11 bits are 0, so that its product with an exponent is exact */
static const double ln2_low = 0x1.ef35793c7673p-45;
static const double rounder = 0x1.8p52; /* adding it rounds to an integer, which then stands in the last bits */

#define LEVELS_OF "math/vexp_level.h"
#include "base/levels.h"

void vexp_exp(size_t n, const double *x, double *y)
{
    LEVELS_CHOOSE(exp)(n, x, y);
}

void vexp_log1p(size_t n, const double *x, double *y)
{
    LEVELS_CHOOSE(log1p)(n, x, y);
}
