#ifndef LIKELY_FIT_GLM_GLM_ALIAS_H
#define LIKELY_FIT_GLM_GLM_ALIAS_H

#include "fit/glm/glm.h"

/* Marks the columns of standardised rows that are combinations of columns before them, by the rule of math/alias.h,
 * and fills glm->relations. Columns that are marked already are constant. gram: d x d, the weighted sums of products
 * of the columns about their means, lower triangle; it is overwritten. mean: d, of the standardised columns. */
void glm_alias_find(struct glm *glm, double *gram, const double *mean);

/* Fills glm->relations where all aliased columns are constant. */
void glm_alias_find_constant(struct glm *glm);

#endif
