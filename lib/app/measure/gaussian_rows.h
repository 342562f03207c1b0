#ifndef LIKELY_APP_MEASURE_GAUSSIAN_ROWS_H
#define LIKELY_APP_MEASURE_GAUSSIAN_ROWS_H

#include "cli/out.h"
#include "fit/summary/gaussian_list.h"

/* Results with a row for each Gaussian of a list start with the same cells: the group, if there are groups, then the
 * name of the variable, or the number of variables of joint Gaussians. */
enum { GAUSSIAN_ROWS_NAMES = 2 };

/* Puts the names of these columns into `names`; returns how many (at most GAUSSIAN_ROWS_NAMES). */
size_t gaussian_rows_names(const char **names, const struct gaussian_list *list);

/* Writes these cells for Gaussian i. */
void gaussian_rows_start(struct out *out, const struct gaussian_list *list, size_t i);

#endif
