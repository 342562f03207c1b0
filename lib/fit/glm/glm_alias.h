#ifndef LIKELY_FIT_GLM_GLM_ALIAS_H
#define LIKELY_FIT_GLM_GLM_ALIAS_H

#include "fit/glm/glm.h"

/* Marks the columns of dense standardised rows that are combinations of columns before them, by the rule of
 * math/alias.h. gram: d x d, the weighted sums of products of the columns, lower triangle; it is overwritten. */
void glm_alias_find(struct glm *glm, double *gram);

#endif
