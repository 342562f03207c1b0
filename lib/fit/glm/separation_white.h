#ifndef LIKELY_FIT_GLM_SEPARATION_WHITE_H
#define LIKELY_FIT_GLM_SEPARATION_WHITE_H

#include "fit/glm/glm.h"

#include <stdbool.h>

/* A copy of a glm of dense rows whose columns are uncorrelated and of mean 0 and sd 1: linear combinations of the glm's
 * columns. A direction that separates is as easy to find there between nearly collinear columns as elsewhere. */
struct separation_white {
    struct glm glm; /* shares all but the rows with the one it was made of */
    struct dataset data;
    double *rows, *mean, *triangle; /* d; d x d: column j = mean + sum over i <= j of triangle[i][j] new column i */
};

/* False: the rows are sparse or too many to copy. */
bool separation_white_new(struct separation_white *white, const struct glm *glm);
void separation_white_free(struct separation_white *white);

/* Turns a direction (blocks x width) for the new columns into the same for the columns of the glm. */
void separation_white_back(const struct separation_white *white, double *direction);

#endif
