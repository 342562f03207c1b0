#ifndef LIKELY_FIT_GLM_GLM_TOTAL_H
#define LIKELY_FIT_GLM_GLM_TOTAL_H

#include "fit/glm/glm.h"

/* Makes glm->sums[0] the sums of the rows at theta (blocks x width): values of the loss and, if asked for, gradient
 * and Hessian. Costs nothing where they are there already. Where glm->irls_weights is not NULL a gradient fills it as
 * well. */
void glm_total(struct glm *glm, const struct loss *loss, const double *theta, bool gradient, bool hessian);

/* Whether the sums of that point with gradient and Hessian are there already. */
bool glm_total_has_hessian(const struct glm *glm, const struct loss *loss, const double *theta);

/* The next rows first .. end of a chunk that are in the sample, *end being 0 at first, then left as it was. False:
 * there are no more. */
bool glm_total_next_sampled(const struct glm *glm, size_t chunk, size_t *first, size_t *end);

#endif
