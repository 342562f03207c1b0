#ifndef LIKELY_APP_PLOT_PLOT_ROWS_H
#define LIKELY_APP_PLOT_PLOT_ROWS_H

#include "app/plot/plot.h"
#include "data/dataset/frame.h"

/* Rows that a picture shows. */

/* The column that a spec means; errors name the file. */
enum status plot_rows_find_column(const struct table *table, const char *spec, size_t *column, struct err *err);

/* A notice about rows left out, if any; no rows at all are an error. */
enum status plot_rows_check(const struct plot_task *task, const struct frame *frame, const struct table *table,
                            struct err *err);

/* The least and the greatest value of a number of a frame, with a margin of that share of their range on either side;
 * 1 less and more where the range is 0. */
void plot_rows_range(const struct frame *frame, size_t number, double margin, double range[2]);

/* Wilson's interval of a proportion (E. B. Wilson, JASA 22 (1927)) at a level, of so many hits in n. */
void plot_rows_interval(double hits, double n, double level, double *low, double *high);

#endif
