#ifndef LIKELY_FIT_GLM_SEPARATION_WIDE_H
#define LIKELY_FIT_GLM_SEPARATION_WIDE_H

#include "fit/glm/separation.h"

/* Searches a direction that separates, for models whose Hessian would be too large. direction: the optimum without a
 * penalty, or a point near it; then the direction. */
enum separation_kind separation_search_wide(struct glm *glm, double *direction);

#endif
