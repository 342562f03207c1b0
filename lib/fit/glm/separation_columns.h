#ifndef LIKELY_FIT_GLM_SEPARATION_COLUMNS_H
#define LIKELY_FIT_GLM_SEPARATION_COLUMNS_H

#include "fit/glm/separation.h"

/* Sets the columns of a separation to those that separate classes by themselves, and `alone` if there are any; does
 * nothing where they are set already. */
void separation_columns_alone(const struct glm *glm, struct separation *separation);

/* The same, and if there are none the columns that have a weight in the direction. */
void separation_columns_of(const struct glm *glm, const double *direction, struct separation *separation);

#endif
