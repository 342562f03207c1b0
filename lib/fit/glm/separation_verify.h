#ifndef LIKELY_FIT_GLM_SEPARATION_VERIFY_H
#define LIKELY_FIT_GLM_SEPARATION_VERIFY_H

#include "fit/glm/separation.h"

/* How well the scores of a direction (a vector of parameters) speak for the rows' own classes: the least and the
 * largest of (score of an own class - score of another) over rows of positive weight. Of rows with class
 * probabilities all classes of positive probability are own ones. */
struct separation_margin {
    double least, largest;
    bool is_against, is_short; /* a margin is below 0; one is not above 0: by more than rounding */
};
struct separation_margin separation_margin(const struct glm *glm, const double *direction);

/* The least weight times fitted probability of a class in a row of positive weight; with one score that of p (1 - p).
 */
double separation_least_weight(const struct glm *glm, const double *theta);

/* The separation that a direction proves, every row being looked at; SEPARATION_NONE: none. */
enum separation_kind separation_verify(const struct glm *glm, const double *direction);

#endif
