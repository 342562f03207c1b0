#ifndef LIKELY_FIT_GLM_SEPARATION_VERIFY_H
#define LIKELY_FIT_GLM_SEPARATION_VERIFY_H

#include "fit/glm/separation.h"

/* How well the scores of a direction (a vector of parameters) speak for the rows' own classes: the least and the
 * largest of (score of an own class - score of another) over rows of positive weight. Of rows with class
 * probabilities all classes of positive probability are own ones. */
struct separation_margin {
    double least, largest;
};
struct separation_margin separation_margin(const struct glm *glm, const double *direction);

/* The separation that a direction proves, every row being looked at; SEPARATION_NONE: none. */
enum separation_kind separation_verify(const struct glm *glm, const double *direction);

#endif
