#ifndef LIKELY_FIT_GLM_GLM_RELATIONS_H
#define LIKELY_FIT_GLM_GLM_RELATIONS_H

#include "fit/glm/glm.h"

/* Fills glm->relations, if columns are aliased: from standardised rows in which aliased columns are still there.
 * constant (d): the columns that are always glm->center. */
void glm_relations_find(struct glm *glm, const bool *constant);

#endif
