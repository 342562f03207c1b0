#ifndef LIKELY_FIT_SUMMARY_DEPENDENCE_H
#define LIKELY_FIT_SUMMARY_DEPENDENCE_H

#include "fit/summary/codes.h"

#include <stddef.h>
#include <stdint.h>

/* How much two columns tell about each other, in bits, from the rows where both and the condition are known; if there
 * is a condition, all is under that condition. */
struct dependence {
    double n;    /* rows used, or their weights; where it is 0 all else is NaN or 0 */
    size_t rows; /* used */
    double mutual, se;
    double entropy_x, entropy_y, entropy_joint;
    double correction; /* what Miller and Madow's estimates of the entropies add to `mutual` */
    size_t reached;    /* permutations whose mutual information is at least as great, up to rounding */
};

struct dependence_pair {
    size_t x, y; /* columns of the codes; may be the same */
};

/* Measures n pairs, each into its result, in all rows of the codes, whatever their groups. Each permutation shuffles
 * the values of y among the rows of the same condition, by a generator of its own: results do not depend on the
 * threads. There are none of rows with weights. Errors: a temporary file cannot be made or is full, where what is kept
 * of each row exceeds the memory of the codes. */
enum status dependence_measure(const struct dependence_pair *pairs, struct dependence *result, size_t n,
                               const struct codes *codes, size_t permutations, uint64_t seed, size_t threads,
                               struct err *err);

#endif
