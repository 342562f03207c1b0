#ifndef LIKELY_FIT_GLM_SEPARATION_WIDE_H
#define LIKELY_FIT_GLM_SEPARATION_WIDE_H

#include "fit/glm/separation.h"

/* A direction that separates, where it finds one, of models whose Hessian would be too large: only products with it are
 * taken. direction: the optimum without a penalty, or what comes near it; then the direction. */
enum separation_kind separation_search_wide(struct glm *glm, double *direction);

#endif
