#ifndef LIKELY_FIT_GLM_GLM_RELATIONS_H
#define LIKELY_FIT_GLM_GLM_RELATIONS_H

#include "fit/glm/glm.h"
#include "fit/glm/glm_combination.h"

/* Fills glm->relations of aliased columns from a triangular factor of [1, columns that are not constant]: order x
 * order; column (d): the place of each in it, 0 for constant ones. order 1: all aliased columns are constant. */
void glm_relations_of_factor(struct glm *glm, size_t order, const double *r, const size_t *column);

/* The same from the combinations (n) of the aliased columns that are not constant, and the Cholesky factor of the
 * centred Gram matrix, lower triangle (d x d), whose rows and columns of aliased columns are not used. */
void glm_relations_of_combinations(struct glm *glm, const bool *constant, const struct glm_gram *gram,
                                   const double *cholesky, const struct glm_combination *combination, size_t n);

#endif
