#ifndef LIKELY_FIT_SUMMARY_DEPENDENCE_H
#define LIKELY_FIT_SUMMARY_DEPENDENCE_H

#include "fit/summary/codes.h"

#include <stddef.h>
#include <stdint.h>

/* Measures of dependence between two columns, in bits, from the rows where both and the condition are known;
 * with a condition, all of them are conditional. */
struct dependence {
    size_t rows;                          /* number of rows used */
    size_t distinct_x, distinct_y, cells; /* values and pairs of values that occur, within each value of a condition */
    double weight;                        /* sum of their weights; if it is 0, all measures are NaN or 0 */
    double n; /* rows that they stand for: the same, or of importances the effective number */
    double mutual, se;
    double entropy_x, entropy_y, entropy_joint;
    double correction; /* Miller and Madow's correction of `mutual`, to be added to it */
    size_t reached;    /* permutations whose mutual information is at least as great, up to rounding */
};

struct dependence_pair {
    size_t x, y; /* columns of the codes; may be the same */
};

/* Measures n pairs over all rows of the codes, whatever their groups; result[i] belongs to pairs[i]. Each
 * permutation shuffles the values of y among the rows of the same condition, with a generator of its own;
 * permutations must be 0 with weights. Errors: a temporary file that cannot be created or is full, if the arrays
 * per row exceed the memory of the codes. */
enum status dependence_measure(const struct dependence_pair *pairs, struct dependence *result, size_t n,
                               const struct codes *codes, size_t permutations, uint64_t seed, size_t threads,
                               struct err *err);

#endif
