#ifndef LIKELY_APP_PLOT_PLOT_ROWS_H
#define LIKELY_APP_PLOT_PLOT_ROWS_H

#include "app/plot/plot.h"
#include "data/dataset/frame.h"

/* Helpers for pictures of rows. */

/* Finds the column of a specification; errors name the file. */
enum status plot_rows_find_column(const struct table *table, const char *spec, size_t *column, struct err *err);

/* Likewise columns of groups, which may be several (data/table/joint.h). */
enum status plot_rows_find_group(struct table *table, const char *spec, size_t *column, struct err *err);

/* Gives a notice of rows left out, if any. Error: no rows. */
enum status plot_rows_check(const struct plot_task *task, const struct frame *frame, const struct table *table,
                            struct err *err);

/* The range of a number of a frame, extended on either side by `margin` times the range, or by 1 if the range is
 * 0. */
void plot_rows_range(const struct frame *frame, size_t number, double margin, double range[2]);

/* Wilson's confidence interval of a proportion, hits of n, at a confidence level (E. B. Wilson, JASA 22 (1927)). */
void plot_rows_interval(double hits, double n, double level, double *low, double *high);

#endif
