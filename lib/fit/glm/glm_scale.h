#ifndef LIKELY_FIT_GLM_GLM_SCALE_H
#define LIKELY_FIT_GLM_GLM_SCALE_H

#include "fit/glm/glm.h"

/* Fills center, scale, magnitude and aliased, and standardises the dataset's features in place; aliased columns
 * become 0. */
enum status glm_standardize(struct glm *glm, struct err *err);

#endif
